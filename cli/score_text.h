#pragma once
#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

#include "heed/corpus/text_documents.h"
#include "heed/service/read_text.h"

namespace heed {

/// What the probabilities of a text's tokens are given: those before each, so that their product is the
/// probability of the text; or all others, so that it is not (pseudo-log-likelihood).
enum class Given { tokens_before, all_others };

/// How texts are scored.
struct ScoreTextOptions {
  std::vector<std::filesystem::path> text{};
  DocumentOptions documents;
  bool tokens = false;
  Given given = Given::tokens_before;
};

/// Prints the log-probability of each document by `score`, a line each, in nats; or, with `tokens`, a JSON
/// object with that of each token. What they come to together is told on standard error: nats a token,
/// perplexity and, of probabilities of texts, bits per byte.
void score_text(const std::function<ScoredText(std::string_view text)>& score,
                const ScoreTextOptions& options);

}  // namespace heed
