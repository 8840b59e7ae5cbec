#include "heed/tasks/translation/deciding_measure.h"

#include "heed/metrics/informative_bleu.h"

namespace heed {

DecidingMeasure deciding_measure(const ValidationSet& set, BleuTokenization tokenization) {
  std::vector<std::string> references;
  for (const TextPair& pair : set.pairs) references.push_back(pair.target);
  std::string why = why_bleu_says_little(references, tokenization);
  if (why.empty()) return {};
  return {.name = "chrf", .why = std::move(why)};
}

std::vector<std::string_view> measures_to_decide_by(const DecidingMeasure& first) {
  std::vector<std::string_view> all{first.name};
  for (const std::string_view name : {"bleu", "chrf", "exact_match", "loss"})
    if (name != first.name) all.push_back(name);
  return all;
}

}  // namespace heed
