#include "heed/corpus/filters/examined_pair.h"

#include <unicode/uchar.h>

#include <functional>

#include "heed/text/code_points.h"
#include "heed/text/misdecoded.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>()(text); }

/// A hash of the letters, marks and digits of a text, without case; of all of it where it has none of them.
std::uint64_t loose_hash(std::string_view text) {
  std::u32string form;
  form.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const UChar32 character = next_code_point(text, at);
    const bool upper = character >= 'A' && character <= 'Z', lower = character >= 'a' && character <= 'z';
    if (lower || upper || (character >= '0' && character <= '9'))
      form += static_cast<char32_t>(upper ? character + ('a' - 'A') : character);
    else if (character >= 128 && (U_GET_GC_MASK(character) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0)
      form += static_cast<char32_t>(u_foldCase(character, U_FOLD_CASE_DEFAULT));
  }
  return form.empty() ? hash_of(trimmed(text)) : std::hash<std::u32string_view>()(form);
}

ExaminedText examine_text(std::string_view text) {
  ExaminedText result{
      .profile = profile_of(text), .exact = hash_of(text), .misdecoded = looks_misdecoded(text)};
  if (result.profile.digits > 0) result.numbers = written_numbers(text);
  result.loose = loose_hash(text);
  return result;
}

}  // namespace

ExaminedPair::State state_of(const TextPair& pair) {
  using enum ExaminedPair::State;
  if (first_invalid_utf8(pair.source) || first_invalid_utf8(pair.target)) return invalid;
  return is_blank(pair.source) || is_blank(pair.target) ? empty : sound;
}

ExaminedPair examine(const TextPair& pair) {
  if (const auto state = state_of(pair); state != ExaminedPair::State::sound) return {.state = state};
  return {.source = examine_text(pair.source), .target = examine_text(pair.target)};
}

}  // namespace heed
