#include "heed/decoding/alternatives.h"

#include <algorithm>

namespace heed {
namespace {

/// The constraints of a sequence that goes on with what a hypothesis has written.
SearchConstraints behind(const Hypothesis& begun, SearchConstraints constraints, const TokenTexts* texts) {
  if (!constraints.continuation.empty()) {
    std::size_t written = 0;
    for (std::size_t i = constraints.prefix.size(); i < begun.tokens.size(); ++i)
      written += texts->text(begun.tokens[i]).size();
    constraints.continuation.erase(0, std::min(written, constraints.continuation.size()));
  }
  constraints.prefix = begun.tokens;
  return constraints;
}

}  // namespace

std::vector<std::vector<Hypothesis>> find_alternatives(const AlternativesJob& job,
                                                       const BeamOptions& options) {
  std::vector<SearchConstraints> constraints(job.constraints.begin(), job.constraints.end());
  constraints.resize(job.numbers.size());
  std::vector<Index> one_more;
  for (const SearchConstraints& of_sequence : constraints)
    one_more.push_back(std::ssize(of_sequence.prefix) + 1);
  BeamOptions next = options;
  next.beam = options.n_best;
  next.constraints = constraints;
  const auto begun =
      beam_search(*job.start(job.numbers), Prompts(job.numbers.size(), {options.tokens.bos}), one_more, next);

  std::vector<std::vector<Hypothesis>> results(job.numbers.size());
  std::vector<std::size_t> numbers, places;
  std::vector<Index> limits;
  std::vector<SearchConstraints> going_on;
  for (std::size_t s = 0; s < begun.size(); ++s)
    for (const Hypothesis& hypothesis : begun[s]) {
      if (hypothesis.complete() || std::ssize(hypothesis.tokens) >= job.limits[s]) {
        results[s].push_back(hypothesis);
        continue;
      }
      numbers.push_back(job.numbers[s]);
      places.push_back(s);
      limits.push_back(job.limits[s]);
      going_on.push_back(behind(hypothesis, constraints[s], options.texts));
    }
  if (!numbers.empty()) {
    BeamOptions whole = options;
    whole.n_best = 1;
    whole.constraints = going_on;
    auto found =
        beam_search(*job.start(numbers), Prompts(numbers.size(), {options.tokens.bos}), limits, whole);
    for (std::size_t i = 0; i < found.size(); ++i)
      for (Hypothesis& hypothesis : found[i]) results[places[i]].push_back(std::move(hypothesis));
  }
  for (auto& hypotheses : results)
    std::ranges::stable_sort(hypotheses, std::ranges::greater{}, &Hypothesis::score);
  return results;
}

}  // namespace heed
