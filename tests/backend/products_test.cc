#include <gtest/gtest.h>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/base/random.h"

namespace heed {
namespace {
TEST(Smoke, products) {
  Random random(1);
  const auto fill = [&](Shape shape) {
    Tensor t(shape);
    for (Index i = 0; i < t.count(); ++i) t.data()[i] = random.normal();
    return t;
  };
  for (CpuLevel level : {CpuLevel::baseline, CpuLevel::avx2, CpuLevel::avx512})
    for (auto [m, n, k] : {std::array<Index, 3>{1, 1, 1}, {7, 67, 131}, {100, 200, 300}, {203, 500, 17}}) {
      if (!runs_here(level)) continue;
      CpuBackend cpu(level);
      ReferenceBackend reference;
      const Tensor x = fill({m, k}), w = fill({n, k}), b = fill({n}), dy = fill({m, n});
      for (auto act : {Activation::none, Activation::relu, Activation::gelu}) {
        Tensor y({m, n}), z({m, n});
        cpu.linear(x, w, b, act, y);
        reference.linear(x, w, b, act, z);
        for (Index i = 0; i < y.count(); ++i) ASSERT_NEAR(y.data()[i], z.data()[i], 1e-4) << i;
      }
      Tensor d1 = fill({m, k}), d2 = d1.clone();
      cpu.linear_backward_input(dy, w, d1);
      reference.linear_backward_input(dy, w, d2);
      for (Index i = 0; i < d1.count(); ++i) ASSERT_NEAR(d1.data()[i], d2.data()[i], 1e-4) << i;
      Tensor e1 = fill({n, k}), e2 = e1.clone(), f1 = fill({n}), f2 = f1.clone();
      cpu.linear_backward_weight(dy, x, e1, f1);
      reference.linear_backward_weight(dy, x, e2, f2);
      for (Index i = 0; i < e1.count(); ++i) ASSERT_NEAR(e1.data()[i], e2.data()[i], 1e-4) << i;
      for (Index i = 0; i < f1.count(); ++i) ASSERT_NEAR(f1.data()[i], f2.data()[i], 1e-4) << i;
    }
}
}  // namespace
}  // namespace heed
