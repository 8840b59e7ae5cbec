#pragma once
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "heed/tensor/tensor.h"

namespace heed {

using Names = std::vector<std::string>;

/// A number as it is shown: six digits, which give 0.2f as 0.2.
double shown(double number);

/// A matrix with the names of its rows and columns: {"rows": [...], "columns": [...], "values": [[...]]}.
/// ShapeError if there are not rows * columns numbers.
nlohmann::json table_json(const Names& rows, const Names& columns, std::span<const float> values);
/// The same for a host tensor that lies packed.
nlohmann::json table_json(const Names& rows, const Names& columns, const Tensor& values);

/// "1", "2" and so on, after a word: names for columns that have none.
Names numbered(const std::string& word, Index count, Index first = 1);

}  // namespace heed
