#pragma once
#include <limits>
#include <memory>
#include <vector>

#include "heed/data/token_stream.h"

namespace heed {

/// Documents of a stream, each whole or, where it is longer than a model sees, in chunks of about the same
/// length: none crosses the EOS behind a document.
class DocumentChunks {
 public:
  /// Those among the tokens from `begin` on that lie before `end`, in chunks of at most `longest` tokens, EOS
  /// not counted; documents without a token have none. ConfigError if `longest` is below 1.
  DocumentChunks(std::shared_ptr<const TokenStream> stream, Index longest, Index begin = 0,
                 Index end = std::numeric_limits<Index>::max());

  Index size() const { return std::ssize(chunks_); }
  /// Tokens of a chunk.
  Index length(Index number) const { return chunks_[static_cast<std::size_t>(number)].length; }
  /// Of all chunks.
  Index tokens() const { return tokens_; }
  /// FileError if they can no longer be read.
  std::vector<Index> chunk(Index number) const;

 private:
  struct Chunk {
    Index first;
    std::int32_t length;
  };

  void add_document(Index first, Index length, Index longest);

  std::shared_ptr<const TokenStream> stream_;
  std::vector<Chunk> chunks_;
  Index tokens_ = 0;
};

}  // namespace heed
