#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// One or more complete reference translations: references[r][i] is what translator r wrote for segment i.
using References = std::vector<std::vector<std::string>>;

/// DataError unless there is at least one segment and one reference stream, all streams are as long as the
/// hypotheses, and all text is UTF-8. Names the metric and the line, which counts from 1.
void check_segments(std::string_view metric, std::span<const std::string> hypotheses,
                    const References& references);

}  // namespace heed
