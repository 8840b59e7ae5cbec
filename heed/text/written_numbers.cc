#include "heed/text/written_numbers.h"

#include "heed/text/code_points.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <iterator>

namespace heed {
namespace {

/// What may stand between the digits of one number.
bool is_separator(UChar32 c) {
  return c == '.' || c == ',' || c == '\'' || c == 0x2019 || c == 0xA0 || c == 0x202F || c == 0x66B ||
         c == 0x66C;
}

std::vector<std::uint64_t> without(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  std::vector<std::uint64_t> rest;
  std::ranges::set_difference(a, b, std::back_inserter(rest));
  return rest;
}

bool same(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  if (a == b) return true;
  constexpr std::uint64_t largest_as_word = 12;
  const auto more_in_a = without(a, b), more_in_b = without(b, a);
  if (!more_in_a.empty() && !more_in_b.empty()) return false;
  const auto& more = more_in_a.empty() ? more_in_b : more_in_a;
  return std::ranges::all_of(more, [](std::uint64_t number) { return number <= largest_as_word; });
}

}  // namespace

WrittenNumbers written_numbers(std::string_view text) {
  WrittenNumbers numbers;
  enum class Before { other, digit, separator };
  Before before = Before::other;
  for (std::size_t at = 0; at < text.size();) {
    const UChar32 character = next_code_point(text, at);
    const int digit = character < 128 ? (character >= '0' && character <= '9' ? character - '0' : -1)
                                      : u_charDigitValue(character);
    if (digit < 0) {
      before = before == Before::digit && is_separator(character) ? Before::separator : Before::other;
      continue;
    }
    // Longer numbers than 64 bits wrap: equal ones still are.
    if (before != Before::digit) numbers.parts.push_back(0);
    if (before == Before::other) numbers.whole.push_back(0);
    for (std::uint64_t* number : {&numbers.parts.back(), &numbers.whole.back()})
      *number = *number * 10 + static_cast<std::uint64_t>(digit);
    before = Before::digit;
  }
  std::ranges::sort(numbers.whole);
  std::ranges::sort(numbers.parts);
  return numbers;
}

bool same_numbers(const WrittenNumbers& a, const WrittenNumbers& b) {
  return same(a.whole, b.whole) || same(a.parts, b.parts);
}

}  // namespace heed
