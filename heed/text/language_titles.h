#pragma once
#include <string>
#include <string_view>

namespace heed {

/// What a language is called in another: "German" for de in en, "brasilianisches Portugiesisch" for pt-BR in
/// de, with a capital where it stands alone. The code itself where ICU knows no name.
std::string language_title(std::string_view code, std::string_view in = "en");

/// Of the languages that a browser asks for (Accept-Language: de-AT,de;q=0.9,en;q=0.8), the first that names
/// of languages can be told in; English if there is none.
std::string first_accepted_language(std::string_view accept);

}  // namespace heed
