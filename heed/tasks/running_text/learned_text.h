#pragma once
#include <memory>
#include <optional>

#include "heed/data/token_stream.h"
#include "heed/training/run_folder.h"

namespace heed {

/// What a run has learned from so far: the first tokens of a text.
struct LearnedText {
  std::shared_ptr<const TokenStream> tokens;
  Index end = 0;

  /// How many of a stream's tokens from `begin` on stand in that text, in runs of some length.
  Index shared_with(const TokenStream& stream, Index begin) const;
};

/// That of the run in a folder, by the tokens that lie there: to be asked for before those of another text
/// take their place. Nothing if there is no run, or they cannot be read.
std::optional<LearnedText> load_learned_text(const RunFolder& folder);

/// Keeps how many of the first tokens of the folder's text are learned from. A folder that cannot be written
/// is told by those who must write to it.
void save_learned_tokens(const RunFolder& folder, Index tokens);

}  // namespace heed
