#pragma once
#include <span>

#include "heed/backend/backend.h"
#include "heed/lesson/skips/pair_mask.h"

namespace heed {

/// The predictions of all pairs, a host tensor [recent, earlier * vocabulary + next]: for each recent word a
/// matrix from earlier to next words. DataError above 256 words: these are vocabulary^3 numbers.
Tensor transitions_of(const SkipTable& table);

/// The selective second-order model with skips as matrix products. All masks are stacked into one matrix, a
/// row for each recent word; the one-hot query pulls out the one that counts.
class MaskAttention {
 public:
  /// DataError for vocabularies that are too large for transitions_of().
  MaskAttention(const SkipTable& table, const PairMask& mask);

  /// Each step of the way, host tensors, v the vocabulary and t the words but the last.
  struct Steps {
    Tensor query;    // [1, v], the last word, one-hot
    Tensor mask;     // [1, v], query x keys^T: the earlier words worth hearing
    Tensor values;   // [t, v], the earlier words, one-hot
    Tensor scores;   // [1, t], mask x values^T: how much each of them is attended to
    Tensor context;  // [1, v], scores x values: the words that are left, as a bag
    Tensor votes;    // [1, v], context x the transitions of the last word
  };
  /// DataError for fewer than two words.
  Steps operator()(Backend& backend, std::span<const WordId> words) const;

  const Tensor& transposed_keys() const { return transposed_keys_; }  // [recent, earlier]
  const Tensor& transitions() const { return transitions_; }

 private:
  Index vocabulary_;
  Tensor transitions_, transposed_keys_;
};

}  // namespace heed
