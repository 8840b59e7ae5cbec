#pragma once
#include <vector>

#include "heed/corpus/labeled/validation_split.h"
#include "heed/training/run_folder.h"

namespace heed {

/// Holds texts out to validate on: of a run that the folder holds, those that it was validated on before,
/// whatever texts there are by now; else a share that the seed draws.
ValidationSplit split_of_run(const RunFolder& folder, std::vector<LabeledText> texts, std::uint64_t seed,
                             double share);

/// Keeps what a run that begins is validated on, for split_of_run.
void keep_validation(const RunFolder& folder, const std::vector<LabeledText>& validation);

}  // namespace heed
