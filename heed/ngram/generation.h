#pragma once
#include <string>
#include <vector>

#include "heed/base/random.h"
#include "heed/ngram/ngram_model.h"

namespace heed {

/// Sentences that follow a model's probabilities, but without unknown words.
class SentenceGenerator {
 public:
  /// The model must outlive it. DataError if it gives no word but <unk> any probability.
  explicit SentenceGenerator(const NgramModel& model);

  /// Words after `start` up to the sentence's end, or `longest` of them. DataError for a word in `start` that
  /// the model does not know.
  std::string operator()(Random random, Index longest, std::string_view start = {}) const;

 private:
  WordId draw(const NgramModel::Context& context, Random& random) const;
  WordId draw_word(Random& random) const;

  const NgramModel* model_;
  std::vector<double> sums_;  // of the probabilities of single words up to each
};

}  // namespace heed
