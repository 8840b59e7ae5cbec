#include "heed/data/shards.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "heed/base/any_bytes.h"
#include "heed/base/crc32.h"
#include "heed/base/error.h"
#include "heed/base/files.h"
#include "heed/base/json_text.h"

namespace heed {
namespace {

nlohmann::ordered_json json_of(const Shard& shard) {
  nlohmann::ordered_json json{{"name", shard.name}};
  for (const auto& [name, counts] : shard.counts)
    if (counts.size() == 1)
      json[name] = counts[0];
    else
      json[name] = counts;
  json["checksum"] = shard.checksum;
  return json;
}

Shard shard_of(const nlohmann::ordered_json& json) {
  Shard shard{.name = json.at("name").get<std::string>(),
              .counts = {},
              .checksum = json.at("checksum").get<std::uint32_t>()};
  for (const auto& [name, value] : json.items())
    if (name != "name" && name != "checksum")
      shard.counts.emplace_back(
          name, value.is_array() ? value.get<std::vector<Index>>() : std::vector<Index>{value.get<Index>()});
  return shard;
}

}  // namespace

std::filesystem::path ShardFormat::manifest(const std::filesystem::path& folder) const {
  return folder / message(name, ".json");
}

ShardWriter::ShardWriter(std::filesystem::path folder, const ShardFormat& format)
    : folder_(std::move(folder)), format_(format) {
  make_folder(folder_);
  remove_partial_files(folder_);
  std::filesystem::remove(format_.manifest(folder_));
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(message(format_.name, "-")) && name.ends_with(".bin"))
      std::filesystem::remove(entry.path());
  }
}

void ShardWriter::write(std::initializer_list<std::span<const std::byte>> parts, ShardCounts counts) {
  Shard shard{.name = fmt::format("{}-{:05}.bin", format_.name, shards_.size()),
              .counts = std::move(counts),
              .checksum = 0};
  for (const auto part : parts) shard.checksum = crc32(part, shard.checksum);
  write_file(folder_ / shard.name, [&](std::ostream& out) {
    for (const auto part : parts)
      out.write(reinterpret_cast<const char*>(part.data()), static_cast<std::streamsize>(part.size()));
  });
  shards_.push_back(std::move(shard));
}

void ShardWriter::finish(const std::string& fingerprint, const std::string& metadata) {
  nlohmann::ordered_json files = nlohmann::ordered_json::array();
  for (const Shard& shard : shards_) files.push_back(json_of(shard));
  const nlohmann::ordered_json manifest{{"schema", format_.schema},
                                        {"fingerprint", utf8_of(fingerprint)},
                                        {"metadata", metadata},
                                        {"files", std::move(files)}};
  write_file(format_.manifest(folder_), text_of_json(manifest, 1) + "\n");
}

std::optional<StoredShards> StoredShards::open(const std::filesystem::path& folder, const ShardFormat& format,
                                               std::optional<std::string_view> fingerprint) {
  StoredShards stored;
  stored.folder_ = folder;
  stored.manifest_ = format.manifest(folder);
  if (!std::filesystem::exists(stored.manifest_)) return std::nullopt;
  try {
    const auto json = nlohmann::ordered_json::parse(read_file(stored.manifest_));
    if (json.at("schema") != format.schema ||
        (fingerprint && json.at("fingerprint") != utf8_of(*fingerprint)))
      return std::nullopt;
    stored.metadata_ = json.at("metadata").get<std::string>();
    for (const auto& file : json.at("files")) stored.shards_.push_back(shard_of(file));
  } catch (const nlohmann::json::exception& error) {
    throw DataError(message(stored.manifest_.string(), ": is damaged: ", error.what(),
                            "; remove its folder to have it made anew"));
  }
  for (const Shard& shard : stored.shards_)
    require<DataError>(shard.name.find('/') == shard.name.npos, stored.manifest_.string(),
                       ": is damaged: names a file elsewhere, ", shard.name,
                       "; remove its folder to have it made anew");
  return stored;
}

const std::vector<Index>& StoredShards::counts(const Shard& shard, std::string_view name) const {
  const auto sound = [](Index count) { return 0 <= count && count < Index{1} << 40; };
  const auto found = std::ranges::find(shard.counts, name, [](const auto& count) { return count.first; });
  require<DataError>(found != shard.counts.end() && std::ranges::all_of(found->second, sound),
                     manifest_.string(), ": is damaged: says of ", shard.name, " no sound number of ", name,
                     "; remove its folder to have it made anew");
  return found->second;
}

Index StoredShards::count(const Shard& shard, std::string_view name) const {
  const std::vector<Index>& found = counts(shard, name);
  require<DataError>(found.size() == 1, manifest_.string(), ": is damaged: says of ", shard.name, ' ',
                     found.size(), " numbers of ", name, ", not one; remove its folder to have it made anew");
  return found[0];
}

std::shared_ptr<const MappedFile> StoredShards::map(const Shard& shard, std::size_t bytes) const {
  auto file = std::make_shared<const MappedFile>(folder_ / shard.name);
  require<DataError>(file->bytes() == bytes, path(shard), ": has ", file->bytes(), " bytes where ",
                     manifest_.filename().string(), " says ", bytes,
                     "; remove its folder to have it made anew");
  require<DataError>(crc32({file->data(), file->bytes()}) == shard.checksum, path(shard),
                     ": is damaged: its checksum is not the one in ", manifest_.filename().string(),
                     "; remove its folder to have it made anew");
  return file;
}

}  // namespace heed
