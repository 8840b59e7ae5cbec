#include "heed/data/example_store.h"

#include <algorithm>

#include "heed/base/error.h"

namespace heed {
namespace {

constexpr ShardFormat example_format{.name = "examples", .schema = 2};

/// The ends of sequences, one a column of each example, and then the tokens.
MappedExamples map_examples(const StoredShards& stored, const Shard& shard, Index columns) {
  const Index examples = stored.count(shard, "examples"), tokens = stored.count(shard, "tokens");
  const auto ends = static_cast<std::size_t>(columns * examples);
  MappedExamples part{.file = stored.map(shard, 4 * (ends + static_cast<std::size_t>(tokens))), .ends = {}};
  part.ends = {reinterpret_cast<const std::uint32_t*>(part.file->data()), ends};
  require<DataError>(std::ranges::is_sorted(part.ends) && part.tokens() == tokens, stored.path(shard),
                     ": its texts do not end where its tokens do");
  part.file->forget();
  return part;
}

}  // namespace

ExampleStoreWriter::ExampleStoreWriter(const std::filesystem::path& folder, Index columns,
                                       Index tokens_of_file)
    : shards_(folder, example_format),
      tokens_of_file_(static_cast<std::size_t>(tokens_of_file)),
      tokens_of_columns_(static_cast<std::size_t>(columns), 0) {}

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
  shards_.write({std::as_bytes(std::span(ends_)), std::as_bytes(std::span(tokens_))},
                {{"examples", {std::ssize(ends_) / std::ssize(tokens_of_columns_)}},
                 {"tokens", {std::ssize(tokens_)}},
                 {"tokens_of_columns", tokens_of_columns_}});
  ends_.clear();
  tokens_.clear();
  std::ranges::fill(tokens_of_columns_, 0);
}

void ExampleStoreWriter::finish(const std::string& fingerprint, const std::string& metadata) {
  if (!ends_.empty()) write_part();
  shards_.finish(fingerprint, metadata);
}

bool holds_example_store(const std::filesystem::path& folder) {
  return std::filesystem::exists(example_format.manifest(folder));
}

std::optional<StoredExamples> open_example_store(const std::filesystem::path& folder,
                                                 std::optional<std::string_view> fingerprint) {
  const auto found = StoredShards::open(folder, example_format, fingerprint);
  if (!found) return std::nullopt;
  const auto columns_of = [&](const Shard& shard) {
    return std::ssize(found->counts(shard, "tokens_of_columns"));
  };
  const Index columns = found->shards().empty() ? 2 : columns_of(found->shards().front());
  require<DataError>(
      columns >= 1 && columns <= Dataset::most_columns &&
          std::ranges::all_of(found->shards(),
                              [&](const Shard& shard) { return columns_of(shard) == columns; }),
      example_format.manifest(folder).string(), ": is damaged: its files have ", columns,
      " and other columns");
  StoredExamples stored{.examples = Examples(columns), .metadata = found->metadata()};
  for (const Shard& shard : found->shards())
    stored.examples.add(map_examples(*found, shard, columns), found->counts(shard, "tokens_of_columns"));
  return stored;
}

}  // namespace heed
