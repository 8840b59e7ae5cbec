#include "heed/corpus/line_traits.h"

#include "heed/text/text_profile.h"
#include "heed/text/unicode.h"
#include "heed/text/written_numbers.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <functional>

namespace heed {
namespace {

/// Numbers that are too large to be written as words on the other side; their order does not matter.
std::uint64_t numbers_mark(std::string_view line) {
  std::uint64_t mark = 0;
  for (const std::uint64_t number : written_numbers(line).whole)
    if (number > 12) mark += (number + 1) * 0x9E3779B97F4A7C15u;
  return mark;
}

/// A bit for the beginning of each longer word, case aside: names and cognates begin alike in many languages.
std::uint64_t word_marks(std::string_view line) {
  std::uint64_t marks = 0;
  std::size_t length = 0;
  std::array<char, 4> begin{};
  for (const char c : line) {
    const bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z';
    if (!upper && !lower && static_cast<unsigned char>(c) < 0x80) {
      length = 0;
      continue;
    }
    if (length < begin.size()) begin[length] = static_cast<char>(upper ? c + ('a' - 'A') : c);
    if (++length == begin.size())
      marks |= std::uint64_t{1} << (std::hash<std::string_view>()({begin.data(), begin.size()}) & 63);
  }
  return marks;
}

Ending ending_of(std::string_view line) {
  while (!line.empty() &&
         (line.back() == ' ' || line.back() == '"' || line.back() == '\'' || line.back() == ')'))
    line.remove_suffix(1);
  const auto ends = [&](std::string_view mark) { return line.ends_with(mark); };
  if (ends(".") || ends("。") || ends("।")) return Ending::stop;
  if (ends("?") || ends("？") || ends("؟")) return Ending::question;
  if (ends("!") || ends("！")) return Ending::exclamation;
  if (ends(":") || ends(";") || ends(",") || ends("：") || ends("-") || ends("…")) return Ending::other;
  return Ending::none;
}

}  // namespace

LineTraits LineTraits::of(std::string_view text) {
  const TextProfile profile = profile_of(text);
  return {.log_width = std::log(static_cast<float>(profile.width) + 5),
          .ending = ending_of(text),
          .blank = is_blank(text),
          .numbers = profile.digits > 0 ? numbers_mark(text) : 0,
          .words = word_marks(text)};
}

float LineTraits::agreement(const LineTraits& other, float log_ratio) const {
  if (blank || other.blank) return blank == other.blank ? 1.0f : -3.0f;
  float sum = -2.5f * std::min(std::abs(other.log_width - log_width - log_ratio), 1.2f);
  sum += ending == other.ending ? 0.3f : -0.6f;
  if (numbers != 0 || other.numbers != 0)
    sum += numbers == other.numbers ? 4.0f : numbers != 0 && other.numbers != 0 ? -3.0f : -1.5f;
  const auto mine = static_cast<float>(std::popcount(words)),
             theirs = static_cast<float>(std::popcount(other.words));
  const auto shared = static_cast<float>(std::popcount(words & other.words));
  return sum + std::clamp(0.8f * (shared - mine * theirs / 64), -1.5f, 3.0f);
}

}  // namespace heed
