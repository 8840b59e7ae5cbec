#include "heed/tasks/translation/translation_validation.h"

#include <algorithm>
#include <cmath>

#include "heed/base/stopwatch.h"
#include "heed/decoding/search_tokens.h"
#include "heed/metrics/bleu.h"
#include "heed/metrics/chrf.h"
#include "heed/metrics/exact_match.h"

namespace heed {
namespace {

/// Scores of different tokenizations cannot be compared, so the title says which it is unless it is the
/// usual.
std::string bleu_title(BleuTokenization tokenization) {
  return tokenization == BleuTokenization::mteval_13a ? "BLEU"
                                                      : message("BLEU (", enum_name(tokenization), ")");
}

}  // namespace

Validation TranslationQuality::validation() const {
  const auto scores = [&](double of_bleu, double of_chrf) {
    return std::vector<Measure>{{.name = "bleu", .title = bleu_title(bleu_tokenization), .value = of_bleu},
                                {.name = "chrf", .title = "chrF", .value = of_chrf}};
  };
  Validation all;
  all.measures = {
      {.name = "loss", .title = "loss", .value = loss, .better = Better::lower, .digits = 4},
      {.name = "perplexity", .title = "perplexity", .value = perplexity, .better = Better::lower}};
  for (Measure& measure : scores(bleu, chrf)) all.measures.push_back(std::move(measure));
  all.measures.push_back({.name = "exact_match", .title = "exact match", .value = exact_match, .digits = 1});
  for (const SampleTranslation& s : samples)
    all.samples.push_back(
        {{{"source", s.source}, {"reference", s.reference}, {"translation", s.translation}}});
  for (const TranslationBucket& b : by_length)
    all.by_length.push_back({b.from, b.to, b.sentences, scores(b.bleu, b.chrf)});
  return all;
}

TranslationQuality validate(const EncoderDecoder& model, Backend& backend, const Tokenizers& tokenizers,
                            const ValidationSet& set, const ValidationOptions& options) {
  TranslationQuality result;
  result.bleu_tokenization = options.bleu_tokenization;
  result.loss = loss_per_token(model, backend, set.examples, options.batch_tokens);
  result.perplexity = std::exp(result.loss);

  const std::vector<std::vector<Index>> sources = sources_of(set);
  DecodingConfig decoding;
  decoding.beam = options.beam;
  decoding.length_penalty = options.length_penalty;
  decoding.decoding_batch_tokens =
      2048;  // weights that are trained are packed at every step: many rows share that
  const Stopwatch watch;
  std::vector<std::vector<Hypothesis>> found;
  try {
    found = translate(model, backend, sources, search_tokens(), decoding);
  } catch (const ScoreError&) {
    result.bleu = result.chrf = result.exact_match = std::nan("");
    return result;
  }
  result.translation_seconds = watch.seconds();
  std::vector<std::string> translations, references;
  std::vector<Index> lengths;
  for (std::size_t i = 0; i < found.size(); ++i) {
    translations.push_back(tokenizers.target->decode(found[i].front().tokens));
    references.push_back(tokenizers.target->as_decoded(set.pairs[i].target));
    lengths.push_back(std::ssize(sources[i]));
  }
  const BleuOptions words{.tokenization = options.bleu_tokenization};
  result.bleu = bleu(translations, {references}, words).score;
  result.chrf = chrf(translations, {references}).score;
  result.exact_match = exact_match(translations, {references}).score;
  result.by_length = scores_by_length(lengths, translations, references, words);
  for (const std::size_t i : sample_places(found.size(), options.samples))
    result.samples.push_back({set.pairs[i].source, references[i], translations[i]});
  return result;
}

}  // namespace heed
