#pragma once
#include <filesystem>

#include "heed/corpus/pair_reader.h"
#include "heed/corpus/read_options.h"
#include "heed/corpus/read_report.h"
#include "heed/io/line_reader.h"

namespace heed {

/// Two files of which line n of one is the translation of line n of the other. DataError if one ends before
/// the other or a line is not UTF-8, ConfigError if both come from standard input. The report must outlive
/// it.
class LinePairReader final : public PairReader {
 public:
  LinePairReader(const std::filesystem::path& source, const std::filesystem::path& target,
                 const ReadOptions& options, ReadReport& report);

  bool next(TextPair& pair) override;
  std::string where() const override { return sources_.where(); }

 private:
  LineReader sources_, targets_;
  ReadOptions options_;
  ReadReport& report_;
};

}  // namespace heed
