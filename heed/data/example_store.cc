#include "heed/data/example_store.h"

#include <algorithm>

#include "heed/base/error.h"
#include "heed/text/tokenizer.h"

namespace heed {
namespace {

constexpr ShardFormat format{.name = "examples", .schema = 2};

/// The ends of texts, two an example, and then the tokens.
MappedExamples map_examples(const StoredShards& stored, const Shard& shard) {
  const Index examples = stored.count(shard, "examples"), tokens = stored.count(shard, "tokens");
  const auto texts = 2 * static_cast<std::size_t>(examples);
  MappedExamples part{.file = stored.map(shard, 4 * (texts + static_cast<std::size_t>(tokens))), .ends = {}};
  part.ends = {reinterpret_cast<const std::uint32_t*>(part.file->data()), texts};
  require<DataError>(std::ranges::is_sorted(part.ends) && part.tokens() == tokens, stored.path(shard),
                     ": its texts do not end where its tokens do");
  part.file->forget();
  return part;
}

}  // namespace

ExampleStoreWriter::ExampleStoreWriter(const std::filesystem::path& folder, Index tokens_of_file)
    : shards_(folder, format), tokens_of_file_(static_cast<std::size_t>(tokens_of_file)) {}

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
  shards_.write({std::as_bytes(std::span(ends_)), std::as_bytes(std::span(tokens_))},
                {{"examples", {std::ssize(ends_) / 2}},
                 {"tokens", {std::ssize(tokens_)}},
                 {"source_tokens", {source_tokens_}}});
  ends_.clear();
  tokens_.clear();
  source_tokens_ = 0;
}

void ExampleStoreWriter::finish(const std::string& fingerprint, const std::string& about) {
  if (!ends_.empty()) write_part();
  shards_.finish(fingerprint, about);
}

bool holds_example_store(const std::filesystem::path& folder) {
  return std::filesystem::exists(format.manifest(folder));
}

std::optional<StoredExamples> open_example_store(const std::filesystem::path& folder,
                                                 const std::string& fingerprint) {
  const auto found = StoredShards::open(folder, format, fingerprint);
  if (!found) return std::nullopt;
  StoredExamples stored{.examples = {}, .about = found->metadata()};
  for (const Shard& shard : found->shards())
    stored.examples.add(map_examples(*found, shard), found->count(shard, "source_tokens"));
  return stored;
}

}  // namespace heed
