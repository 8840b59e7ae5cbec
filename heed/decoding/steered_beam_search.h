#pragma once
#include "heed/decoding/beam_search.h"

namespace heed {

/// Beam search that is told what to write: beam_search with rules and constraints. It needs the scores of the
/// whole vocabulary on the host, which costs time.
///
/// Terms that must appear are found by dynamic beam allocation (Post and Vilar, 2018): the beam is shared out
/// evenly among hypotheses that hold as many tokens of terms, the tokens that go on with terms are candidates
/// of each hypothesis, and only one that holds all terms may end. A sequence whose terms do not come together
/// before its length limit gives those hypotheses that hold most of them. `log_probability` is the model's
/// own; `score` is what the rules make of it, over the length penalty. What is found for a sequence does not
/// depend on the others. ConfigError for constraints without `texts`, DataError for a continuation that the
/// vocabulary cannot write.
std::vector<std::vector<Hypothesis>> steered_beam_search(NextTokenModel& model, const Prompts& prompts,
                                                         std::span<const Index> maximum_lengths,
                                                         const BeamOptions& options);

}  // namespace heed
