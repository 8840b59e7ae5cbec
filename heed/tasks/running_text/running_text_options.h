#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "heed/base/fields.h"

namespace heed {

/// The text that a model learns from and is validated on, and how much of it is seen at once.
struct RunningTextOptions {
  std::vector<std::filesystem::path> train_text{}, valid_text{};
  double validation_share = 0.1;
  std::optional<Index> context = std::nullopt;

  static constexpr std::string_view title = "Text";
  static constexpr auto fields() {
    using C = RunningTextOptions;
    return std::tuple(
        field("train_text", &C::train_text, "text to learn from: files, plain or compressed"),
        field("valid_text", &C::valid_text, "text to validate on, likewise"),
        field("validation_share", &C::validation_share,
              "share of the training text's tokens, its last ones, to validate on if no validation text is "
              "given",
              {0.0001, 0.9}),
        field("context", &C::context,
              "tokens that the model sees at once; if not given, as many as it can (maximum_positions)",
              {1, 1 << 20}));
  }
};

}  // namespace heed
