#pragma once
#include <gtest/gtest.h>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/backend/reference/reference_backend.h"

namespace heed {

/// A test that runs on every backend: TEST_P it, then run_on_all_backends(Name).
class OnEveryBackend : public testing::TestWithParam<Backend*> {
 protected:
  Backend& backend() const { return *GetParam(); }
};

inline auto every_backend() { return testing::Values(&reference_backend(), &cpu_backend()); }

inline std::string backend_name(const testing::TestParamInfo<Backend*>& info) {
  return info.param == &reference_backend() ? "reference" : "cpu";
}

}  // namespace heed
