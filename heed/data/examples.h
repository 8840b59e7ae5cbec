#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "heed/base/index.h"
#include "heed/base/mapped_file.h"

namespace heed {

/// Consecutive examples in a file: where each text ends, and behind that the texts' tokens one after the
/// other, of each example the source and then the target.
struct MappedExamples {
  std::shared_ptr<const MappedFile> file;
  std::span<const std::uint32_t> ends;  // mapped, two an example

  Index size() const { return std::ssize(ends) / 2; }
  Index tokens() const { return ends.empty() ? 0 : static_cast<Index>(ends.back()); }
};

/// A tokenized corpus, compact: four bytes a token, in memory or in files. Both sides end with EOS;
/// what a decoder is given while it learns is BOS and the target without EOS.
class Examples {
 public:
  Index size() const { return in_files_ + std::ssize(ends_) / 2; }
  /// FileError if it lies in a file that can no longer be read.
  std::vector<std::int32_t> source(Index example) const { return text(example, 0); }
  std::vector<std::int32_t> target(Index example) const { return text(example, 1); }
  /// Tokens, EOS among them.
  Index source_length(Index example) const { return place(example, 0).length; }
  Index target_length(Index example) const { return place(example, 1).length; }
  Index source_tokens() const { return source_tokens_; }
  Index target_tokens() const { return target_tokens_; }

  /// Adds a pair of sentences, given without EOS. DataError beyond 2^32 tokens: more belong in files.
  void add(std::span<const Index> source, std::span<const Index> target);
  /// Adds what a file holds, of which the source texts have so many tokens. Files come before pairs.
  void add(MappedExamples part, Index source_tokens);

  /// Gives back the memory of the lengths that have been read from files.
  void forget() const;

 private:
  struct Part {
    MappedExamples examples;
    Index first;  // the number of its first example
  };

  /// Where a text lies.
  struct Place {
    const MappedExamples* file;  // none: in memory
    std::size_t begin;           // among the file's tokens, or those in memory
    Index length;
  };

  Place place(Index example, std::size_t side) const;
  std::vector<std::int32_t> text(Index example, std::size_t side) const;
  void append(std::span<const Index> sentence);

  std::vector<Part> files_;
  Index in_files_ = 0;
  std::vector<std::int32_t> tokens_;  // of the examples behind those in files
  std::vector<std::uint32_t> ends_;
  Index source_tokens_ = 0, target_tokens_ = 0;
};

}  // namespace heed
