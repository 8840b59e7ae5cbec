#pragma once
#include <CLI/CLI.hpp>
#include <optional>

#include "heed/backend/backend.h"
#include "heed/backend/cpu/level.h"
#include "heed/base/fields.h"
#include "heed/base/parallel.h"
#include "heed/base/processors.h"
#include "heed/base/settings.h"
#include "heed/training/training_config.h"

namespace heed {

/// The threads that are asked for, or fewer, with a warning, where the system lets no more be started. To be
/// asked before they are.
Index usable_threads(Index asked);

/// Which kernels a command runs on.
enum class BackendKind { cpu, reference };
template <>
struct EnumNames<BackendKind> {
  static constexpr std::array names{std::pair{"cpu", BackendKind::cpu},
                                    std::pair{"reference", BackendKind::reference}};
};

/// The levels of cpu kernels, and the best that runs here.
enum class CpuChoice { automatic = -1 };
template <>
struct EnumNames<CpuChoice> {
  static constexpr auto names = [] {
    std::array<std::pair<const char*, CpuChoice>, EnumNames<CpuLevel>::names.size() + 1> all;
    all[0] = {"auto", CpuChoice::automatic};
    for (std::size_t i = 1; i < all.size(); ++i) {
      const auto& [name, level] = EnumNames<CpuLevel>::names[i - 1];
      all[i] = {name, static_cast<CpuChoice>(level)};
    }
    return all;
  }();
};

struct BackendOptions {
  BackendKind backend = BackendKind::cpu;
  CpuChoice cpu = CpuChoice::automatic;

  static constexpr std::string_view title = "Machine";
  static constexpr auto fields() {
    using K = BackendOptions;
    return std::tuple(
        field("backend", &K::backend,
              "cpu: fast kernels; reference: the plain ones that they are tested against"),
        field("cpu", &K::cpu,
              "instruction set of the fast kernels; auto: what HEED_CPU says, or else the best available"));
  }

  /// ConfigError if the processor lacks the level asked for.
  CpuLevel level() const;
  Backend& chosen_backend(DataType products = DataType::float32) const;
};

/// What a command that does one thing at a time runs on.
struct MachineOptions {
  std::optional<Index> threads;
  BackendOptions on;

  static constexpr std::string_view title = "Machine";
  static constexpr auto fields() {
    return std::tuple(field("threads", &MachineOptions::threads,
                            "number of threads; if not given, one per processor", {1, 1024}));
  }
  Settings settings() { return settings_of(*this, on); }

  /// What was given, or what this machine has for us.
  Index threads_used() const { return usable_threads(threads.value_or(usual_threads())); }
  /// Sets the threads and gives the kernels.
  Backend& backend() const { return backend_in(DataType::float32); }
  Backend& training_backend(TrainingPrecision precision) const;

 private:
  Backend& backend_in(DataType products) const;
};

/// What a model that is computed with makes its products in.
enum class ModelPrecision { stored, float32, bfloat16, int8 };
template <>
struct EnumNames<ModelPrecision> {
  static constexpr std::array names{
      std::pair{"auto", ModelPrecision::stored}, std::pair{"float32", ModelPrecision::float32},
      std::pair{"bfloat16", ModelPrecision::bfloat16}, std::pair{"int8", ModelPrecision::int8}};
};

struct PrecisionOptions {
  ModelPrecision precision = ModelPrecision::stored;

  static constexpr auto fields() {
    return std::tuple(
        field("precision", &PrecisionOptions::precision,
              "number format of matrix products; auto: that in which each weight of the model is stored"));
  }

  /// None for `stored`.
  std::optional<DataType> type() const;
};

/// What a command runs on that has many things to do side by side.
struct WorkerOptions {
  std::optional<Index> workers, threads;
  BackendOptions on;

  static constexpr std::string_view title = "Machine";
  static constexpr auto fields() {
    using W = WorkerOptions;
    return std::tuple(
        field("workers", &W::workers,
              "number of batches translated in parallel; if --threads is not given either, one per processor",
              {1, 1024}),
        field("threads", &W::threads,
              "number of threads of each worker; without --workers, of a single worker", {1, 1024}));
  }
  Settings settings() { return settings_of(*this, on); }

  struct Team {
    Index workers, threads;  // of each
  };
  /// What is not given follows from the processors.
  Team team() const;
};

}  // namespace heed
