#pragma once
#include <filesystem>
#include <memory>
#include <vector>

#include "heed/data/examples.h"
#include "heed/model/encoder_decoder.h"

namespace heed {

/// How much of the gradient of one late target token's loss reaches the words before it: norms of its
/// derivative by each embedded word, means over sentences. Where they vanish, nothing can be learned from so
/// far back (Bengio et al., 1994).
struct GradientReach {
  Index step = 0;              // the target token whose loss it is, from 1; its inputs are as many
  Index sentences = 0;         // that have so many tokens and one more
  std::vector<double> target;  // by distance in time steps: entry 0 is the newest input
  std::vector<double> source;  // by distance from the source's EOS, which is entry 0; as far as half of
                               // the sentences reach
};

/// The step that a tenth of the examples reach, EOS not counted. DataError if there is none.
Index late_step(const Examples& examples);

/// The model must be made for training and without dropout; what its gradients held is lost. DataError if no
/// example reaches the step.
GradientReach gradient_reach(const EncoderDecoder& model, Backend& backend, const Examples& examples,
                             Index step);

/// The model of a folder, made for training, but without dropout.
std::unique_ptr<EncoderDecoder> load_without_dropout(const std::filesystem::path& folder);
/// The same as it was before training, from this seed.
std::unique_ptr<EncoderDecoder> untrained_without_dropout(const std::filesystem::path& folder,
                                                         std::uint64_t seed);

}  // namespace heed
