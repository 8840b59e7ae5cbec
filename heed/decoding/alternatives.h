#pragma once
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "heed/decoding/beam_search.h"

namespace heed {

/// Sequences whose next token is in question.
struct AlternativesJob {
  /// Starts on these sequences, of which a number may stand there several times.
  const std::function<std::unique_ptr<NextTokenModel>(std::span<const std::size_t> numbers)>& start;
  std::span<const std::size_t> numbers;
  std::span<const Index> limits;                   // of the lengths of each
  std::span<const SearchConstraints> constraints;  // of each; none: nothing is asked of any
};

/// The n_best likeliest tokens that may stand behind each sequence's prefix, each with the best hypothesis
/// that goes on with it, the best hypothesis first.
std::vector<std::vector<Hypothesis>> find_alternatives(const AlternativesJob& job,
                                                       const BeamOptions& options);

}  // namespace heed
