#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "heed/data/examples.h"
#include "heed/data/shards.h"

namespace heed {

// A tokenized corpus in a folder, in shards of examples.

/// Writes a corpus while it is tokenized; holds no more than one file's share in memory.
class ExampleStoreWriter {
 public:
  static constexpr Index usual_tokens = 16 << 20;  // 64 MiB a file

  /// Makes the folder, or empties it of the store that it holds.
  explicit ExampleStoreWriter(const std::filesystem::path& folder, Index tokens_of_file = usual_tokens);

  /// Adds a pair of sentences, given without EOS. FileError on a full disk, say.
  void add(std::span<const Index> source, std::span<const Index> target);
  /// Writes what is left. `made_from` names everything that the examples depend on; `about` is for the caller
  /// to read again.
  void finish(const std::string& fingerprint, const std::string& about);

 private:
  void append(std::span<const Index> sentence);
  void write_part();

  ShardWriter shards_;
  std::size_t tokens_of_file_;
  std::vector<std::int32_t> tokens_;
  std::vector<std::uint32_t> ends_;
  Index source_tokens_ = 0;  // of these
};

/// A store that was opened.
struct StoredExamples {
  Examples examples;
  std::string about;
};

/// Whether the folder holds a store, whatever it was made from.
bool holds_example_store(const std::filesystem::path& folder);

/// Opens a store; nothing if the folder holds none, or one that was made from something else. DataError if it
/// is damaged.
std::optional<StoredExamples> open_example_store(const std::filesystem::path& folder,
                                                 const std::string& fingerprint);

}  // namespace heed
