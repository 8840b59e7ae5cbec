#include "heed/corpus/filters/examined_pair.h"

#include <functional>

#include "heed/text/loose_form.h"
#include "heed/text/misdecoded.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>()(text); }

ExaminedText examine_text(std::string_view text) {
  ExaminedText result{
      .profile = profile_of(text), .exact = hash_of(text), .misdecoded = looks_misdecoded(text)};
  if (result.profile.digits > 0) result.numbers = written_numbers(text);
  result.loose = std::hash<std::u32string_view>()(loose_form(text));
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
