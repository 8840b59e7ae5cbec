#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "heed/comparison/measured_model.h"

namespace heed {

/// Models that were trained on the same text, and measured on the same.
struct Comparison {
  std::vector<MeasuredModel> models;
  Index test_sentences = 0;
  std::string command;  // that made it
};

/// As tables of plain text.
std::string comparison_text(const Comparison& comparison);
/// All of it (docs/compare.md).
nlohmann::ordered_json comparison_json(const Comparison& comparison);

}  // namespace heed
