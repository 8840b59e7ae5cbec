#pragma once
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "heed/ngram/fluency.h"
#include "heed/ngram/ngram_counter.h"

namespace heed {

/// Scores sentences by models of the same text, none by a model that has learned from it: there are two, each
/// of one half of the sentences, and each scores the other half. Which half a sentence belongs to depends on
/// its text alone, so the same sentence, however often it is there, is in one of them.
class CrossFittedModel {
 public:
  static constexpr Index order = 3;
  /// The most that a half learns from, in words. More tells little about single sentences, and costs memory.
  static constexpr Index most_words = 5'000'000;

  /// `share`: of the sentences that are learned from, chosen by their text.
  explicit CrossFittedModel(double share = 1) : share_(share) {}

  /// Before finish(). Sentences with the words <s> or </s>, which models use as marks, are not learned from.
  void add(std::string_view sentence);
  void finish();

  /// Whether there was text in both halves, without which nothing can be scored.
  bool ready() const { return models_.size() == 2; }
  /// Words learned from, in both halves together.
  Index words() const { return words_; }
  /// After finish(), where ready(). Reentrant.
  FluencyScore score(std::string_view sentence) const;

 private:
  double share_;
  std::array<NgramCounter, 2> counters_{NgramCounter(order), NgramCounter(order)};
  std::vector<NgramModel> models_;  // of the half of the same number
  Index words_ = 0;
};

}  // namespace heed
