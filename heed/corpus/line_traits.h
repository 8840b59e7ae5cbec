#pragma once
#include <cstdint>
#include <string_view>

namespace heed {

/// How a line ends.
enum class Ending : std::uint8_t { none, stop, question, exclamation, other };

/// What of a line tells whether another one is its translation, whatever the languages.
struct LineTraits {
  float log_width = 0;  // of the text's width, see TextProfile
  Ending ending = Ending::none;
  bool blank = true;
  std::uint64_t numbers = 0, words = 0;  // hashes: of the numbers in it, of the beginnings of its words

  /// Of any bytes: those that are no UTF-8 count as characters.
  static LineTraits of(std::string_view text);

  /// How well two lines go together, about as the logarithm of a likelihood; `log_ratio` is that of their
  /// lengths in the whole text.
  float agreement(const LineTraits& other, float log_ratio) const;
};

}  // namespace heed
