#include "heed/service/degeneration.h"

#include <algorithm>
#include <string>
#include <vector>

#include "heed/alignment/word_alignment.h"
#include "heed/text/lowercased.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

constexpr Index longest_loop = 32;

/// How often in a row the tokens of any stretch stand there at most.
Index repeats(std::span<const Index> tokens) {
  Index most = tokens.empty() ? 0 : 1;
  const Index size = std::ssize(tokens);
  for (Index period = 1; period <= std::min(size / 2, longest_loop); ++period) {
    Index equal = 0;  // tokens in a row that are the same as those a period before them
    for (Index i = period; i < size; ++i) {
      equal =
          tokens[static_cast<std::size_t>(i)] == tokens[static_cast<std::size_t>(i - period)] ? equal + 1 : 0;
      most = std::max(most, equal / period + 1);
    }
  }
  return most;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (const auto& [begin, end] : words_between_spaces(text))
    words.push_back(text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
  return words;
}

/// Words that two texts have in common in the same order.
Index common_words(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  std::vector<Index> before(b.size() + 1, 0), now = before;
  for (const std::string_view word : a) {
    for (std::size_t j = 0; j < b.size(); ++j)
      now[j + 1] = word == b[j] ? before[j] + 1 : std::max(before[j + 1], now[j]);
    std::swap(before, now);
  }
  return before.back();
}

bool is_copy(std::string_view source, std::string_view target) {
  const std::string a = lowercased(trimmed(source)), b = lowercased(trimmed(target));
  if (a == b) return count_code_points(b) >= 12;
  const auto written = words_of(b);
  return std::ssize(written) >= 5 && 5 * common_words(words_of(a), written) >= 4 * std::ssize(written);
}

}  // namespace

Degeneration degeneration(const SourceAndTarget& pair) {
  const Index times = repeats(pair.target_tokens);
  if (times >= 4 && times > 2 * repeats(pair.source_tokens)) return Degeneration::repetition;
  return is_copy(pair.source, pair.target) ? Degeneration::copy : Degeneration::none;
}

}  // namespace heed
