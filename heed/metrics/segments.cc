#include "heed/metrics/segments.h"

#include <algorithm>

#include "heed/base/error.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

void check_text(std::string_view metric, std::string_view stream, std::span<const std::string> segments) {
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto invalid = first_invalid_utf8(segments[i]);
    require<DataError>(!invalid, metric, ": ", stream, ", line ", i + 1, ": byte ", invalid.value_or(0) + 1,
                       " is not UTF-8; convert the text to UTF-8");
  }
}

}  // namespace

void check_segments(std::string_view metric, std::span<const std::string> hypotheses,
                    const References& references) {
  require<DataError>(!hypotheses.empty(), metric, ": no hypotheses: there is nothing to score");
  require<DataError>(!references.empty(), metric, ": no references; give at least one stream of them");
  for (std::size_t r = 0; r < references.size(); ++r) {
    const std::size_t lines = references[r].size();
    require<DataError>(lines == hypotheses.size(), metric, ": ", hypotheses.size(), " hypotheses meet ",
                       lines, " lines of reference ", r + 1, "; line ",
                       std::min(lines, hypotheses.size()) + 1,
                       " has no counterpart: give both one line for each segment");
  }
  check_text(metric, "hypotheses", hypotheses);
  for (std::size_t r = 0; r < references.size(); ++r)
    check_text(metric, message("reference ", r + 1), references[r]);
}

}  // namespace heed
