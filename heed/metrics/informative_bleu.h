#pragma once
#include <span>
#include <string>

#include "heed/metrics/bleu.h"

namespace heed {

/// Why BLEU can hardly tell good translations from bad ones, given their references: it counts runs of up to
/// four words, of which these have next to none. Empty if it can.
std::string why_bleu_says_little(std::span<const std::string> references, BleuTokenization tokenization);

}  // namespace heed
