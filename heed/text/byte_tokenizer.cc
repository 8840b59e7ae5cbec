#include "heed/text/byte_tokenizer.h"

#include <fmt/format.h>

#include "heed/base/error.h"

namespace heed {
namespace {

void require_known(Index id, Index size) {
  require<DataError>(0 <= id && id < size, "bytes: token ", id, " meets a vocabulary of ", size,
                     " entries; does the model belong to another tokenizer?");
}

}  // namespace

std::vector<Index> ByteTokenizer::encode(std::string_view text) const {
  std::vector<Index> ids(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) ids[i] = special::count + static_cast<unsigned char>(text[i]);
  return ids;
}

std::string ByteTokenizer::decode(std::span<const Index> ids) const {
  std::string text;
  text.reserve(ids.size());
  for (const Index id : ids) {
    require_known(id, vocabulary_size());
    if (id >= special::count) text += static_cast<char>(id - special::count);
  }
  return text;
}

std::vector<TextSpan> ByteTokenizer::spans(std::string_view text) const {
  std::vector<TextSpan> all;
  for (Index i = 0; i < std::ssize(text); ++i) all.push_back({i, i + 1});
  return all;
}

std::string ByteTokenizer::piece(Index id) const {
  require_known(id, vocabulary_size());
  if (id < special::count) return std::string(special::names[static_cast<std::size_t>(id)]);
  const Index byte = id - special::count;
  if (byte == ' ') return "\u2581";
  if (0x20 < byte && byte < 0x7F) return std::string(1, static_cast<char>(byte));
  return fmt::format("<0x{:02X}>", byte);
}

std::optional<Index> ByteTokenizer::find(std::string_view piece) const {
  for (Index id = 0; id < vocabulary_size(); ++id)
    if (this->piece(id) == piece) return id;
  return std::nullopt;
}

}  // namespace heed
