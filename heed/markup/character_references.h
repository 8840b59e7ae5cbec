#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace heed {

/// The character reference (&amp;, &#228;, &#xE4;) that stands at a place of a text, in UTF-8, and the place
/// behind it. Nothing where none stands there, or one of a name that heed does not know: those of XML and
/// HTML 4 are known.
struct CharacterReference {
  std::string character;
  std::size_t end;
};
std::optional<CharacterReference> character_reference(std::string_view text, std::size_t at);

/// Text as markup: &, < and > as references, and the space that allows no end of line (&#160;), which nobody
/// would see.
std::string escaped_markup(std::string_view text);

}  // namespace heed
