#pragma once
#include <functional>
#include <string_view>

#include "heed/text/tokenizers.h"
#include "heed/training/task.h"

namespace heed {

/// What is asked of a run's tokenizers.
struct TokenizerRequest {
  TokenizerConfig& config;     // becomes that of the model if one is trained further
  TokenizerConfig usual = {};  // what it is unless the user says otherwise
  /// The config with all that it implies, as new tokenizers are made by it.
  TokenizerConfig (*complete)(TokenizerConfig) = completed;
};

/// The tokenizers of a run, in its folder from here on: those of the run that goes on or of the model that is
/// trained further, or else learned by `learn`, whose notes are told. ConfigError if they were made by other
/// options than are asked for.
Tokenizers run_tokenizers(const TaskRun& run, const TokenizerRequest& request,
                          const std::function<Tokenizers(const TokenizerConfig&)>& learn);

/// ConfigError if a run takes over a part of a model, `what`, that has other settings than are asked for. Of
/// a model that is trained further those count as asked for that differ from the `usual` ones.
void require_taken_over(const TaskRun& run, const Settings& has, const Settings& asked, const Settings& usual,
                        std::string_view what);

}  // namespace heed
