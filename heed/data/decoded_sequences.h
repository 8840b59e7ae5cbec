#pragma once
#include <string>
#include <vector>

#include "heed/data/dataset.h"
#include "heed/text/tokenizer.h"

namespace heed {

/// The sequences of a column of tokens as text.
std::vector<std::string> decoded_sequences(const Column& column, const Tokenizer& tokenizer);

}  // namespace heed
