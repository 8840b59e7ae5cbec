#pragma once
#include "heed/backend/cpu/level.h"
#include "heed/backend/reference/reference_backend.h"

namespace heed {

/// The fast kernels for processors: vectorised for what the machine has, in all the threads that
/// base/parallel.h allows. In float32 every result is the same whatever the number of threads, and a row's
/// result does not depend on the other rows.
class CpuBackend final : public ReferenceBackend {
 public:
  explicit CpuBackend(CpuLevel level = best_cpu_level());
  std::string_view name() const override { return name_; }

  void linear(const Tensor& x, const Tensor& weight, const Tensor& bias, Activation activation,
              const Tensor& y) override;
  void linear_backward_input(const Tensor& dy, const Tensor& weight, const Tensor& dx) override;
  void linear_backward_weight(const Tensor& dy, const Tensor& x, const Tensor& dweight,
                              const Tensor& dbias) override;

 private:
  const cpu::Kernels& kernels_;
  std::string name_;
};

/// One instance at the best level; it has no state.
Backend& cpu_backend();

}  // namespace heed
