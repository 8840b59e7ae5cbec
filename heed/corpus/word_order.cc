#include "heed/corpus/word_order.h"

#include <sstream>
#include <utility>

#include "heed/base/index.h"

namespace heed {
namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::istringstream in{std::string(text)};
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace

std::string shuffled_words(std::string_view text, Random& random) {
  std::vector<std::string> words = words_of(text);
  for (std::size_t left = words.size(); left > 1; --left)
    std::swap(words[left - 1], words[random.below(static_cast<std::uint32_t>(left))]);
  return joined(words);
}

ShuffledSources shuffle_sources(const std::vector<TextPair>& pairs, std::uint64_t seed) {
  ShuffledSources shuffled;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    Random random(seed, i);  // so that a sentence's order does not depend on those before it
    std::string source = shuffled_words(pairs[i].source, random);
    shuffled.changed.push_back(source != joined(words_of(pairs[i].source)));
    shuffled.pairs.push_back({std::move(source), pairs[i].target});
  }
  return shuffled;
}

}  // namespace heed
