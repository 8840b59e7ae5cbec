#pragma once
#include "heed/text/tokenizer.h"

namespace heed {

/// A token for each of the 256 bytes, from special::count on: nothing is unknown, nothing is learned, and
/// every text comes back as it was.
class ByteTokenizer : public Tokenizer {
 public:
  std::vector<Index> encode(std::string_view text) const override;
  std::vector<std::string> unknown_parts(std::string_view) const override { return {}; }
  std::string decode(std::span<const Index> ids) const override;
  std::vector<TextSpan> spans(std::string_view text) const override;
  std::string added_text(Index id) const override { return decode({&id, 1}); }
  /// Visible ASCII as it is, a space as U+2581, other bytes as <0x0A>.
  std::string piece(Index id) const override;
  std::optional<Index> find(std::string_view piece) const override;
  Index vocabulary_size() const override { return special::count + 256; }
  /// Empty: there is nothing to keep.
  std::string serialized() const override { return {}; }
};

}  // namespace heed
