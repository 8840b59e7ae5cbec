#pragma once
#include <cstdio>

#include "heed/base/error.h"
#include "heed/corpus/pair_reader.h"
#include "heed/corpus/read_options.h"
#include "heed/corpus/read_report.h"
#include "heed/text/unicode.h"
#include "tests/fuzz/memory_file.h"

namespace heed {

inline void require_sentence(const std::string& text) {
  if (!is_blank(text) && !first_invalid_utf8(text) && text.find_first_of("\n\t") == text.npos) return;
  std::fprintf(stderr, "a text of %zu bytes that is empty, not UTF-8 or not one line\n", text.size());
  std::abort();
}

/// Nothing is lost: what was read was kept or is counted under a reason.
inline void require_all_accounted_for(const ReadReport& report) {
  Index counted = report.kept;
  for (const ReadReport::Skip& skip : report.skips()) counted += skip.pairs;
  if (counted == report.read) return;
  std::fprintf(stderr, "%lld pairs read, but %lld kept or counted as skipped\n",
               static_cast<long long>(report.read), static_cast<long long>(counted));
  std::abort();
}

/// Reads bytes as a file of the Reader's format: they hold sentences, or are refused by an Error.
template <class Reader>
void read_pairs(const std::uint8_t* bytes, std::size_t count, const ReadOptions& options) {
  const MemoryFile file(bytes, count);
  ReadReport report;
  try {
    Reader reader(file.path(), options, report);
    for (TextPair pair; reader.next(pair);) {
      require_sentence(pair.source);
      require_sentence(pair.target);
    }
  } catch (const Error&) {
  }
  require_all_accounted_for(report);
}

/// English to German as the command line has it, and German to English with everything on.
template <class Reader>
void read_pairs_both_ways(const std::uint8_t* bytes, std::size_t count) {
  read_pairs<Reader>(bytes, count, {.source_language = "en", .target_language = "de"});
  read_pairs<Reader>(bytes, count,
                     {.skip_invalid = true,
                      .source_language = "de",
                      .target_language = "en",
                      .inline_tags = InlineTags::placeholders});
}

}  // namespace heed
