#pragma once
#include <gtest/gtest.h>

#include <cmath>
#include <deque>
#include <string>
#include <vector>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/backend/reference/reference_backend.h"
#include "heed/base/parallel.h"
#include "heed/base/random.h"

namespace heed {

/// The CPU's backends of all levels that run here.
inline std::vector<Backend*> cpu_backends() {
  static std::deque<CpuBackend> all;
  if (all.empty())
    for (CpuLevel level : cpu_levels)
      if (runs_here(level)) all.emplace_back(level);
  std::vector<Backend*> pointers;
  for (CpuBackend& backend : all) pointers.push_back(&backend);
  return pointers;
}

/// The level of one of them.
inline CpuLevel level_of(const Backend& backend) {
  for (CpuLevel level : cpu_levels)
    if (backend.name() == std::string("cpu_") + kernels_of(level).name) return level;
  throw ConfigError("no CPU backend");
}

/// Those, and the reference.
inline std::vector<Backend*> all_backends() {
  std::vector<Backend*> all = cpu_backends();
  all.insert(all.begin(), &reference_backend());
  return all;
}

/// Rows and columns of the matrices that kernels are tried on.
struct Size {
  Index rows, columns;
};
inline std::ostream& operator<<(std::ostream& out, const Size& size) {
  return out << size.rows << " x " << size.columns;
}

/// A fast backend, a number of threads and a size: a test compares it with the reference.
class AgainstReference : public testing::TestWithParam<std::tuple<Backend*, int, Size>> {
 protected:
  AgainstReference() : before_(thread_count()) { set_thread_count(std::get<1>(GetParam())); }
  ~AgainstReference() override { set_thread_count(before_); }

  Backend& fast() const { return *std::get<0>(GetParam()); }
  Backend& slow() const { return reference_backend(); }
  Index rows() const { return std::get<2>(GetParam()).rows; }
  Index columns() const { return std::get<2>(GetParam()).columns; }

  /// Normal random numbers, the same in each run.
  Tensor random(const Shape& shape, float spread = 1) {
    Tensor result(shape);
    for (Index i = 0; i < result.count(); ++i) result.data()[i] = spread * random_.normal();
    return result;
  }
  /// The same, as columns within a wider matrix.
  Tensor random_window(Index rows, Index columns) {
    return random({rows, 3 * columns + 1}).narrow(1, columns, columns);
  }
  std::vector<Index> random_indices(Index count, Index bound) {
    std::vector<Index> all(static_cast<std::size_t>(count));
    for (Index& one : all) one = random_.below(static_cast<std::uint32_t>(bound));
    return all;
  }

 private:
  int before_;
  Random random_{20'170'612};
};

inline std::string name_of_case(const testing::TestParamInfo<AgainstReference::ParamType>& info) {
  const auto& [backend, threads, size] = info.param;
  return std::string(backend->name()) + "_" + std::to_string(threads) + "_threads_" +
         std::to_string(size.rows) + "_x_" + std::to_string(size.columns);
}

/// Expects elements that differ by at most `tolerance` times the larger of 1 and their size.
inline void expect_close(const Tensor& given, const Tensor& wanted, float tolerance = 1e-5f) {
  ASSERT_EQ(given.shape(), wanted.shape());
  const Tensor a = given.packed() ? given : given.clone(), b = wanted.packed() ? wanted : wanted.clone();
  for (Index i = 0; i < a.count(); ++i) {
    const float x = a.data()[i], y = b.data()[i];
    ASSERT_LE(std::abs(x - y), tolerance * std::max(1.0f, std::abs(y)))
        << "element " << i << ": " << x << " for " << y;
  }
}

/// Expects the same bits.
inline void expect_same(const Tensor& given, const Tensor& wanted) {
  ASSERT_EQ(given.shape(), wanted.shape());
  const Tensor a = given.packed() ? given : given.clone(), b = wanted.packed() ? wanted : wanted.clone();
  for (Index i = 0; i < a.count(); ++i) ASSERT_EQ(a.data()[i], b.data()[i]) << "element " << i;
}

inline const auto any_threads = testing::Values(1, 2);

}  // namespace heed
