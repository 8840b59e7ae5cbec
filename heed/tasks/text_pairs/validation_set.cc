#include "heed/tasks/text_pairs/validation_set.h"

#include <algorithm>

#include "heed/tasks/text_pairs/batch_loss.h"

namespace heed {

ValidationSet make_validation_set(std::vector<TextPair> pairs, const Tokenizers& tokenizers,
                                  const LengthLimits& limits) {
  ValidationSet set;
  // One by one, so that texts and examples keep the same numbers.
  for (TextPair& pair : pairs) {
    auto source = tokenizers.source->encode(pair.source), target = tokenizers.target->encode(pair.target);
    cut_source(source, limits);
    if (source.empty() || target.empty() ||
        std::max(std::ssize(source), std::ssize(target)) > limits.max_length)
      continue;
    source.push_back(special::eos);
    target.push_back(special::eos);
    set.examples.add({source, target});
    set.pairs.push_back(std::move(pair));
  }
  return set;
}

ValidationSet make_validation_set(std::vector<TextPair> pairs, const Tokenizers& tokenizers,
                                  Index max_length) {
  return make_validation_set(std::move(pairs), tokenizers, LengthLimits{.max_length = max_length});
}

std::vector<std::vector<Index>> sources_of(const ValidationSet& set) {
  std::vector<std::vector<Index>> sources;
  for (Index i = 0; i < set.examples.size(); ++i) {
    const auto source = set.examples.sequence(i, 0);
    sources.emplace_back(source.begin(), source.end());
  }
  return sources;
}

double loss_per_token(const EncoderDecoder& model, Backend& backend, const Examples& examples,
                      Index batch_tokens) {
  double sum = 0;
  Index tokens = 0;
  for (const auto& numbers : plan_in_order(examples, batch_tokens)) {
    const Batch batch = make_batch(examples, numbers);
    Pass pass = Pass::inference(backend);
    sum += static_cast<double>(backend.number(batch_loss(model, pass, batch, 0).value()));
    tokens += std::ssize(batch.columns[1].tokens);
  }
  return sum / static_cast<double>(tokens);
}

}  // namespace heed
