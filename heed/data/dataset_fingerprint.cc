#include "heed/data/dataset_fingerprint.h"

#include <fmt/format.h>

#include "heed/base/crc32.h"

namespace heed {
namespace {

template <class T>
std::uint32_t with(const std::vector<T>& values, std::uint32_t before) {
  return crc32(std::as_bytes(std::span(values)), before);
}

}  // namespace

std::string fingerprint(const Dataset& dataset) {
  std::uint32_t sum = 0;
  std::vector<Column> columns(static_cast<std::size_t>(dataset.columns()));
  for (Index example = 0; example < dataset.size(); ++example) {
    for (Column& column : columns) column = {};
    dataset.append(example, 0, columns);
    // The lengths, too: they tell where a sequence ends and the next begins.
    for (const Column& column : columns)
      sum = with(column.numbers, with(column.tokens, with(column.lengths, sum)));
  }
  return fmt::format("{} examples, {:08x}", dataset.size(), sum);
}

}  // namespace heed
