#include "heed/data/token_stream.h"

#include <algorithm>

#include "heed/base/error.h"

namespace heed {
namespace {

constexpr ShardFormat token_format{.name = "tokens", .schema = 1};

std::int32_t stored(Index token) { return static_cast<std::int32_t>(token); }

}  // namespace

std::vector<std::int32_t> TokenStream::tokens(Index first, Index count) const {
  require<DataError>(0 <= first && 0 <= count && first <= size() && count <= size() - first,
                     "token stream: ", count, " tokens are asked for from number ", first, " on, but it has ",
                     size());
  std::vector<std::int32_t> found(static_cast<std::size_t>(count));
  std::span<std::int32_t> rest(found);
  auto part = std::ranges::upper_bound(files_, first, {}, &Part::first);
  if (part != files_.begin()) --part;
  for (; part != files_.end() && !rest.empty(); ++part) {
    const Index end = part->first + static_cast<Index>(part->file->bytes() / sizeof(std::int32_t));
    if (first >= end) continue;
    const auto here = rest.first(static_cast<std::size_t>(std::min(std::ssize(rest), end - first)));
    part->file->read(sizeof(std::int32_t) * static_cast<std::size_t>(first - part->first),
                     std::as_writable_bytes(here));
    first += std::ssize(here);
    rest = rest.subspan(here.size());
  }
  std::copy_n(tokens_.begin() + (rest.empty() ? 0 : first - in_files_), rest.size(), rest.begin());
  return found;
}

void TokenStream::add(std::span<const Index> tokens) {
  std::ranges::transform(tokens, std::back_inserter(tokens_), stored);
}

void TokenStream::add(std::shared_ptr<const MappedFile> file) {
  require<DataError>(tokens_.empty(), "token stream: a file is added behind tokens in memory");
  const auto count = static_cast<Index>(file->bytes() / sizeof(std::int32_t));
  files_.push_back({std::move(file), in_files_});
  in_files_ += count;
}

TokenStreamWriter::TokenStreamWriter(const std::filesystem::path& folder, Index tokens_of_shard)
    : shards_(folder, token_format),
      tokens_of_shard_(static_cast<std::size_t>(std::max<Index>(tokens_of_shard, 1))) {}

void TokenStreamWriter::add(std::span<const Index> tokens) {
  while (!tokens.empty()) {
    const auto here = tokens.first(std::min(tokens.size(), tokens_of_shard_ - tokens_.size()));
    std::ranges::transform(here, std::back_inserter(tokens_), stored);
    if (tokens_.size() == tokens_of_shard_) write_shard();
    tokens = tokens.subspan(here.size());
  }
}

void TokenStreamWriter::write_shard() {
  shards_.write({std::as_bytes(std::span(tokens_))}, {{"tokens", {std::ssize(tokens_)}}});
  tokens_.clear();
}

void TokenStreamWriter::finish(const std::string& fingerprint, const std::string& metadata) {
  if (!tokens_.empty()) write_shard();
  shards_.finish(fingerprint, metadata);
}

bool holds_token_stream(const std::filesystem::path& folder) {
  return std::filesystem::exists(token_format.manifest(folder));
}

std::optional<StoredTokenStream> open_token_stream(const std::filesystem::path& folder,
                                                   std::optional<std::string_view> fingerprint) {
  const auto found = StoredShards::open(folder, token_format, fingerprint);
  if (!found) return std::nullopt;
  StoredTokenStream opened{.tokens = {}, .metadata = found->metadata()};
  for (const Shard& shard : found->shards()) {
    auto file =
        found->map(shard, sizeof(std::int32_t) * static_cast<std::size_t>(found->count(shard, "tokens")));
    file->forget();
    opened.tokens.add(std::move(file));
  }
  return opened;
}

}  // namespace heed
