#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "heed/alignment/alignment_head.h"
#include "heed/model/encoder_decoder.h"

namespace heed {

/// A source and a target as token ids, each with EOS.
struct TokenPair {
  std::vector<Index> source, target;
};

/// What each token of a target looked at: [target tokens, source tokens], row by row. Row j is that of the
/// step which predicts target token j, the last one EOS.
struct AttentionMatrix {
  Index targets = 0, sources = 0;
  std::vector<float> weights = {};

  float at(Index target, Index source) const {
    return weights[static_cast<std::size_t>(target * sources + source)];
  }
};

/// Of one pair, every head of every attention to the source, by the layer's name.
using HeadMatrices = std::map<std::string, std::vector<AttentionMatrix>, std::less<>>;

/// Reads pairs as training does, a batch at a time, and tells what each head looked at; nothing of a model
/// without attention to its source.
void source_attention(const EncoderDecoder& model, Backend& backend, const std::vector<TokenPair>& pairs,
                      const std::function<void(std::size_t pair, const HeadMatrices& heads)>& tell);

/// The same of one head alone, or the mean of all if none is known. ConfigError for a model without attention
/// to its source, CheckpointError for a head that it does not have.
std::vector<AttentionMatrix> source_attention(const EncoderDecoder& model, Backend& backend,
                                              const std::vector<TokenPair>& pairs, const AlignmentHead& head);

/// Which source token each target token was made from: the one that it looks at most, EOS left out on both
/// sides; -1 where the source has no other token. `shifted` as AlignmentHead has it.
std::vector<Index> most_looked_at(const AttentionMatrix& attention, bool shifted);

}  // namespace heed
