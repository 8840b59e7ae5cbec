#include "heed/corpus/line_pair_reader.h"

#include <utility>

#include "heed/base/error.h"
#include "heed/corpus/drift.h"
#include "heed/corpus/pair_check.h"

namespace heed {
namespace {

/// The lines of a file in all.
Index count_rest(LineReader& reader) {
  while (reader.next()) {
  }
  return reader.line();
}

/// Where two files of different lengths seem to part; empty where that cannot be told, or only read once.
std::string where_they_part(const std::string& source, const std::string& target) {
  if (source == "standard input" || target == "standard input") return "";
  const std::string text = find_drift(source, target).text(source, target);
  return text.empty() ? "" : "; " + text;
}

}  // namespace

LinePairReader::LinePairReader(const std::filesystem::path& source, const std::filesystem::path& target,
                               const ReadOptions& options, ReadReport& report)
    : sources_(source), targets_(target), options_(options), report_(report) {
  require<ConfigError>(source != "-" || target != "-",
                       "parallel corpus: both sides cannot come from standard input");
}

bool LinePairReader::next(TextPair& pair) {
  for (;;) {
    auto source = sources_.next();
    auto target = targets_.next();
    if (!source && !target) {
      report_.note(sources_.note());
      report_.note(targets_.note());
      return false;
    }
    if (!source || !target) {
      const Index source_lines = count_rest(sources_), target_lines = count_rest(targets_);
      throw DataError(message("parallel corpus: ", sources_.name(), " and ", targets_.name(), " have ",
                              source_lines, " and ", target_lines,
                              " lines; line n of one must be the translation of line n of the other",
                              where_they_part(sources_.name(), targets_.name())));
    }
    pair = {std::move(*source), std::move(*target)};
    const bool source_valid = check_utf8(
        pair.source, [&] { return sources_.where(); }, options_, report_);
    const bool target_valid = check_utf8(
        pair.target, [&] { return targets_.where(); }, options_, report_);
    if (count_pair(pair, source_valid && target_valid, report_)) return true;
  }
}

}  // namespace heed
