#include "heed/data/parallel_corpus.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "heed/base/error.h"
#include "heed/data/line_reader.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

/// Whether a line is UTF-8. If not: DataError, or the place noted when such lines are to be skipped.
bool is_utf8(std::string_view line, const LineReader& reader, const ReadOptions& options,
             ReadReport& report) {
  const auto bad = first_invalid_utf8(line);
  if (!bad) return true;
  const std::string place = message(reader.where(), ":", *bad + 1);
  require<DataError>(options.skip_invalid, place, ": not UTF-8: '",
                     printable(line.substr(*bad - std::min<std::size_t>(*bad, 12), 24)),
                     "'; convert the file, or skip such lines with skip_invalid");
  if (report.first_invalid.empty()) report.first_invalid = place;
  return false;
}

void add(TextPair pair, bool valid, ParallelCorpus& corpus) {
  ++corpus.report.read;
  if (!valid) {
    ++corpus.report.invalid;
  } else if (is_blank(pair.source)) {
    ++corpus.report.empty_source;
  } else if (is_blank(pair.target)) {
    ++corpus.report.empty_target;
  } else {
    ++corpus.report.kept;
    corpus.pairs.push_back(std::move(pair));
  }
}

/// The lines of a file in all.
Index count_rest(LineReader& reader) {
  while (reader.next()) {
  }
  return reader.line();
}

/// The column of a line, from 1; nothing if there are not so many.
std::optional<std::string_view> column(std::string_view line, Index number) {
  for (; number > 1; --number) {
    const std::size_t tab = line.find('\t');
    if (tab == line.npos) return std::nullopt;
    line.remove_prefix(tab + 1);
  }
  return line.substr(0, line.find('\t'));
}

}  // namespace

ParallelCorpus read_parallel(const std::filesystem::path& source, const std::filesystem::path& target,
                             const ReadOptions& options) {
  require<ConfigError>(source != "-" || target != "-",
                       "parallel corpus: both sides cannot come from standard input");
  LineReader sources(source), targets(target);
  ParallelCorpus corpus;
  for (;;) {
    auto source_line = sources.next();
    auto target_line = targets.next();
    if (!source_line && !target_line) return corpus;
    if (!source_line || !target_line) {
      const Index source_lines = count_rest(sources), target_lines = count_rest(targets);
      throw DataError(message("parallel corpus: ", sources.name(), " and ", targets.name(), " have ",
                              source_lines, " and ", target_lines,
                              " lines; line n of one must be the translation of line n of the other"));
    }
    const bool source_valid = is_utf8(*source_line, sources, options, corpus.report);
    const bool target_valid = is_utf8(*target_line, targets, options, corpus.report);
    add({std::move(*source_line), std::move(*target_line)}, source_valid && target_valid, corpus);
  }
}

ParallelCorpus read_tsv(const std::filesystem::path& path, const ReadOptions& options) {
  require<ConfigError>(options.source_column >= 1 && options.target_column >= 1 &&
                           options.source_column != options.target_column,
                       "parallel corpus: columns ", options.source_column, " and ", options.target_column,
                       "; give two different numbers, counted from 1");
  LineReader reader(path);
  ParallelCorpus corpus;
  while (const auto line = reader.next()) {
    const auto source = column(*line, options.source_column), target = column(*line, options.target_column);
    if (!source || !target) {
      const auto columns = std::count(line->begin(), line->end(), '\t') + 1;
      require<DataError>(is_blank(*line), reader.where(), ": ", columns,
                         columns == 1 ? " column" : " columns", ", but column ",
                         std::max(options.source_column, options.target_column),
                         " is asked for; are the columns parted by tabs?");
      add({}, true, corpus);  // an empty line
      continue;
    }
    const bool valid = is_utf8(*line, reader, options, corpus.report);
    add({std::string(*source), std::string(*target)}, valid, corpus);
  }
  return corpus;
}

std::vector<std::string> ReadReport::lines() const {
  std::vector<std::string> result{message(read, " pairs read, ", kept, " kept")};
  const auto skip = [&](Index count, const auto&... why) {
    if (count > 0) result.push_back(message(count, count == 1 ? " pair" : " pairs", " skipped: ", why...));
  };
  skip(empty_source, "the source side is empty");
  skip(empty_target, "the target side is empty");
  skip(invalid, "not UTF-8, first at ", first_invalid);
  skip(too_long, "too many tokens");
  skip(unbalanced, "one side is too many times as long as the other");
  return result;
}

}  // namespace heed
