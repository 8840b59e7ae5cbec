#pragma once
#include <filesystem>
#include <initializer_list>
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
  ExampleStoreWriter(const std::filesystem::path& folder, Index columns, Index tokens_of_file = usual_tokens);

  /// Adds an example: a sequence for each column. FileError on a full disk, say.
  void add(std::span<const std::span<const Index>> sequences);
  void add(std::initializer_list<std::span<const Index>> sequences) {
    add(std::span(sequences.begin(), sequences.size()));
  }
  /// Writes what is left. `fingerprint` names everything that the examples depend on; `metadata` is for the
  /// caller to read again.
  void finish(const std::string& fingerprint, const std::string& metadata);

 private:
  void write_part();

  ShardWriter shards_;
  std::size_t tokens_of_file_;
  std::vector<std::int32_t> tokens_;
  std::vector<std::uint32_t> ends_;
  std::vector<Index> tokens_of_columns_;  // of these
};

/// A store that was opened.
struct StoredExamples {
  Examples examples;
  std::string metadata;
};

/// Whether the folder holds a store, whatever it was made from.
bool holds_example_store(const std::filesystem::path& folder);

/// Opens a store; nothing if the folder holds none, or one that was made from something else than the
/// fingerprint says; without one, from whatever it was made. DataError if it is damaged.
std::optional<StoredExamples> open_example_store(const std::filesystem::path& folder,
                                                 std::optional<std::string_view> fingerprint);

}  // namespace heed
