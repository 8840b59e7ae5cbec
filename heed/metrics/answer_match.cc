#include "heed/metrics/answer_match.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <map>
#include <vector>

#include "heed/metrics/characters.h"
#include "heed/text/ascii.h"
#include "heed/text/lowercased.h"

namespace heed {
namespace {

/// As Python's regular expressions have it: letters and digits of any script, but no marks.
bool is_word(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}

/// The text with single spaces between its words, but a, an and the.
std::string without_articles(std::string_view text) {
  const std::u32string characters = code_points(text);
  std::u32string kept;
  for (std::size_t at = 0; at < characters.size();) {
    std::size_t end = at;
    while (end < characters.size() && is_word(characters[end])) ++end;
    const auto word = std::u32string_view(characters).substr(at, end - at);
    const bool article = word == U"a" || word == U"an" || word == U"the";
    kept += article ? std::u32string_view(U" ") : word;
    if (end < characters.size()) kept += characters[end++];
    at = end;
  }
  return single_spaced(utf8(kept));
}

AnswerMatch match_of(std::string_view answer, std::string_view reference) {
  const std::vector<std::string_view> given = words(answer), wanted = words(reference);
  AnswerMatch match{.exact = answer == reference ? 1.0 : 0.0};
  if (given.empty() || wanted.empty()) {
    match.f1 = given.empty() && wanted.empty() ? 1 : 0;
    return match;
  }
  std::map<std::string_view, int> left;
  for (const std::string_view word : wanted) ++left[word];
  double common = 0;
  for (const std::string_view word : given)
    if (left[word]-- > 0) ++common;
  if (common == 0) return match;
  const double precision = common / static_cast<double>(given.size()),
               recall = common / static_cast<double>(wanted.size());
  match.f1 = 2 * precision * recall / (precision + recall);
  return match;
}

}  // namespace

std::string normalized_answer(std::string_view text) {
  std::string plain = lowercased(text);
  std::erase_if(plain, is_ascii_punctuation);
  return without_articles(plain);
}

AnswerMatch answer_match(std::string_view answer, std::span<const std::string> references) {
  const std::string given = normalized_answer(answer);
  if (references.empty()) return match_of(given, "");
  AnswerMatch best;
  for (const std::string& reference : references) {
    const AnswerMatch match = match_of(given, normalized_answer(reference));
    best.exact = std::max(best.exact, match.exact);
    best.f1 = std::max(best.f1, match.f1);
  }
  return best;
}

}  // namespace heed
