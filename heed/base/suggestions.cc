#include "heed/base/suggestions.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace heed {

Index edit_distance(std::string_view a, std::string_view b) {
  std::vector<Index> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<Index>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = std::exchange(last, row);
    row[0] = static_cast<Index>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::optional<std::string> suggestion(std::string_view word, std::span<const std::string> candidates) {
  // A third of the word may be wrong: more than that is a guess.
  Index nearest = std::max<Index>(1, static_cast<Index>(word.size()) / 3) + 1;
  std::optional<std::string> best;
  for (const std::string& candidate : candidates) {
    const Index distance = edit_distance(word, candidate);
    if (distance < nearest) {
      nearest = distance;
      best = candidate;
    }
  }
  if (best || word.size() < 3) return best;
  // A word cut short ("warmup" for "warmup_steps") is far in edits but plain in meaning.
  for (const std::string& candidate : candidates)
    if (candidate.starts_with(word)) return candidate;
  return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates) {
  const auto best = suggestion(word, candidates);
  return best ? "; did you mean '" + *best + "'?" : "";
}

}  // namespace heed
