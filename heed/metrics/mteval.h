#pragma once
#include <string>
#include <string_view>

namespace heed {

/// ASCII's punctuation with spaces around it, but for apostrophes, commas, hyphens and full stops: the first
/// half of the language-dependent part of mteval-v13a, which tercom's normalization shares. Any UTF-8 passes
/// through.
std::string separate_marks(std::string_view text);

/// The second half: commas and full stops apart from words but not from numbers, hyphens apart from numbers.
std::string separate_points(std::string_view text);

/// mteval-v13a: what WMT scored with, and the default of sacreBLEU.
std::string tokenize_13a(std::string_view text);

/// mteval-v14's international tokenization: splits at every Unicode punctuation mark that is not between
/// numbers, and at every symbol.
std::string tokenize_international(std::string_view text);

/// `text` with every `from` replaced, leftmost first.
std::string replace_all(std::string_view text, std::string_view from, std::string_view to);

/// &quot; &amp; &lt; and &gt; undone, one after the other as mteval does it: "&amp;lt;" becomes "<".
std::string undo_xml_entities(std::string_view text);

}  // namespace heed
