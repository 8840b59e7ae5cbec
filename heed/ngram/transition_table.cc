#include "heed/ngram/transition_table.h"

#include <algorithm>
#include <optional>

#include "heed/base/error.h"
#include "heed/ngram/words.h"

namespace heed {

std::string spelled(const Vocabulary& vocabulary, std::span<const WordId> words) {
  std::string text;
  for (const WordId word : words) (text += text.empty() ? "" : " ") += vocabulary.word(word);
  return text;
}

TransitionTable::TransitionTable(CountedNgrams counted) : counted_(std::move(counted)) {
  require<ConfigError>(counted_.order() >= 2, "transition table: of order 0; expected 1 or more");
}

std::vector<TransitionTable::Transition> TransitionTable::row(std::span<const WordId> context) const {
  std::vector<Transition> transitions;
  const NgramTree::Node node = std::ssize(context) == order() ? counted_.tree.find(context) : NgramTree::none;
  if (node == NgramTree::none) return transitions;
  const auto [begin, end] = counted_.tree.children(order(), node);
  double all = 0;
  for (NgramTree::Node child = begin; child < end; ++child) all += counted_.count(order() + 1, child);
  for (NgramTree::Node child = begin; child < end; ++child) {
    const double weight = counted_.count(order() + 1, child);
    transitions.push_back({counted_.tree.word(order() + 1, child), weight, weight / all});
  }
  std::sort(transitions.begin(), transitions.end(), [&](const Transition& a, const Transition& b) {
    return vocabulary().word(a.word) < vocabulary().word(b.word);
  });
  return transitions;
}

std::vector<TransitionTable::Transition> TransitionTable::row(std::string_view context) const {
  std::vector<WordId> words;
  for (const std::string_view word : words_of(context)) {
    const std::optional<WordId> id = vocabulary().find(word);
    if (!id) return {};
    words.push_back(*id);
  }
  return row(words);
}

double TransitionTable::probability(std::string_view context, std::string_view next) const {
  const std::optional<WordId> word = vocabulary().find(next);
  for (const Transition& transition : row(context))
    if (transition.word == word) return transition.probability;
  return 0;
}

std::vector<std::vector<WordId>> TransitionTable::contexts() const {
  std::vector<std::pair<std::string, std::vector<WordId>>> sorted;
  counted_.tree.for_each(order(), [&](std::span<const WordId> words, NgramTree::Node node) {
    if (counted_.count(order(), node) > 0 && words.back() != Vocabulary::end)
      sorted.emplace_back(spelled(vocabulary(), words), std::vector<WordId>(words.begin(), words.end()));
  });
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::vector<WordId>> result;
  for (auto& [text, words] : sorted) result.push_back(std::move(words));
  return result;
}

std::vector<WordId> TransitionTable::words() const {
  std::vector<WordId> words;
  for (WordId word = 0; word < static_cast<WordId>(vocabulary().size()); ++word)
    if (counted_.count(1, word) > 0) words.push_back(word);
  std::sort(words.begin(), words.end(),
            [&](WordId a, WordId b) { return vocabulary().word(a) < vocabulary().word(b); });
  return words;
}

}  // namespace heed
