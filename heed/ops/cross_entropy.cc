#include "heed/ops/cross_entropy.h"

#include <algorithm>

namespace heed::ops {

Variable cross_entropy(const Variable& logits, std::span<const Index> targets, float label_smoothing) {
  require<ShapeError>(logits.size(0) == static_cast<Index>(targets.size()), "cross_entropy: ", logits.size(0),
                      " rows meet ", targets.size(), " targets");
  const auto wrong =
      std::find_if(targets.begin(), targets.end(), [&](Index t) { return t < 0 || t >= logits.size(1); });
  if (wrong != targets.end())
    throw ShapeError(
        message("cross_entropy: target ", *wrong, " lies outside of the ", logits.size(1), " classes"));
  Backend& kernels = logits.pass().kernels();
  Tensor losses({logits.size(0)}), normalisers({logits.size(0)}), total({1});
  kernels.cross_entropy(logits.value(), targets, label_smoothing, losses, normalisers);
  double sum = 0;
  for (Index r = 0; r < losses.count(); ++r) sum += static_cast<double>(losses.data()[r]);
  total.data()[0] = static_cast<float>(sum);

  return logits.pass().result(
      total,
      [&kernels, logits, normalisers, label_smoothing,
       wanted = std::vector<Index>(targets.begin(), targets.end())](const Tensor& dtotal) {
        kernels.cross_entropy_backward(logits.value(), wanted, label_smoothing, normalisers, dtotal.data()[0],
                                       logits.gradient());
      },
      logits);
}

}  // namespace heed::ops
