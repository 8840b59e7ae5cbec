#pragma once
#include <string>
#include <string_view>

namespace heed {

/// Languages that MeCab finds the words of, with the dictionaries that sacreBLEU takes.
enum class MecabLanguage { japanese, korean };

/// ConfigError unless the library and the dictionary are installed.
void require_mecab(MecabLanguage language);

/// The words of a text with spaces between them: sacreBLEU's ja-mecab and ko-mecab. ConfigError as above.
std::string tokenize_by_mecab(std::string_view text, MecabLanguage language);

/// What sacreBLEU's signatures say of it: "0.996-IPA". ConfigError as above.
std::string mecab_signature(MecabLanguage language);

}  // namespace heed
