#include "heed/answers/span_search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace heed {
namespace {

/// Logits of consecutive rows [rows, 2] to log-probabilities over the rows.
SpanScores normalized(const float* logits, Index rows) {
  SpanScores scores;
  for (Index which = 0; which < 2; ++which) {
    std::vector<float>& to = which == 0 ? scores.start : scores.end;
    float most = -std::numeric_limits<float>::infinity();
    for (Index row = 0; row < rows; ++row) most = std::max(most, logits[2 * row + which]);
    double sum = 0;
    for (Index row = 0; row < rows; ++row)
      sum += std::exp(static_cast<double>(logits[2 * row + which] - most));
    const float norm = most + static_cast<float>(std::log(sum));
    for (Index row = 0; row < rows; ++row) to.push_back(logits[2 * row + which] - norm);
  }
  return scores;
}

double sum_at(const SpanScores& scores, Index start, Index end) {
  return static_cast<double>(scores.start[static_cast<std::size_t>(start)]) +
         static_cast<double>(scores.end[static_cast<std::size_t>(end)]);
}

}  // namespace

std::vector<SpanScores> span_scores(const Classifier& model, Backend& backend,
                                    std::span<const QuestionWindow> windows, Index batch_tokens) {
  std::vector<SpanScores> all;
  for (std::size_t begin = 0; begin < windows.size();) {
    std::vector<const QuestionWindow*> some;
    Index tokens = 0;
    for (; begin < windows.size(); ++begin) {
      tokens += std::ssize(windows[begin].tokens);
      if (!some.empty() && tokens > batch_tokens) break;
      some.push_back(&windows[begin]);
    }
    Pass pass = Pass::inference(backend);
    const std::vector<float> logits = backend.numbers(model.logits(pass, batch_of(some)).value());
    const float* at = logits.data();
    for (const QuestionWindow* window : some) {
      all.push_back(normalized(at, std::ssize(window->tokens)));
      at += 2 * window->tokens.size();
    }
  }
  return all;
}

std::vector<FoundAnswer> best_answers(std::span<const QuestionWindow> windows,
                                      std::span<const SpanScores> scores, const SpanSearchOptions& options) {
  std::map<std::pair<std::size_t, std::size_t>, double> spans;  // by their bytes
  double none = std::numeric_limits<double>::infinity();
  for (std::size_t w = 0; w < windows.size(); ++w) {
    const QuestionWindow& window = windows[w];
    none = std::min(none, sum_at(scores[w], 0, 0));
    // Only the best of a window can be among the best of all.
    std::vector<FoundAnswer> best;
    for (Index start = window.first; start <= window.last(); ++start)
      for (Index end = start; end <= std::min(window.last(), start + options.longest_answer - 1); ++end) {
        const std::size_t begin = window.text[static_cast<std::size_t>(start - window.first)].begin,
                          behind = window.text[static_cast<std::size_t>(end - window.first)].end;
        const double score = sum_at(scores[w], start, end);
        if (behind <= begin || !std::isfinite(score)) continue;
        const auto better = [](const FoundAnswer& a, const FoundAnswer& b) {
          return a.log_probability > b.log_probability;
        };
        // Several spans of tokens may be the same bytes, so some more are kept.
        if (std::ssize(best) >= 4 * options.count && score <= best.front().log_probability) continue;
        best.push_back({.begin = begin, .end = behind, .log_probability = score});
        std::ranges::push_heap(best, better);
        if (std::ssize(best) > 4 * options.count) {
          std::ranges::pop_heap(best, better);
          best.pop_back();
        }
      }
    for (const FoundAnswer& found : best) {
      const auto [known, is_new] = spans.try_emplace({found.begin, found.end}, found.log_probability);
      if (!is_new) known->second = std::max(known->second, found.log_probability);
    }
  }
  std::vector<FoundAnswer> answers;
  for (const auto& [place, score] : spans)
    answers.push_back({.begin = place.first, .end = place.second, .log_probability = score});
  if (options.may_be_unanswerable) answers.push_back({.none = true, .log_probability = none});
  std::ranges::stable_sort(answers, std::ranges::greater(), &FoundAnswer::log_probability);
  if (std::ssize(answers) > options.count) answers.resize(static_cast<std::size_t>(options.count));
  return answers;
}

}  // namespace heed
