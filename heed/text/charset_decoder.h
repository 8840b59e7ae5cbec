#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "heed/base/index.h"

namespace heed {

/// Whether a charset name stands for UTF-8, or for ASCII, which is part of it.
bool is_utf8_name(std::string_view charset);

/// Turns text of a charset into UTF-8, piece by piece.
class CharsetDecoder {
 public:
  /// DataError if ICU knows no such charset; `where` starts this message and the others.
  CharsetDecoder(const std::string& charset, std::string where);
  ~CharsetDecoder();
  CharsetDecoder(CharsetDecoder&&) noexcept;
  CharsetDecoder& operator=(CharsetDecoder&&) noexcept;

  /// Appends what the bytes say to `text`; a character that they end within is kept for the next call, unless
  /// they are the last. DataError with the byte's offset, from 1, where they are not of the charset.
  void decode(std::string_view bytes, bool last, std::string& text);

 private:
  struct Converter;

  std::string charset_, where_;
  std::unique_ptr<Converter> converter_;
  Index decoded_ = 0;  // bytes of earlier calls
};

}  // namespace heed
