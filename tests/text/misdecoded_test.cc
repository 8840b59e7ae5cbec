#include "heed/text/misdecoded.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

TEST(Misdecoded, finds_utf8_that_was_read_as_windows_1252) {
  for (const char* text : {"MÃ¤nner", "itâ€™s", "cafÃ© au lait", "â€œquotedâ€\u009D", "KÃ¶ln", "5Â°C",
                           "GrÃ¼ÃŸe", "ÐŸÑ€Ð¸Ð²ÐµÑ‚", "10Â\u00A0â‚¬"})
    EXPECT_TRUE(looks_misdecoded(text)) << text;
}

TEST(Misdecoded, leaves_text_alone_that_only_has_such_letters) {
  for (const char* text : {"Männer", "it’s", "«NÃO»", "„MENÜ“", "NÃO É", "São Paulo", "«CAFɻ", "Îles", "âge",
                           "ESPAÑA…", "Ðorđe", "mañana", "IRMû", "Ñandú", "PÂTÉ", "château", "à la carte"})
    EXPECT_FALSE(looks_misdecoded(text)) << text;
}

TEST(Misdecoded, of_bytes_that_are_no_utf8_does_no_harm) {
  EXPECT_FALSE(looks_misdecoded("\xC3"));
  EXPECT_FALSE(looks_misdecoded("\xFF\xC3\x83"));
  EXPECT_FALSE(looks_misdecoded(""));
}

}  // namespace
}  // namespace heed
