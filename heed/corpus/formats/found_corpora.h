#pragma once
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "heed/corpus/formats/pair_format.h"
#include "heed/corpus/pair_reader.h"
#include "heed/corpus/read_options.h"
#include "heed/corpus/read_report.h"

namespace heed {

/// A corpus that can be read: a file, or two of which line n of one is the translation of line n of the
/// other.
struct FoundCorpus {
  PairFormat format = PairFormat::table;
  std::filesystem::path path;    // of `lines`: the source
  std::filesystem::path target;  // of `lines` only
  std::size_t name = 0;          // of which of the names it was found by, counted from 0
  bool named = true;             // itself, not by a folder
};

/// What files, folders and patterns (memories/*.tmx, where no file has that name) name, in that order; within
/// a folder, searched to its depth, or a pattern by name. Nothing is taken twice. What is in a folder and no
/// corpus, or a table of other languages by its name, is counted in the report; a file that was named and is
/// none is a DataError, as is a pattern that fits nothing.
std::vector<FoundCorpus> find_corpora(std::span<const std::filesystem::path> names,
                                      const ReadOptions& options, ReadReport& report);

/// The reader of a corpus. The report must outlive it.
std::unique_ptr<PairReader> open_corpus(const FoundCorpus& corpus, const ReadOptions& options,
                                        ReadReport& report);

/// All pairs of corpora, one corpus after the other, each opened when it is its turn. The report must outlive
/// it.
std::unique_ptr<PairReader> open_corpora(std::vector<FoundCorpus> corpora, const ReadOptions& options,
                                         ReadReport& report);

/// The same for those who judge pairs themselves: those of plain text and tables come as they are, empty or
/// not UTF-8, plain text as far as both files go. What other formats skip is counted in the report.
std::unique_ptr<PairReader> open_unchecked_corpora(std::vector<FoundCorpus> corpora,
                                                   const ReadOptions& options, ReadReport& report);

/// All pairs of what is named: both in one.
std::unique_ptr<PairReader> open_pairs(std::span<const std::filesystem::path> names,
                                       const ReadOptions& options, ReadReport& report);

}  // namespace heed
