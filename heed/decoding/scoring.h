#pragma once
#include <vector>

#include "heed/model/encoder_decoder.h"

namespace heed {

/// Log-probability, in nats, of every target token given its source and the tokens before it. Sources and
/// targets end with EOS.
std::vector<std::vector<float>> score(const EncoderDecoder& model, Backend& backend,
                                      const std::vector<std::vector<Index>>& sources,
                                      const std::vector<std::vector<Index>>& targets, Index begin);

}  // namespace heed
