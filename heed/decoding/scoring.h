#pragma once
#include <vector>

#include "heed/model/sequence_model.h"

namespace heed {

/// Log-probability, in nats, of every target token given its source and the tokens before it. Sources and
/// targets end with EOS.
std::vector<std::vector<float>> score(const SequenceModel& model, Backend& backend,
                                      const std::vector<std::vector<Index>>& sources,
                                      const std::vector<std::vector<Index>>& targets, Index begin);

}  // namespace heed
