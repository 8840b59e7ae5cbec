#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "heed/text/tokenizer.h"

namespace heed {

/// A token for each character: the Unicode code points that the training text holds, in their order, from
/// special::count on. Nothing is normalized: text of known characters comes back byte for byte. Its file
/// holds a code point a line, such as U+000A.
class CharacterTokenizer : public Tokenizer {
 public:
  /// From the content of a .characters file; `name` is what messages call it. CheckpointError if it is none.
  CharacterTokenizer(std::string_view vocabulary, const std::string& name);

  std::vector<Index> encode(std::string_view text) const override;
  std::vector<std::string> unknown_parts(std::string_view text) const override;
  std::string decode(std::span<const Index> ids) const override;
  std::vector<TextSpan> spans(std::string_view text) const override;
  std::string added_text(Index id) const override { return decode({&id, 1}); }
  /// The character itself; a space as U+2581, and what cannot be seen otherwise as <U+000A>.
  std::string piece(Index id) const override;
  std::optional<Index> find(std::string_view piece) const override;
  Index vocabulary_size() const override { return special::count + std::ssize(code_points_); }
  std::string serialized() const override;

 private:
  Index id_of(std::int32_t code_point) const;
  void require_known(Index id) const;

  std::vector<std::int32_t> code_points_;  // ascending
  std::vector<std::string> utf8_;          // of these
  std::array<Index, 128> ascii_;           // ids
  std::string name_;
};

/// Counts the characters of a text that passes by, to learn a CharacterTokenizer from.
class CharacterCounts {
 public:
  /// Bytes that are not UTF-8 are passed over.
  void add(std::string_view text);
  /// The .characters content of all that was met so often. DataError if nothing was.
  std::string vocabulary(Index minimum_count = 1) const;

 private:
  std::vector<Index> counts_;  // by code point
};

}  // namespace heed
