#include "heed/sample/sample_text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include "heed/sample/sample_family.h"

namespace heed {
namespace {

bool is_space(UChar32 c) { return u_isUWhiteSpace(c) || u_charType(c) == U_CONTROL_CHAR; }

bool is_invisible(UChar32 c) {
  constexpr UChar32 soft_hyphen = 0x00AD, zero_width_space = 0x200B, word_joiner = 0x2060,
                    byte_order_mark = 0xFEFF;
  return c == soft_hyphen || c == zero_width_space || c == word_joiner || c == byte_order_mark ||
         u_hasBinaryProperty(c, UCHAR_BIDI_CONTROL);
}

}  // namespace

std::string sample_text(const icu::UnicodeString& text) {
  icu::UnicodeString kept;
  bool space_before = true;  // so that none is kept at the start
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (is_invisible(c)) continue;
    if (!is_space(c)) {
      kept.append(c);
    } else if (!space_before) {
      kept.append(u' ');
    }
    space_before = is_space(c);
  }
  kept.trim();
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString composed = icu::Normalizer2::getNFCInstance(status)->normalize(kept, status);
  require_icu(status, "NFC");
  std::string result;
  return composed.toUTF8String(result);
}

}  // namespace heed
