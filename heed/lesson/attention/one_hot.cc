#include "heed/lesson/attention/one_hot.h"

namespace heed {

Tensor one_hot(std::span<const WordId> words, Index vocabulary) {
  const Tensor rows = Tensor::zeros({std::ssize(words), vocabulary});
  for (std::size_t i = 0; i < words.size(); ++i) {
    require<DataError>(words[i] < vocabulary, "one-hot: word ", words[i], " of a vocabulary of ", vocabulary);
    rows.data()[static_cast<Index>(i) * vocabulary + words[i]] = 1;
  }
  return rows;
}

}  // namespace heed
