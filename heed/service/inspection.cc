#include "heed/service/inspection.h"

#include <algorithm>
#include <numeric>

#include "heed/service/batch_of_one.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

// So many rows at once that their logits fit into little memory.
constexpr Index rows_at_once = 256;

std::vector<std::string> pieces(const Tokenizer& tokenizer, const std::vector<Index>& tokens) {
  std::vector<std::string> names;
  for (const Index token : tokens) names.push_back(tokenizer.piece(token));
  return names;
}

std::vector<LikelyToken> likeliest(const Tokenizer& tokenizer, const float* log_probabilities, Index tokens,
                                   Index count) {
  std::vector<Index> order(static_cast<std::size_t>(tokens));
  std::iota(order.begin(), order.end(), Index{0});
  const auto end = order.begin() + std::min(count, tokens);
  // Of equals the first, so that the same text gives the same answer.
  std::partial_sort(order.begin(), end, order.end(), [&](Index a, Index b) {
    return log_probabilities[a] != log_probabilities[b] ? log_probabilities[a] > log_probabilities[b] : a < b;
  });
  std::vector<LikelyToken> likely;
  for (auto token = order.begin(); token != end; ++token)
    likely.push_back({tokenizer.piece(*token), log_probabilities[*token]});
  return likely;
}

/// What the rows before the projection say of the tokens that come next.
void add_predictions(Inspection& seen, const AutoregressiveModel& model, const Variable& decoded,
                     const Tokenizer& tokenizer, Index likely) {
  Backend& backend = decoded.pass().backend();
  const Index rows = std::ssize(seen.target_ids);
  for (Index from = 0; from < rows; from += rows_at_once) {
    const Index count = std::min(rows_at_once, rows - from);
    const Tensor logits = model.projection()(decoded.narrow(0, from, count)).value();
    const Tensor normalized = backend.empty(logits.shape());
    backend.log_softmax(logits, normalized);
    const Tensor host = backend.to_host(normalized);
    const Index tokens = host.size(1);
    for (Index row = 0; row < count; ++row) {
      const float* log_probabilities = host.data() + row * tokens;
      seen.token_log_probabilities.push_back(
          log_probabilities[seen.target_ids[static_cast<std::size_t>(from + row)]]);
      if (likely > 0) seen.likely.push_back(likeliest(tokenizer, log_probabilities, tokens, likely));
    }
  }
}

void observe(Pass& pass, Inspection& seen, const InspectionOptions& options) {
  pass.observe_attention([&](std::string_view layer, const Tensor& weights) {
    const Index heads = weights.size(1), queries = weights.size(2), keys = weights.size(3);
    seen.layers.push_back({std::string(layer), heads, queries, keys});
    if (options.weights)
      options.weights(layer, pass.backend().to_host(weights.reshape({heads, queries, keys})));
  });
}

}  // namespace

std::vector<Index> translation_tokens(const Translator& translator, std::string_view translation) {
  std::vector<Index> tokens = translator.tokenizers().target->encode(translation);
  tokens.push_back(special::eos);
  return tokens;
}

Inspection inspect(const Translator& translator, const std::string& text,
                   const std::vector<Index>& translation, const InspectionOptions& options) {
  const EncoderDecoder& model = translator.model();
  require_utf8(text, "attention: the text");
  const std::vector<Index> source = translator.encode_source(text);
  require<DataError>(source.size() > 1, "attention: the text has no words to look at");
  require<DataError>(static_cast<Index>(source.size()) <= translator.longest_source(),
                     "attention: the text has ", source.size(), " tokens, the model takes ",
                     translator.longest_source(), "; give one sentence");
  const Index limit = model.sizes().longest_sequence;
  require<DataError>(std::ssize(translation) <= limit, "attention: the translation has ", translation.size(),
                     " tokens, the model takes ", limit, "; give one sentence");
  require<DataError>(
      !translation.empty() &&
          std::ranges::all_of(translation,
                              [&](Index token) { return token >= 0 && token < model.sizes().outputs; }),
      "attention: the translation has no tokens, or some that the model does not know");

  Inspection seen{.target_ids = translation};
  std::vector<Index> inputs{special::bos};
  inputs.insert(inputs.end(), translation.begin(), translation.end() - 1);
  const Tokenizer& target = *translator.tokenizers().target;
  seen.source_tokens = pieces(*translator.tokenizers().source, source);
  seen.target_inputs = pieces(target, inputs);
  seen.target_tokens = pieces(target, translation);
  Pass pass = Pass::inference(translator.backend());
  observe(pass, seen, options);
  add_predictions(seen, model, model.before_projection(pass, batch_of_one(source), batch_of_one(inputs)),
                  target, options.likely);
  return seen;
}

Inspection inspect(const Generator& generator, const std::string& text, const InspectionOptions& options) {
  const LanguageModel& model = generator.model();
  require_utf8(text, "text");
  const std::vector<Index> tokens = generator.prompt_tokens(text);
  const Index limit = model.sizes().longest_sequence;
  require<DataError>(std::ssize(tokens) <= limit, "the text has ", tokens.size(),
                     " tokens, the model's context ", limit, "; shorten it");
  require<DataError>(tokens.size() >= 2, "attention: the text has no tokens to look at; give a longer one");

  Inspection seen{.target_ids = {tokens.begin() + 1, tokens.end()}};
  const std::vector<Index> inputs(tokens.begin(), tokens.end() - 1);
  const Tokenizer& tokenizer = *generator.tokenizers().source;
  seen.target_inputs = pieces(tokenizer, inputs);
  seen.target_tokens = pieces(tokenizer, seen.target_ids);
  Pass pass = Pass::inference(generator.backend());
  observe(pass, seen, options);
  add_predictions(seen, model, model.before_projection(pass, batch_of_one(inputs)), tokenizer,
                  options.likely);
  return seen;
}

}  // namespace heed
