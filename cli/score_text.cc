#include "cli/score_text.h"

#include <fmt/format.h>

#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>

#include "heed/base/json_text.h"

namespace heed {

void score_text(const std::function<ScoredText(std::string_view text)>& score,
                const ScoreTextOptions& options) {
  const TextDocuments documents(options.text, options.documents);
  DocumentReport report;
  DocumentReader reader = documents.open(report);
  ScoredText all;
  Index texts = 0;
  for (std::string text; reader.next_document(text); ++texts) {
    const ScoredText scored = score(text);
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
  if (all.predicted == 0) return;
  std::cerr << fmt::format("{} texts, {} tokens, {:.4f} nats a token, ", texts, all.predicted, all.loss());
  std::cerr << (options.given == Given::tokens_before
                    ? fmt::format("perplexity {:.3f}, {:.4f} bits per byte\n", all.perplexity(),
                                  all.bits_per_byte())
                    : fmt::format("pseudo-perplexity {:.3f}\n", all.perplexity()));
}

}  // namespace heed
