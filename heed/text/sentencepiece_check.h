#pragma once
#include <string>
#include <string_view>

namespace heed {

/// What SentencePiece takes on trust when it reads a .model file, and would end the program over or read
/// memory that is not its own: that the file is whole, that its rules of normalization lead nowhere else,
/// that scores are numbers. CheckpointError, starting with `name`, for a file that deserves no trust.
void check_sentencepiece_model(std::string_view model, const std::string& name);

/// The rules of normalization (precompiled_charsmap) of a model that was checked; empty if it has none.
std::string_view normalization_rules(std::string_view model);

}  // namespace heed
