#pragma once
#include <optional>

#include "heed/alignment/alignment_head.h"
#include "heed/alignment/source_attention.h"

namespace heed {

/// The head whose links agree best with IBM Model 1 learned on the same pairs, for want of alignments made by
/// hand: each target token is linked to the source token that a head looks at most, and the mean of these
/// links' probabilities by Model 1 decides. An agreement criterion, as Chen et al. (2020), section 3.3, use
/// between two directions; here the other aligner is a statistical one. Both the step that predicts a token
/// and the next one, which reads it, are tried. Nothing for a model without attention to its source, or where
/// there are no pairs.
std::optional<AlignmentHead> choose_alignment_head(const EncoderDecoder& model, Backend& backend,
                                                   const std::vector<TokenPair>& pairs);

}  // namespace heed
