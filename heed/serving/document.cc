#include "heed/serving/document.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <utility>

#include "heed/base/error.h"
#include "heed/text/code_points.h"
#include "heed/text/sentences.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

bool is_space(std::int32_t c) { return u_isUWhiteSpace(c) || c == 0xFEFF; }

/// Bytes of white space that a text begins with.
std::size_t leading_space(std::string_view text) {
  std::size_t at = 0;
  for (std::size_t next = 0; next < text.size(); at = next)
    if (!is_space(next_code_point(text, next))) break;
  return at;
}

/// Whether a sentence may end here: behind a mark that ends one, and perhaps closing quotes and brackets.
bool ends_sentence(std::string_view text) {
  bool ends = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = next_code_point(text, at);
    if (u_hasBinaryProperty(c, UCHAR_S_TERM) || c == ':' || c == 0x2026)
      ends = true;
    else if (u_getIntPropertyValue(c, UCHAR_SENTENCE_BREAK) != U_SB_CLOSE)
      ends = false;
  }
  return ends;
}

bool blank_line(std::string_view space) { return std::count(space.begin(), space.end(), '\n') > 1; }

/// Ends of lines as spaces, one for any number of spaces around them.
std::string unwrapped(std::string_view text) {
  std::string line;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\n' && text[i] != '\r') {
      line += text[i];
      continue;
    }
    while (line.ends_with(' ') || line.ends_with('\t')) line.pop_back();
    while (i + 1 < text.size() &&
           (text[i + 1] == '\n' || text[i + 1] == '\r' || text[i + 1] == ' ' || text[i + 1] == '\t'))
      ++i;
    line += ' ';
  }
  return line;
}

/// A text in one piece, without the white space around it.
std::vector<Sentence> whole(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();)
    if (!is_space(next_code_point(text, at))) end = at;
  return {{text.substr(0, end), text.substr(end)}};
}

/// Sentences that go on in the next line put together.
std::vector<Sentence> across_lines(std::string_view text, const std::vector<Sentence>& found) {
  std::vector<Sentence> joined;
  for (const Sentence& next : found) {
    const bool goes_on = !joined.empty() && joined.back().space.find('\n') != std::string_view::npos &&
                         !blank_line(joined.back().space) && leading_space(next.text) < next.text.size() &&
                         !ends_sentence(joined.back().text);
    if (goes_on) {
      const auto begin = static_cast<std::size_t>(joined.back().text.data() - text.data());
      const auto end = static_cast<std::size_t>(next.space.data() - text.data());
      joined.back() = {text.substr(begin, end - begin), next.space};
    } else {
      joined.push_back(next);
    }
  }
  return joined;
}

}  // namespace

Document::Document(std::string_view text, std::string_view language, Splitting splitting) {
  std::vector<Sentence> found = splitting == Splitting::none ? whole(text)
                                : language.empty()           ? heed::sentences(text)
                                                             : heed::sentences(text, language);
  if (splitting == Splitting::punctuation) found = across_lines(text, found);
  std::string space;
  for (const Sentence& sentence : found) {
    if (has_letters(sentence.text)) {
      const std::size_t begin = leading_space(sentence.text);
      spaces_.push_back(std::exchange(space, {}).append(sentence.text.substr(0, begin)));
      sentences_.push_back(unwrapped(sentence.text.substr(begin)));
    } else {
      space += sentence.text;
    }
    space += sentence.space;
  }
  spaces_.push_back(std::move(space));
}

std::string_view Document::space_before(std::size_t sentence,
                                        std::span<const std::string> translations) const {
  const bool glued = sentence > 0 && spaces_[sentence].empty() && !translations[sentence].empty() &&
                     !translations[sentence - 1].empty();
  // Sentences of the text itself are not the translation of anything.
  const bool same = translations.data() == sentences_.data();
  return glued && !same ? space_behind(translations[sentence - 1]) : std::string_view(spaces_[sentence]);
}

std::string Document::with(std::span<const std::string> translations) const {
  require<DataError>(translations.size() == sentences_.size(), "a text of ", sentences_.size(),
                     " sentences has ", translations.size(), " translations");
  std::string text;
  for (std::size_t i = 0; i < sentences_.size(); ++i) {
    text += space_before(i, translations);
    text += translations[i];
  }
  return text += spaces_.back();
}

std::vector<Index> Document::begins_with(std::span<const std::string> translations) const {
  std::vector<Index> begins;
  Index at = 0;
  for (std::size_t i = 0; i < translations.size(); ++i) {
    at += std::ssize(space_before(i, translations));
    begins.push_back(at);
    at += std::ssize(translations[i]);
  }
  return begins;
}

}  // namespace heed
