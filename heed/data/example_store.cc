#include "heed/data/example_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "heed/base/crc32.h"
#include "heed/base/error.h"
#include "heed/base/files.h"
#include "heed/text/tokenizer.h"

namespace heed {
namespace {

constexpr int schema = 1;
constexpr std::string_view beginning = "examples-", ending = ".bin";

std::filesystem::path manifest_of(const std::filesystem::path& folder) { return folder / "examples.json"; }

nlohmann::ordered_json json_of(const StoredFile& file) {
  return {{"name", file.name},
          {"examples", file.examples},
          {"tokens", file.tokens},
          {"source_tokens", file.source_tokens},
          {"checksum", file.checksum}};
}

StoredFile stored_file(const nlohmann::ordered_json& json) {
  return {.name = json.at("name").get<std::string>(),
          .examples = json.at("examples").get<Index>(),
          .tokens = json.at("tokens").get<Index>(),
          .source_tokens = json.at("source_tokens").get<Index>(),
          .checksum = json.at("checksum").get<std::uint32_t>()};
}

/// The ends of texts, two an example, and then the tokens.
MappedExamples map_file(const std::filesystem::path& path, const StoredFile& about) {
  auto file = std::make_shared<const MappedFile>(path);
  const auto texts = 2 * static_cast<std::size_t>(about.examples);
  const auto tokens = static_cast<std::size_t>(about.tokens);
  require<DataError>(file->bytes() == 4 * (texts + tokens), path.string(), ": has ", file->bytes(),
                     " bytes where examples.json says ", 4 * (texts + tokens));
  require<DataError>(crc32({file->data(), file->bytes()}) == about.checksum, path.string(),
                     ": is damaged: its checksum is not the one in examples.json");
  MappedExamples part{.file = std::move(file), .ends = {}};
  part.ends = {reinterpret_cast<const std::uint32_t*>(part.file->data()), texts};
  require<DataError>(std::ranges::is_sorted(part.ends) && part.tokens() == about.tokens, path.string(),
                     ": its texts do not end where its tokens do");
  part.file->forget();
  return part;
}

}  // namespace

ExampleStoreWriter::ExampleStoreWriter(std::filesystem::path folder, Index tokens_of_file)
    : folder_(std::move(folder)), tokens_of_file_(static_cast<std::size_t>(tokens_of_file)) {
  make_folder(folder_);
  remove_partial_files(folder_);
  std::filesystem::remove(manifest_of(folder_));
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(beginning) && name.ends_with(ending)) std::filesystem::remove(entry.path());
  }
}

void ExampleStoreWriter::add(std::span<const Index> source, std::span<const Index> target) {
  append(source);
  source_tokens_ += std::ssize(source) + 1;
  append(target);
  if (tokens_.size() >= tokens_of_file_) write_part();
}

void ExampleStoreWriter::append(std::span<const Index> sentence) {
  for (const Index id : sentence) tokens_.push_back(static_cast<std::int32_t>(id));
  tokens_.push_back(static_cast<std::int32_t>(special::eos));
  ends_.push_back(static_cast<std::uint32_t>(tokens_.size()));
}

void ExampleStoreWriter::write_part() {
  const auto ends = std::as_bytes(std::span(ends_)), tokens = std::as_bytes(std::span(tokens_));
  const StoredFile file{.name = fmt::format("{}{:05}{}", beginning, files_.size(), ending),
                        .examples = std::ssize(ends_) / 2,
                        .tokens = std::ssize(tokens_),
                        .source_tokens = source_tokens_,
                        .checksum = crc32(tokens, crc32(ends))};
  write_file(folder_ / file.name, [&](std::ostream& out) {
    for (const auto part : {ends, tokens})
      out.write(reinterpret_cast<const char*>(part.data()), static_cast<std::streamsize>(part.size()));
  });
  files_.push_back(file);
  ends_.clear();
  tokens_.clear();
  source_tokens_ = 0;
}

void ExampleStoreWriter::finish(const std::string& fingerprint, const std::string& about) {
  if (!ends_.empty()) write_part();
  nlohmann::ordered_json files = nlohmann::ordered_json::array();
  for (const StoredFile& file : files_) files.push_back(json_of(file));
  const nlohmann::ordered_json manifest{
      {"schema", schema}, {"made_from", fingerprint}, {"about", about}, {"files", std::move(files)}};
  write_file(manifest_of(folder_), manifest.dump(1) + "\n");
}

bool holds_example_store(const std::filesystem::path& folder) {
  return std::filesystem::exists(manifest_of(folder));
}

std::optional<StoredExamples> open_example_store(const std::filesystem::path& folder,
                                                 const std::string& fingerprint) {
  const std::filesystem::path manifest = manifest_of(folder);
  if (!std::filesystem::exists(manifest)) return std::nullopt;
  StoredExamples stored;
  std::vector<StoredFile> files;
  try {
    const auto json = nlohmann::ordered_json::parse(read_file(manifest));
    if (json.at("schema") != schema || json.at("made_from") != fingerprint) return std::nullopt;
    stored.about = json.at("about").get<std::string>();
    for (const auto& file : json.at("files")) files.push_back(stored_file(file));
  } catch (const nlohmann::json::exception& error) {
    throw DataError(message(manifest.string(), ": is damaged: ", error.what()));
  }
  for (const StoredFile& file : files)
    stored.examples.add(map_file(folder / file.name, file), file.source_tokens);
  return stored;
}

}  // namespace heed
