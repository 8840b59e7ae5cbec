#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "heed/base/index.h"
#include "heed/base/mapped_file.h"

namespace heed {

/// Consecutive examples in a file: the texts' tokens one after the other, of each example the source and then
/// the target, and where each text ends.
struct MappedExamples {
  std::shared_ptr<const MappedFile> file;
  std::span<const std::int32_t> tokens;
  std::span<const std::uint32_t> ends;  // two an example

  Index size() const { return std::ssize(ends) / 2; }
};

/// A tokenised corpus, compact: four bytes a token, in memory or in mapped files. Both sides end with the end
/// mark; what a decoder is given while it learns is the begin mark and the target without its end mark.
class Examples {
 public:
  Index size() const { return in_files_ + std::ssize(ends_) / 2; }
  std::span<const std::int32_t> source(Index example) const { return text(example, 0); }
  std::span<const std::int32_t> target(Index example) const { return text(example, 1); }
  Index source_tokens() const { return source_tokens_; }
  Index target_tokens() const { return target_tokens_; }

  /// Adds a pair of sentences, given without end marks. DataError beyond 2^32 tokens: more belong in files.
  void add(std::span<const Index> source, std::span<const Index> target);
  /// Adds what a file holds, of which the source texts have so many tokens. Files come before pairs.
  void add(MappedExamples part, Index source_tokens);

  /// Gives back the memory of what has been read from files.
  void forget() const;

 private:
  struct Part {
    MappedExamples examples;
    Index first;  // the number of its first example
  };

  std::span<const std::int32_t> text(Index example, std::size_t side) const;
  void append(std::span<const Index> sentence);

  std::vector<Part> files_;
  Index in_files_ = 0;
  std::vector<std::int32_t> tokens_;  // of the examples behind those in files
  std::vector<std::uint32_t> ends_;
  Index source_tokens_ = 0, target_tokens_ = 0;
};

}  // namespace heed
