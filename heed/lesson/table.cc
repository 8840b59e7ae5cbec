#include "heed/lesson/table.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "heed/base/error.h"

namespace heed {

using nlohmann::json;

double shown(double number) { return std::stod(fmt::format("{:.6g}", number)); }

json table_json(const Names& rows, const Names& columns, std::span<const float> values) {
  require<ShapeError>(values.size() == rows.size() * columns.size(), "lesson: ", values.size(),
                      " numbers meet a table of ", rows.size(), " rows and ", columns.size(), " columns");
  json lines = json::array();
  for (std::size_t row = 0; row < rows.size(); ++row) {
    json line = json::array();
    for (const float value : values.subspan(row * columns.size(), columns.size()))
      line.push_back(shown(double{value}));
    lines.push_back(std::move(line));
  }
  return {{"rows", rows}, {"columns", columns}, {"values", std::move(lines)}};
}

json table_json(const Names& rows, const Names& columns, const Tensor& values) {
  return table_json(rows, columns, std::span(values.data(), static_cast<std::size_t>(values.count())));
}

Names numbered(const std::string& word, Index count, Index first) {
  Names names;
  for (Index i = 0; i < count; ++i) names.push_back(word + std::to_string(first + i));
  return names;
}

}  // namespace heed
