#include "heed/text/token_texts.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <numeric>

#include "heed/text/ascii.h"
#include "heed/text/code_points.h"

namespace heed {
namespace {

bool is_word_character(std::int32_t c) {
  if (!u_isalnum(c) && (U_GET_GC_MASK(c) & U_GC_M_MASK) == 0) return false;
  const int breaks = u_getIntPropertyValue(c, UCHAR_LINE_BREAK);
  return breaks != U_LB_IDEOGRAPHIC && breaks != U_LB_COMPLEX_CONTEXT &&
         breaks != U_LB_CONDITIONAL_JAPANESE_STARTER && breaks != U_LB_NONSTARTER;
}

/// Those of sorted ids for which order(id) is 0, between those for which it is less and more.
template <class Order>
std::span<const Index> equal_of(const std::vector<Index>& sorted, const Order& order) {
  const auto begin =
      std::partition_point(sorted.begin(), sorted.end(), [&](Index id) { return order(id) < 0; });
  const auto end = std::partition_point(begin, sorted.end(), [&](Index id) { return order(id) == 0; });
  return {begin, end};
}

}  // namespace

bool begins_with_word(std::string_view text) {
  if (text.empty()) return false;
  std::size_t at = 0;
  const std::int32_t c = next_code_point(text, at);
  // A byte of a character that is spelled as bytes: letters mostly.
  return is_malformed_step(c, 0, at) || is_word_character(c);
}

bool ends_with_word(std::string_view text) {
  if (text.empty()) return false;
  std::size_t begin = text.size() - 1;
  while (begin > 0 && text.size() - begin < 4 && is_continuation_byte(text[begin])) --begin;
  return begins_with_word(text.substr(begin));
}

bool has_phrase(std::string_view text, std::string_view phrase) {
  if (phrase.empty()) return true;
  for (std::size_t at = text.find(phrase); at != text.npos; at = text.find(phrase, at + 1)) {
    const bool inside_before = ends_with_word(text.substr(0, at)) && begins_with_word(phrase);
    const bool inside_after = begins_with_word(text.substr(at + phrase.size())) && ends_with_word(phrase);
    if (!inside_before && !inside_after) return true;
  }
  return false;
}

TokenTexts::TokenTexts(const Tokenizer& tokenizer) {
  for (Index id = 0; id < tokenizer.vocabulary_size(); ++id) {
    const std::string& text = texts_.emplace_back(tokenizer.added_text(id));
    begins_within_word_.push_back(begins_with_word(text));
    ends_within_word_.push_back(ends_with_word(text));
    longest_ = std::max(longest_, text.size());
    if (!text.empty()) sorted_.push_back(id);
  }
  std::ranges::stable_sort(sorted_, {}, [&](Index id) -> std::string_view { return text(id); });
}

std::span<const Index> TokenTexts::beginning_with(std::string_view prefix) const {
  return equal_of(sorted_, [&](Index id) { return text(id).compare(0, prefix.size(), prefix); });
}

std::span<const Index> TokenTexts::spelling(std::string_view whole) const {
  return equal_of(sorted_, [&](Index id) { return text(id).compare(whole); });
}

}  // namespace heed
