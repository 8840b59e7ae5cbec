#pragma once
#include <filesystem>
#include <vector>

#include "heed/corpus/pair_reader.h"
#include "heed/corpus/read_options.h"
#include "heed/corpus/read_report.h"

namespace heed {

/// Pairs of texts and how reading them went.
struct ParallelCorpus {
  std::vector<TextPair> pairs;
  ReadReport report;
};

/// Pairs that nothing was left out of.
ParallelCorpus corpus_of(std::vector<TextPair> pairs);

/// All that a reader gives.
std::vector<TextPair> read_all(PairReader& reader);

/// Two files of which line n of one is the translation of line n of the other. DataError if one ends before
/// the other or a line is not UTF-8.
ParallelCorpus read_parallel(const std::filesystem::path& source, const std::filesystem::path& target,
                             const ReadOptions& options = {});

/// One file with a pair a line, its columns parted by tabs. DataError if a line has too few columns or is not
/// UTF-8.
ParallelCorpus read_tsv(const std::filesystem::path& path, const ReadOptions& options = {});

}  // namespace heed
