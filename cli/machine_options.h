#pragma once
#include <CLI/CLI.hpp>
#include <optional>

#include "heed/backend/backend.h"
#include "heed/base/fields.h"
#include "heed/base/parallel.h"
#include "heed/training/training_config.h"

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
  Backend& kernels() const { return kernels_in(DataType::float32); }
  Backend& training_kernels(TrainingPrecision precision) const;

 private:
  Backend& kernels_in(DataType products) const;
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
    return std::tuple(field("precision", &PrecisionOptions::precision,
                            "what products are made in; auto: what each weight of the model is stored in"));
  }

  /// None for `stored`.
  std::optional<DataType> type() const;
};

}  // namespace heed
