#include "heed/tasks/summarization/summary_validation.h"

#include <cmath>

#include "heed/decoding/search_tokens.h"
#include "heed/decoding/translate.h"
#include "heed/metrics/rouge.h"

namespace heed {

Validation validate_summaries(const EncoderDecoder& model, Backend& backend, const Tokenizers& tokenizers,
                              const ValidationSet& set, const SummaryValidationOptions& options) {
  const double loss = loss_per_token(model, backend, set.examples, options.batch_tokens);
  DecodingConfig decoding;
  decoding.beam = options.beam;
  decoding.no_repeat_ngrams = options.no_repeat_ngrams;
  decoding.decoding_batch_tokens = options.batch_tokens;
  RougeScores scores{.rouge_1 = std::nan(""), .rouge_2 = std::nan(""), .rouge_l = std::nan("")};
  std::vector<std::string> summaries, references;
  for (const TextPair& pair : set.pairs) references.push_back(tokenizers.target->as_decoded(pair.target));
  try {
    for (const auto& found : translate(model, backend, sources_of(set), search_tokens(), decoding))
      summaries.push_back(tokenizers.target->decode(found.front().tokens));
    scores = rouge(summaries, {references});
  } catch (const ScoreError&) {
    summaries.clear();
  }
  Validation all;
  all.measures = {
      {.name = "loss", .title = "loss", .value = loss, .better = Better::lower, .digits = 4},
      {.name = "perplexity", .title = "perplexity", .value = std::exp(loss), .better = Better::lower},
      {.name = "rouge_1", .title = "ROUGE-1", .value = scores.rouge_1},
      {.name = "rouge_2", .title = "ROUGE-2", .value = scores.rouge_2},
      {.name = "rouge_l", .title = "ROUGE-L", .value = scores.rouge_l}};
  for (const std::size_t i : sample_places(summaries.size(), options.samples))
    all.samples.push_back(
        {{{"source", set.pairs[i].source}, {"reference", references[i]}, {"summary", summaries[i]}}});
  return all;
}

}  // namespace heed
