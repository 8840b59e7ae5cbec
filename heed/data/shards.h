#pragma once
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "heed/base/index.h"
#include "heed/base/mapped_file.h"

namespace heed {

// What is too large for memory lies in a folder as shards: files of some ten megabytes that are mapped when
// they are read, and a manifest that says what they hold and what they were made from. The manifest is
// written last: without it, nothing is there.

/// How one kind of store names its files: NAME-00000.bin and so on, and NAME.json.
struct ShardFormat {
  std::string_view name;
  int schema = 1;  // of what the shards hold: shards of another are not there

  std::filesystem::path manifest(const std::filesystem::path& folder) const;
};

/// Numbers that say what a shard holds, by name: one for each name, or several.
using ShardCounts = std::vector<std::pair<std::string, std::vector<Index>>>;

/// What the manifest says of one shard.
struct Shard {
  std::string name;
  ShardCounts counts;
  std::uint32_t checksum = 0;  // CRC-32 of its bytes
};

/// Writes shards one after the other.
class ShardWriter {
 public:
  /// Makes the folder, or empties it of the shards of this format that it holds.
  ShardWriter(std::filesystem::path folder, const ShardFormat& format);

  /// Writes a shard of these bytes, one after the other. FileError on a full disk, say.
  void write(std::initializer_list<std::span<const std::byte>> parts, ShardCounts counts);
  /// Writes the manifest. `fingerprint` names everything that the shards depend on; `metadata` is for the
  /// caller to read again.
  void finish(const std::string& fingerprint, const std::string& metadata);

 private:
  std::filesystem::path folder_;
  ShardFormat format_;
  std::vector<Shard> shards_;
};

/// Shards that lie in a folder.
class StoredShards {
 public:
  /// Nothing if the folder holds none of the format, or those that were made from something else than the
  /// fingerprint says; without one, from whatever they were made. DataError if the manifest is damaged.
  static std::optional<StoredShards> open(const std::filesystem::path& folder, const ShardFormat& format,
                                          std::optional<std::string_view> fingerprint);

  const std::string& metadata() const { return metadata_; }
  const std::vector<Shard>& shards() const { return shards_; }
  /// What a shard has of something. DataError if the manifest does not say it, or says less than nothing.
  const std::vector<Index>& counts(const Shard& shard, std::string_view name) const;
  /// The same of what is one number.
  Index count(const Shard& shard, std::string_view name) const;
  /// Maps a shard that has to have so many bytes. DataError if it has not, or its checksum differs, FileError
  /// if it cannot be read.
  std::shared_ptr<const MappedFile> map(const Shard& shard, std::size_t bytes) const;
  /// Where a shard lies, for messages.
  std::string path(const Shard& shard) const { return (folder_ / shard.name).string(); }

 private:
  std::filesystem::path folder_, manifest_;
  std::string metadata_;
  std::vector<Shard> shards_;
};

}  // namespace heed
