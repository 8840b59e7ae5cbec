#pragma once
#include <span>

#include "heed/ngram/vocabulary.h"
#include "heed/tensor/tensor.h"

namespace heed {

/// Words as rows of a host tensor that are 0 but for a 1 in the column of the word: [words, vocabulary]. The
/// dot product of two rows is 1 for the same word and 0 for others, and a row times a matrix pulls the word's
/// row out of it.
Tensor one_hot(std::span<const WordId> words, Index vocabulary);

}  // namespace heed
