#pragma once
#include <unicode/unistr.h>

#include <string>

namespace heed {

/// Locale data as a corpus wants it, in UTF-8 and NFC: every kind of space is one U+0020, and the invisible
/// marks (bidi controls, soft hyphens, zero-width spaces) are gone. The joiners that Persian and Hindi spell
/// with stay.
std::string sample_text(const icu::UnicodeString& text);

}  // namespace heed
