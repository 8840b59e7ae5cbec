#pragma once
#include <CLI/CLI.hpp>

#include "heed/backend/backend.h"
#include "heed/base/fields.h"
#include "heed/base/parallel.h"

namespace heed {

/// What a command runs on.
enum class BackendKind { cpu, reference };
template <>
struct EnumNames<BackendKind> {
  static constexpr std::array names{std::pair{"cpu", BackendKind::cpu},
                                    std::pair{"reference", BackendKind::reference}};
};

struct MachineOptions {
  Index threads = thread_count();
  BackendKind backend = BackendKind::cpu;

  static constexpr std::string_view title = "Machine";
  static constexpr auto fields() {
    using M = MachineOptions;
    return std::tuple(
        field("threads", &M::threads, "threads to compute with", {1, 1024}),
        field("backend", &M::backend, "fast kernels, or the plain ones that they are tested against"));
  }

  /// Sets the threads and gives the kernels.
  Backend& kernels() const;
};

}  // namespace heed
