#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// The ids that mean the same in every vocabulary: models and searches rely on them.
namespace special {
inline constexpr Index pad = 0;  // fills what is not there
inline constexpr Index bos = 1;  // beginning of sequence: what a decoder is given first
inline constexpr Index eos = 2;  // end of sequence: what a sentence ends with
inline constexpr Index unk = 3;  // what the vocabulary has no word for
inline constexpr Index count = 4;
/// How pieces and vocabularies show them.
inline constexpr std::array<std::string_view, count> names{"<pad>", "<s>", "</s>", "<unk>"};
}  // namespace special

/// The bytes of a text from `begin` up to `end`.
struct TextSpan {
  Index begin = 0, end = 0;
  bool operator==(const TextSpan&) const = default;
};

/// Text to token ids and back. Const and safe to share between threads.
class Tokenizer {
 public:
  virtual ~Tokenizer() = default;

  /// The ids of a text, without BOS and EOS. Any bytes will do; empty text has no ids.
  virtual std::vector<Index> encode(std::string_view text) const = 0;
  /// What of a text encode() has nothing but special::unk for, as it stands there, each part once: characters
  /// or words.
  virtual std::vector<std::string> unknown_parts(std::string_view text) const = 0;
  /// The text of ids; special ids are left out. DataError for an id that the vocabulary does not hold.
  virtual std::string decode(std::span<const Index> ids) const = 0;
  /// Where in the text each id of encode(text) lies: in the bytes as they stand there, before any
  /// normalization; empty where an id stands for no byte of its own, as the first ones of a character that is
  /// spelled as bytes do.
  virtual std::vector<TextSpan> spans(std::string_view text) const = 0;
  /// What an id adds to a text that has a word already: with the space before it, if it begins a word. Empty
  /// for special ids; part of a character for a byte.
  virtual std::string added_text(Index id) const = 0;
  /// A text that encode() reads in the form that decode() writes: a reference that translations are compared
  /// with.
  virtual std::string as_decoded(std::string_view text) const { return std::string(text); }
  /// One entry of the vocabulary as it is to be shown. DataError for an id that the vocabulary does not hold.
  virtual std::string piece(Index id) const = 0;
  /// The id of a piece, spelled as piece() gives it.
  virtual std::optional<Index> find(std::string_view piece) const = 0;
  /// Ids are 0 up to this.
  virtual Index vocabulary_size() const = 0;
  /// The bytes of the file that this tokenizer can be opened from again.
  virtual std::string serialized() const = 0;
};

}  // namespace heed
