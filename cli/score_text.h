#pragma once
#include <filesystem>
#include <vector>

#include "heed/corpus/text_documents.h"
#include "heed/service/generator.h"

namespace heed {

/// How texts are scored with a language model.
struct ScoreTextOptions {
  std::vector<std::filesystem::path> text{};
  DocumentOptions documents;
  bool tokens = false, overlap = false;
};

/// Prints the log-probability of each document, a line each, in nats; or, with `tokens`, a JSON object with
/// that of each token. What they come to together is told on standard error: nats a token, perplexity, bits
/// per byte.
void score_text(const Generator& generator, const ScoreTextOptions& options);

}  // namespace heed
