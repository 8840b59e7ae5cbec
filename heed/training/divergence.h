#pragma once
#include <span>
#include <string>

#include "heed/base/error.h"
#include "heed/base/fields.h"
#include "heed/nn/parameters.h"

namespace heed {

/// Training whose numbers ceased to be finite, and that has nothing left to go back to.
class DivergenceError : public Error {
 public:
  using Error::Error;
};

/// Parameters whose numbers, or whose gradients' numbers, are not all finite.
struct NotFinite {
  enum class What { sum, weight, gradient };  // sum: only what is added up of them
  What what = What::sum;
  std::string tensor;  // the one to look at first
  Index tensors = 0;   // of that kind, this one included

  /// "the weight of encoder.norm.gain and 3 others", or that it is only sums of them.
  std::string text() const;
};

template <>
struct EnumNames<NotFinite::What> {
  static constexpr std::array names{std::pair{"sum", NotFinite::What::sum},
                                    std::pair{"weight", NotFinite::What::weight},
                                    std::pair{"gradient", NotFinite::What::gradient}};
};

/// Of a tensor in this memory.
bool all_finite(Memory& memory, const Tensor& tensor);

/// Weights before gradients. Of several weights the first in the order of the model is named; of gradients
/// the last, since they flow back from there.
NotFinite find_not_finite(const ParameterStore& store);

}  // namespace heed
