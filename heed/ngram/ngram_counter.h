#pragma once
#include <string_view>
#include <vector>

#include "heed/ngram/ngram_tree.h"

namespace heed {

/// Whether n-grams may take in the marks <s> and </s> that a sentence begins and ends with.
enum class SentenceMarks { none, both };

/// How often each n-gram of all orders up to one occurs.
struct CountedNgrams {
  Vocabulary vocabulary;
  NgramTree tree;
  std::vector<std::vector<double>> counts;  // [order - 1][node]; whole numbers up to 2^53 are exact
  SentenceMarks marks = SentenceMarks::both;

  Index order() const { return tree.order(); }
  double count(Index order, NgramTree::Node node) const {
    return counts[static_cast<std::size_t>(order) - 1][node];
  }
};

/// Takes in sentences and counts their n-grams. Text is held as four bytes a word; counting sorts the places
/// in it, four bytes each, and a hundred million words are no trouble.
class NgramCounter {
 public:
  /// Orders 1 to `order`.
  explicit NgramCounter(Index order, SentenceMarks marks = SentenceMarks::both);

  /// A sentence counts as often as its weight says. DataError for <s> or </s> among its words, since they
  /// would be taken for the sentence's own marks, and for a weight that is no finite number above 0.
  void add(std::string_view sentence, double weight = 1);

  Index sentences() const { return sentences_; }
  /// Words so far, marks not counted.
  Index words() const { return words_; }
  /// The most bytes that text and places take; the n-grams come on top of it.
  Index bytes() const;

  CountedNgrams finish() &&;

 private:
  using Place = std::uint32_t;

  std::vector<Place> sorted_places(std::vector<Index>& before) const;
  std::span<const WordId> words_at(Place place) const;
  double weight_at(Place place) const;

  Index order_;
  SentenceMarks marks_;
  Vocabulary vocabulary_;
  std::vector<WordId> text_;  // each sentence ends with </s>, whether that is counted or not
  // Sentences from here on have another weight than those before.
  std::vector<std::pair<Place, double>> weights_{{0, 1.0}};
  Index sentences_ = 0, words_ = 0;
};

}  // namespace heed
