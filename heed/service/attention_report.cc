#include "heed/service/attention_report.h"

#include <algorithm>
#include <cmath>

#include "heed/base/quantities.h"
#include "heed/text/masked_text.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

// The wiggles are plain to see in as many positions as a long sentence has.
constexpr Index plotted_positions = 64;

std::vector<std::string> pieces(const Tokenizer& tokenizer, const std::vector<Index>& tokens) {
  std::vector<std::string> names;
  for (const Index token : tokens) names.push_back(tokenizer.piece(token));
  return names;
}

/// Each head's weights for the one sequence of a batch: a host tensor.
std::vector<AttentionReport::Map> maps_of(const Tensor& weights) {
  const Index queries = weights.size(2), keys = weights.size(3);
  std::vector<AttentionReport::Map> heads;
  for (Index head = 0; head < weights.size(1); ++head) {
    const float* first = weights.data() + head * queries * keys;
    heads.push_back({queries, keys, std::vector<float>(first, first + queries * keys)});
  }
  return heads;
}

/// By the name of the attention's layer.
AttentionReport::Maps& maps_at(AttentionReport& report, std::string_view layer) {
  if (layer.starts_with("encoder")) return report.encoder;
  return layer.ends_with("self_attention") ? report.decoder : report.cross;
}

std::vector<std::pair<std::string, std::string>> facts(const Model& model) {
  std::vector<std::pair<std::string, std::string>> all = model.config().facts();
  all.emplace_back("parameters", count_text(static_cast<double>(model.store().count())));
  return all;
}

std::vector<Index> tokens_of(const Tokenizer& tokenizer, const std::string& text) {
  std::vector<Index> tokens = tokenizer.encode(text);
  tokens.push_back(special::eos);
  return tokens;
}

/// What the model writes, as the very tokens that the search found: those that its tokenizer makes of the
/// text may be others.
std::pair<std::string, std::vector<Index>> own_translation(const Translator& translator,
                                                           const std::string& text, DecodingConfig decoding) {
  decoding.split = false;
  Translation own = translator.translate(std::span(&text, 1), decoding)[0].translations[0];
  // Where it was cut off, nothing is known of its end; an attention map needs a token at least.
  if (own.complete || own.ids.empty()) own.ids.push_back(special::eos);
  return {std::move(own.text), std::move(own.ids)};
}

}  // namespace

AttentionReport attention_report(const Translator& translator, const std::string& text,
                                 const std::string& translation, const DecodingConfig& decoding) {
  const EncoderDecoder& model = translator.model();
  const Tokenizers& tokenizers = translator.tokenizers();
  Backend& backend = translator.backend();

  AttentionReport report;
  report.title = "What this model attends to";
  report.facts = facts(model);
  report.source_text = text;
  require_utf8(text, "attention: the text");
  require_utf8(translation, "attention: the translation");
  const std::vector<Index> source = translator.encode_source(text);
  require<DataError>(source.size() > 1, "attention: the text has no words to look at");
  require<DataError>(static_cast<Index>(source.size()) <= translator.longest_source(),
                     "attention: the text has ", source.size(), " tokens, the model takes ",
                     translator.longest_source(), "; give one sentence");
  auto [written, target] = translation.empty()
                               ? own_translation(translator, text, decoding)
                               : std::pair{translation, tokens_of(*tokenizers.target, translation)};
  report.translation = std::move(written);
  const Index limit = model.sizes().longest_sequence;
  require<DataError>(std::ssize(target) <= limit, "attention: the translation has ", target.size(),
                     " tokens, the model takes ", limit, "; give one sentence");

  std::vector<Index> inputs{special::bos};
  inputs.insert(inputs.end(), target.begin(), target.end() - 1);
  report.source_tokens = pieces(*tokenizers.source, source);
  report.target_tokens = pieces(*tokenizers.target, target);
  report.target_inputs = pieces(*tokenizers.target, inputs);

  Pass pass = Pass::inference(backend);
  pass.observe_attention([&](std::string_view layer, const Tensor& weights) {
    maps_at(report, layer).push_back(maps_of(backend.to_host(weights)));
  });
  const auto alone = [](const std::vector<Index>& tokens) {
    return TokenBatch{tokens, Segments::uniform(1, std::ssize(tokens))};
  };
  const Tensor logits = model(pass, alone(source), alone(inputs)).value();
  const Tensor normalized = backend.empty(logits.shape());
  backend.log_softmax(logits, normalized);
  const Tensor log_probabilities = backend.to_host(normalized);
  for (std::size_t i = 0; i < target.size(); ++i)
    report.token_log_probabilities.push_back(
        log_probabilities.data()[static_cast<Index>(i) * logits.size(1) + target[i]]);

  if (const Variable& table = model.positions()) {
    report.width = table.size(1);
    report.positions = std::min(plotted_positions, table.size(0));
    report.positional_encoding = backend.numbers(table.value().narrow(0, 0, report.positions));
  }
  return report;
}

AttentionReport attention_report(const Generator& generator, const std::string& text) {
  const AttentionOfText seen = generator.attention(text);
  const ScoredText scored = generator.score(text);
  const Index count = std::ssize(seen.tokens) - 1;
  require<DataError>(count >= 1, "attention: the text has no tokens to look at; give a longer one");

  AttentionReport report;
  report.title = "What this model attends to";
  report.facts = facts(generator.model());
  report.translation_title = "Text";
  report.translation = text;
  report.target_inputs.assign(seen.tokens.begin(), seen.tokens.end() - 1);
  report.target_tokens.assign(seen.tokens.begin() + 1, seen.tokens.end());
  for (const auto& [layer, weights] : seen.layers) {
    auto& heads = report.decoder.emplace_back();
    for (Index head = 0; head < weights.size(0); ++head) {
      AttentionReport::Map map{count, count, {}};
      for (Index row = 0; row < count; ++row) {
        const float* first = weights.data() + (head * (count + 1) + row) * (count + 1);
        map.weights.insert(map.weights.end(), first, first + count);
      }
      heads.push_back(std::move(map));
    }
  }
  // A first token that nothing predicts is no target.
  const auto predicted =
      scored.token_log_probability.begin() + (std::isnan(scored.token_log_probability.front()) ? 1 : 0);
  report.token_log_probabilities.assign(predicted, predicted + count);
  return report;
}

AttentionReport attention_report(const MaskFiller& filler, const std::string& text) {
  const AttentionOfText seen = filler.attention(text);
  require<DataError>(seen.tokens.size() > 2,
                     "attention: the text has no tokens to look at; give a longer one");
  AttentionReport report;
  report.title = "What this model attends to";
  report.facts = facts(filler.model());
  report.source_title = "Text";
  report.translation_title = "Filled in";
  report.source_text = text;
  report.source_tokens = seen.tokens;
  for (const auto& [layer, weights] : seen.layers)
    report.encoder.push_back(
        maps_of(weights.reshape({1, weights.size(0), weights.size(1), weights.size(2)})));
  if (text.find(mask_text) != text.npos) report.translation = filler.fill(text).text;
  return report;
}

}  // namespace heed
