#include "heed/metrics/rouge.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include "heed/metrics/porter_stemmer.h"
#include "heed/metrics/signature.h"
#include "heed/text/lowercased.h"

namespace heed {
namespace {

using Words = std::vector<std::string>;

// Shorter words are left as they are.
constexpr std::size_t shortest_stemmed = 4;

Words words_of(std::string_view text, const RougeOptions& options) {
  Words words;
  bool inside = false;
  for (const char c : lowercased(text)) {
    const bool word = ('a' <= c && c <= 'z') || ('0' <= c && c <= '9');
    if (word && !inside) words.emplace_back();
    if (word) words.back() += c;
    inside = word;
  }
  if (options.stem)
    for (std::string& word : words)
      if (word.size() >= shortest_stemmed) word = porter_stem(word);
  return words;
}

double f_measure(Index common, Index hypothesis, Index reference) {
  if (common == 0) return 0;
  const double precision = static_cast<double>(common) / static_cast<double>(hypothesis);
  const double recall = static_cast<double>(common) / static_cast<double>(reference);
  return 2 * precision * recall / (precision + recall);
}

std::map<Words, Index> ngrams_of(const Words& words, std::size_t n) {
  std::map<Words, Index> counts;
  for (auto first = words.begin(); first + static_cast<std::ptrdiff_t>(n) <= words.end(); ++first)
    ++counts[Words(first, first + static_cast<std::ptrdiff_t>(n))];
  return counts;
}

double rouge_n(const Words& hypothesis, const Words& reference, std::size_t n) {
  if (std::min(hypothesis.size(), reference.size()) < n) return 0;
  const auto of_hypothesis = ngrams_of(hypothesis, n);
  Index common = 0;
  for (const auto& [ngram, count] : ngrams_of(reference, n))
    if (const auto found = of_hypothesis.find(ngram); found != of_hypothesis.end())
      common += std::min(count, found->second);
  const auto less = static_cast<Index>(n) - 1;
  return f_measure(common, std::ssize(hypothesis) - less, std::ssize(reference) - less);
}

Index longest_common_subsequence(const Words& a, const Words& b) {
  std::vector<Index> before(b.size() + 1, 0), now = before;
  for (const std::string& word : a) {
    for (std::size_t j = 0; j < b.size(); ++j)
      now[j + 1] = word == b[j] ? before[j] + 1 : std::max(before[j + 1], now[j]);
    std::swap(before, now);
  }
  return before.back();
}

}  // namespace

RougeScores rouge(std::span<const std::string> hypotheses, const References& references,
                  const RougeOptions& options) {
  check_segments("ROUGE", hypotheses, references);
  RougeScores mean{.options = options, .reference_count = std::ssize(references)};
  for (std::size_t i = 0; i < hypotheses.size(); ++i) {
    const Words hypothesis = words_of(hypotheses[i], options);
    double best_1 = 0, best_2 = 0, best_l = 0;
    for (const auto& stream : references) {
      const Words reference = words_of(stream[i], options);
      best_1 = std::max(best_1, rouge_n(hypothesis, reference, 1));
      best_2 = std::max(best_2, rouge_n(hypothesis, reference, 2));
      best_l = std::max(best_l, f_measure(longest_common_subsequence(reference, hypothesis),
                                          std::ssize(hypothesis), std::ssize(reference)));
    }
    mean.rouge_1 += best_1, mean.rouge_2 += best_2, mean.rouge_l += best_l;
  }
  const double share = 100 / static_cast<double>(hypotheses.size());
  mean.rouge_1 *= share, mean.rouge_2 *= share, mean.rouge_l *= share;
  return mean;
}

std::string RougeScores::signature() const {
  return make_signature(
      {{"nrefs", std::to_string(reference_count)}, {"stem", options.stem ? "porter" : "no"}});
}

}  // namespace heed
