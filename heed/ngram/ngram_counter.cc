#include "heed/ngram/ngram_counter.h"

#include <algorithm>
#include <cmath>

#include "heed/base/error.h"
#include "heed/base/parallel.h"
#include "heed/ngram/words.h"

namespace heed {

NgramCounter::NgramCounter(Index order, SentenceMarks marks) : order_(order), marks_(marks) {
  require<ConfigError>(order >= 1 && order <= NgramTree::max_order, "n-grams: order ", order,
                       ", expected 1 to ", NgramTree::max_order);
}

void NgramCounter::add(std::string_view sentence, double weight) {
  require<DataError>(std::isfinite(weight) && weight > 0, "a sentence of weight ", weight,
                     "; weights are numbers above 0");
  const std::size_t start = text_.size();
  if (weight != weights_.back().second) weights_.emplace_back(static_cast<Place>(start), weight);
  if (marks_ == SentenceMarks::both) text_.push_back(Vocabulary::begin);
  for_each_word(sentence, [&](std::string_view word) {
    const WordId id = vocabulary_.add(word);
    if (id == Vocabulary::begin || id == Vocabulary::end) {
      text_.resize(start);
      throw DataError(message("the word ", word, " is the mark of a sentence's ",
                              id == Vocabulary::begin ? "beginning" : "end",
                              "; leave it out, since every line is a sentence, or write it in another way"));
    }
    text_.push_back(id);
  });
  text_.push_back(Vocabulary::end);
  require<DataError>(text_.size() < NgramTree::none, "n-grams: a text of more than ", NgramTree::none,
                     " words; count it in parts");
  words_ += std::ssize(text_) - static_cast<Index>(start) - (marks_ == SentenceMarks::both ? 2 : 1);
  ++sentences_;
}

Index NgramCounter::bytes() const {
  return static_cast<Index>(text_.capacity() * sizeof(WordId) + text_.size() * sizeof(Place));
}

/// From a place to the end of its sentence, or as many as n-grams are long.
std::span<const WordId> NgramCounter::words_at(Place place) const {
  std::size_t length = 0;
  for (bool ended = false; !ended && length < static_cast<std::size_t>(order_); ++length) {
    ended = text_[place + length] == Vocabulary::end;
    if (ended && marks_ == SentenceMarks::none) break;
  }
  return {text_.data() + place, length};
}

double NgramCounter::weight_at(Place place) const {
  if (weights_.size() == 1) return weights_[0].second;
  const auto after = std::upper_bound(weights_.begin(), weights_.end(), place,
                                      [](Place at, const auto& change) { return at < change.first; });
  return std::prev(after)->second;
}

/// The places of the text sorted by the words that follow; before[w] is where those of word w begin.
std::vector<NgramCounter::Place> NgramCounter::sorted_places(std::vector<Index>& before) const {
  before.assign(static_cast<std::size_t>(vocabulary_.size()) + 1, 0);
  for (const WordId word : text_) ++before[word + 1];
  for (std::size_t w = 1; w < before.size(); ++w) before[w] += before[w - 1];
  std::vector<Place> places(text_.size());
  std::vector<Index> next(before.begin(), before.end() - 1);
  for (std::size_t place = 0; place < text_.size(); ++place)
    places[static_cast<std::size_t>(next[text_[place]]++)] = static_cast<Place>(place);
  if (order_ == 1) return places;

  // The next two words, in one number beside the place, settle most comparisons without a look at the text.
  struct Keyed {
    std::uint64_t key;
    Place place;
  };
  const auto keyed = [this](Place place) {
    const std::uint64_t second = text_[place + 1];
    return Keyed{second << 32 | (second == Vocabulary::end ? 0 : text_[place + 2]), place};
  };
  const auto less = [this](const Keyed& a, const Keyed& b) {
    if (a.key != b.key) return a.key < b.key;
    if (a.key >> 32 == Vocabulary::end || static_cast<WordId>(a.key) == Vocabulary::end) return false;
    for (Index n = 3; n < order_; ++n) {
      const WordId left = text_[a.place + static_cast<Place>(n)],
                   right = text_[b.place + static_cast<Place>(n)];
      if (left != right) return left < right;
      if (left == Vocabulary::end) return false;
    }
    return false;
  };
  parallel_by_cost(before, 1 << 14, [&](Index first, Index last) {
    std::vector<Keyed> of_word;
    for (Index word = first; word < last; ++word) {
      if (word == Vocabulary::end) continue;
      const auto begin = places.begin() + before[static_cast<std::size_t>(word)],
                 end = places.begin() + before[static_cast<std::size_t>(word) + 1];
      of_word.clear();
      for (auto place = begin; place < end; ++place) of_word.push_back(keyed(*place));
      std::sort(of_word.begin(), of_word.end(), less);
      std::transform(of_word.begin(), of_word.end(), begin, [](const Keyed& k) { return k.place; });
    }
  });
  return places;
}

CountedNgrams NgramCounter::finish() && {
  std::vector<Index> before;
  std::vector<Place> places = sorted_places(before);
  NgramTreeBuilder builder(vocabulary_.size(), order_);
  std::vector<std::vector<double>> counts(static_cast<std::size_t>(order_));
  for (const Place place : places) {
    const std::span<const WordId> words = words_at(place);
    builder.add(words);
    const double weight = weight_at(place);
    for (std::size_t n = 0; n < words.size(); ++n) {
      const std::size_t node = builder.node(static_cast<Index>(n) + 1);
      if (counts[n].size() <= node) counts[n].resize(node + 1);
      counts[n][node] += weight;
    }
  }
  std::vector<Place>().swap(places);
  std::vector<WordId>().swap(text_);
  NgramTree tree = std::move(builder).finish();
  for (Index n = 1; n <= order_; ++n)
    counts[static_cast<std::size_t>(n) - 1].resize(static_cast<std::size_t>(tree.size(n)));
  return {std::move(vocabulary_), std::move(tree), std::move(counts), marks_};
}

}  // namespace heed
