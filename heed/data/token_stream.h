#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heed/data/shards.h"

namespace heed {

/// A tokenized text as one long sequence, four bytes a token, in files and behind those in memory.
class TokenStream {
 public:
  /// Tokens, the EOS of documents among them.
  Index size() const { return in_files_ + std::ssize(tokens_); }
  /// The tokens from one on. FileError if they lie in a file that can no longer be read.
  std::vector<std::int32_t> tokens(Index first, Index count) const;

  /// Adds tokens in memory.
  void add(std::span<const Index> tokens);
  /// Adds a file that is nothing but tokens. Files come before what lies in memory.
  void add(std::shared_ptr<const MappedFile> file);

 private:
  struct Part {
    std::shared_ptr<const MappedFile> file;
    Index first;  // the number of its first token
  };

  std::vector<Part> files_;
  Index in_files_ = 0;
  std::vector<std::int32_t> tokens_;
};

/// Writes a stream into a folder while a text is tokenized; holds no more than one shard's share in memory.
class TokenStreamWriter {
 public:
  static constexpr Index usual_tokens = 16 << 20;  // 64 MiB a shard

  /// Makes the folder, or empties it of the stream that it holds.
  explicit TokenStreamWriter(const std::filesystem::path& folder, Index tokens_of_shard = usual_tokens);

  /// Adds tokens. FileError on a full disk, say.
  void add(std::span<const Index> tokens);
  /// Writes what is left. `fingerprint` names everything that the tokens depend on; `metadata` is for the
  /// caller to read again.
  void finish(const std::string& fingerprint, const std::string& metadata);

 private:
  void write_shard();

  ShardWriter shards_;
  std::size_t tokens_of_shard_;
  std::vector<std::int32_t> tokens_;
};

/// A stream that was opened.
struct StoredTokenStream {
  TokenStream tokens;
  std::string metadata;
};

/// Whether the folder holds a stream, whatever it was made from.
bool holds_token_stream(const std::filesystem::path& folder);

/// Opens a stream; nothing if the folder holds none, or one that was made from something else than the
/// fingerprint says (none: whatever it was made from). DataError if it is damaged.
std::optional<StoredTokenStream> open_token_stream(const std::filesystem::path& folder,
                                                   std::optional<std::string_view> fingerprint);

}  // namespace heed
