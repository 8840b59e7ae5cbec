#pragma once
#include <string>
#include <string_view>

namespace heed {

/// The language that a passage of well-formed UTF-8 is probably in, as a code ("de"); empty where that cannot
/// be told. ICU knows the common letter sequences of cs, da, de, en, es, fr, hu, it, nl, no, pl, pt, ro and
/// sv and of one language each in Cyrillic (ru), Arabic (ar), Greek (el) and Hebrew (he), and tr: another
/// language is taken for the one that it looks most like. Kana, Hangul and Thai letters tell the language
/// themselves, Chinese characters without kana are taken for zh. Below a few hundred letters the guess is a
/// poor one.
std::string guess_language(std::string_view text);

}  // namespace heed
