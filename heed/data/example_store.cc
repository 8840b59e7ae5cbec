#include "heed/data/example_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "heed/base/crc32.h"
#include "heed/base/error.h"
#include "heed/base/files.h"

namespace heed {
namespace {

constexpr int schema = 2;
constexpr std::string_view beginning = "examples-", ending = ".bin";

std::filesystem::path manifest_of(const std::filesystem::path& folder) { return folder / "examples.json"; }

nlohmann::ordered_json json_of(const StoredFile& file) {
  return {{"name", file.name},
          {"examples", file.examples},
          {"tokens", file.tokens},
          {"tokens_of_columns", file.tokens_of_columns},
          {"checksum", file.checksum}};
}

StoredFile stored_file(const nlohmann::ordered_json& json) {
  return {.name = json.at("name").get<std::string>(),
          .examples = json.at("examples").get<Index>(),
          .tokens = json.at("tokens").get<Index>(),
          .tokens_of_columns = json.at("tokens_of_columns").get<std::vector<Index>>(),
          .checksum = json.at("checksum").get<std::uint32_t>()};
}

/// The ends of sequences, one a column of each example, and then the tokens.
MappedExamples map_file(const std::filesystem::path& path, const StoredFile& about) {
  auto file = std::make_shared<const MappedFile>(path);
  const auto texts = about.tokens_of_columns.size() * static_cast<std::size_t>(about.examples);
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

ExampleStoreWriter::ExampleStoreWriter(std::filesystem::path folder, Index columns, Index tokens_of_file)
    : folder_(std::move(folder)),
      tokens_of_file_(static_cast<std::size_t>(tokens_of_file)),
      tokens_of_columns_(static_cast<std::size_t>(columns), 0) {
  make_folder(folder_);
  remove_partial_files(folder_);
  std::filesystem::remove(manifest_of(folder_));
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(beginning) && name.ends_with(ending)) std::filesystem::remove(entry.path());
  }
}

void ExampleStoreWriter::add(std::span<const std::span<const Index>> sequences) {
  require<ShapeError>(sequences.size() == tokens_of_columns_.size(), "example store: ", sequences.size(),
                      " sequences for ", tokens_of_columns_.size(), " columns");
  for (std::size_t column = 0; column < sequences.size(); ++column) {
    for (const Index id : sequences[column]) tokens_.push_back(static_cast<std::int32_t>(id));
    ends_.push_back(static_cast<std::uint32_t>(tokens_.size()));
    tokens_of_columns_[column] += std::ssize(sequences[column]);
  }
  if (tokens_.size() >= tokens_of_file_) write_part();
}

void ExampleStoreWriter::write_part() {
  const auto ends = std::as_bytes(std::span(ends_)), tokens = std::as_bytes(std::span(tokens_));
  const StoredFile file{.name = fmt::format("{}{:05}{}", beginning, files_.size(), ending),
                        .examples = std::ssize(ends_) / std::ssize(tokens_of_columns_),
                        .tokens = std::ssize(tokens_),
                        .tokens_of_columns = tokens_of_columns_,
                        .checksum = crc32(tokens, crc32(ends))};
  write_file(folder_ / file.name, [&](std::ostream& out) {
    for (const auto part : {ends, tokens})
      out.write(reinterpret_cast<const char*>(part.data()), static_cast<std::streamsize>(part.size()));
  });
  files_.push_back(file);
  ends_.clear();
  tokens_.clear();
  std::ranges::fill(tokens_of_columns_, 0);
}

void ExampleStoreWriter::finish(const std::string& fingerprint, const std::string& metadata) {
  if (!ends_.empty()) write_part();
  nlohmann::ordered_json files = nlohmann::ordered_json::array();
  for (const StoredFile& file : files_) files.push_back(json_of(file));
  const nlohmann::ordered_json manifest{
      {"schema", schema}, {"fingerprint", fingerprint}, {"metadata", metadata}, {"files", std::move(files)}};
  write_file(manifest_of(folder_), manifest.dump(1) + "\n");
}

bool holds_example_store(const std::filesystem::path& folder) {
  return std::filesystem::exists(manifest_of(folder));
}

std::optional<StoredExamples> open_example_store(const std::filesystem::path& folder,
                                                 const std::string& fingerprint) {
  const std::filesystem::path manifest = manifest_of(folder);
  if (!std::filesystem::exists(manifest)) return std::nullopt;
  std::string metadata;
  std::vector<StoredFile> files;
  try {
    const auto json = nlohmann::ordered_json::parse(read_file(manifest));
    if (json.at("schema") != schema || json.at("fingerprint") != fingerprint) return std::nullopt;
    metadata = json.at("metadata").get<std::string>();
    for (const auto& file : json.at("files")) files.push_back(stored_file(file));
  } catch (const nlohmann::json::exception& error) {
    throw DataError(message(manifest.string(), ": is damaged: ", error.what()));
  }
  const Index columns = files.empty() ? 2 : std::ssize(files.front().tokens_of_columns);
  require<DataError>(
      columns >= 1 && columns <= Dataset::most_columns &&
          std::ranges::all_of(
              files, [&](const StoredFile& file) { return std::ssize(file.tokens_of_columns) == columns; }),
      manifest.string(), ": is damaged: its files have ", columns, " and other columns");
  StoredExamples stored{.examples = Examples(columns), .metadata = std::move(metadata)};
  for (const StoredFile& file : files)
    stored.examples.add(map_file(folder / file.name, file), file.tokens_of_columns);
  return stored;
}

}  // namespace heed
