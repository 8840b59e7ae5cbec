#include "cli/score_text.h"

#include <fmt/format.h>

#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>

#include "heed/base/json_text.h"

namespace heed {

void score_text(const Generator& generator, const ScoreTextOptions& options) {
  const TextDocuments documents(options.text, options.documents);
  DocumentReport report;
  DocumentReader reader = documents.open(report);
  ScoredText all;
  Index texts = 0;
  for (std::string text; reader.next_document(text); ++texts) {
    const ScoredText scored = generator.score(text, options.overlap);
    if (options.tokens)
      std::cout << text_of_json(
                       nlohmann::ordered_json{{"log_probability", scored.log_probability},
                                              {"tokens", scored.tokens},
                                              {"token_log_probability", scored.token_log_probability}})
                << '\n';
    else
      std::cout << fmt::format("{:.6f}\n", scored.log_probability);
    all.log_probability += scored.log_probability;
    all.predicted += scored.predicted;
    all.bytes += scored.bytes;
  }
  if (all.predicted > 0)
    std::cerr << fmt::format(
        "{} texts, {} tokens, {:.4f} nats a token, perplexity {:.3f}, {:.4f} bits per byte\n", texts,
        all.predicted, all.loss(), all.perplexity(), all.bits_per_byte());
}

}  // namespace heed
