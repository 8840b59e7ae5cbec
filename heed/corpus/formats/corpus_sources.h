#pragma once
#include "heed/corpus/corpus_options.h"
#include "heed/corpus/pair_source.h"

namespace heed {

/// The corpora that the options name, ready to be read. What cannot be read twice (a pipe) is read now, into
/// memory. ConfigError if the options name too little or too much, or weights that do not fit.
CorpusSources corpus_sources(const CorpusOptions& options);

}  // namespace heed
