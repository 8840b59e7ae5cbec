#pragma once
#include "heed/data/corpus_options.h"

namespace heed {

/// Reads what the options name. ConfigError if they name too little or too much.
Corpora read_corpora(const CorpusOptions& options, std::uint64_t seed);

}  // namespace heed
