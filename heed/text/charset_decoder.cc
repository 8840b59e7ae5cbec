#include "heed/text/charset_decoder.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <utility>
#include <vector>

#include "heed/base/error.h"

namespace heed {

struct CharsetDecoder::Converter {
  explicit Converter(UConverter* opened) : handle(opened) {}
  ~Converter() { ::ucnv_close(handle); }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  UConverter* handle;
};

bool is_utf8_name(std::string_view charset) {
  std::string name(charset);
  return ::ucnv_compareNames(name.c_str(), "UTF-8") == 0 || ::ucnv_compareNames(name.c_str(), "ASCII") == 0 ||
         ::ucnv_compareNames(name.c_str(), "US-ASCII") == 0;
}

CharsetDecoder::CharsetDecoder(const std::string& charset, std::string where)
    : charset_(charset), where_(std::move(where)) {
  UErrorCode status = U_ZERO_ERROR;
  // An empty name would open the machine's own charset.
  UConverter* handle = charset.empty() ? nullptr : ::ucnv_open(charset.c_str(), &status);
  require<DataError>(handle != nullptr && U_SUCCESS(status), where_, ": unknown charset '", charset,
                     "'; convert the file to UTF-8");
  converter_ = std::make_unique<Converter>(handle);
  ::ucnv_setToUCallBack(handle, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
}

CharsetDecoder::~CharsetDecoder() = default;
CharsetDecoder::CharsetDecoder(CharsetDecoder&&) noexcept = default;
CharsetDecoder& CharsetDecoder::operator=(CharsetDecoder&&) noexcept = default;

void CharsetDecoder::decode(std::string_view bytes, bool last, std::string& text) {
  std::vector<UChar> units(bytes.size() * 2 + 16);
  const char* from = bytes.data();
  const char* const end = from + bytes.size();
  for (bool more = true; more;) {
    UErrorCode status = U_ZERO_ERROR;
    UChar* to = units.data();
    ::ucnv_toUnicode(converter_->handle, &to, units.data() + units.size(), &from, end, nullptr, last,
                     &status);
    more = status == U_BUFFER_OVERFLOW_ERROR;
    require<DataError>(U_SUCCESS(status) || more, where_, ": byte ", decoded_ + (from - bytes.data()),
                       " is not ", charset_, "; is the charset right, and the file whole?");
    const icu::UnicodeString decoded(false, units.data(), static_cast<std::int32_t>(to - units.data()));
    decoded.toUTF8String(text);
  }
  decoded_ += static_cast<Index>(bytes.size());
}

}  // namespace heed
