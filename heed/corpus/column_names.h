#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "heed/corpus/read_options.h"

namespace heed {

/// Which columns of a table hold the texts, from 1.
struct PairColumns {
  Index source = 1, target = 2;
};

/// The columns of the two texts by the cells of a header: source and target, en and de, "English" and
/// "German". Languages are those asked for; where none are, any two. Nothing if the cells are no such names.
std::optional<PairColumns> columns_named(std::span<const std::string_view> cells, const ReadOptions& options);

}  // namespace heed
