#include "heed/service/attention_report.h"

#include <algorithm>

#include "heed/base/quantities.h"

namespace heed {
namespace {

// The wiggles are plain to see in as many positions as a long sentence has.
constexpr Index plotted_positions = 64;

std::vector<std::string> pieces(const Tokenizer& tokenizer, const std::vector<Index>& tokens) {
  std::vector<std::string> names;
  for (const Index token : tokens) names.push_back(tokenizer.piece(token));
  return names;
}

/// Each head's weights for the one sequence of a batch.
std::vector<AttentionReport::Map> maps_of(Backend& kernels, const Tensor& q, const Tensor& k,
                                          const AttentionShape& shape) {
  const Index queries = shape.queries.longest(), keys = shape.keys.longest();
  const Tensor weights({1, shape.heads, queries, keys});
  kernels.attention_weights(q, k, shape, weights);
  std::vector<AttentionReport::Map> heads;
  for (Index head = 0; head < shape.heads; ++head) {
    const float* first = weights.data() + head * queries * keys;
    heads.push_back({queries, keys, std::vector<float>(first, first + queries * keys)});
  }
  return heads;
}

std::vector<std::pair<std::string, std::string>> facts(const Transformer& model) {
  const TransformerConfig& c = model.config();
  return {{"encoder layers", std::to_string(c.encoder_layers)},
          {"decoder layers", std::to_string(c.decoder_layers)},
          {"heads", std::to_string(c.heads)},
          {"width", std::to_string(c.width)},
          {"hidden", std::to_string(c.hidden)},
          {"feed-forward", std::string(enum_name(c.feed_forward))},
          {"layer norm", std::string(enum_name(c.norm))},
          {"positions", std::string(enum_name(c.positions))},
          {"parameters", count_text(static_cast<double>(model.store().count()))}};
}

}  // namespace

AttentionReport attention_report(const Translator& translator, const std::string& text,
                                 const std::string& translation, const DecodingConfig& decoding) {
  const Transformer& model = translator.model();
  const Tokenizers& tokenizers = translator.tokenizers();
  Backend& kernels = translator.kernels();

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
  report.translation = translation.empty()
                           ? translator.translate(std::span(&text, 1), decoding)[0].translations[0].text
                           : translation;
  std::vector<Index> target = tokenizers.target->encode(report.translation);
  target.push_back(special::end);
  const Index limit = model.decoder().embedding().positions().limit();
  require<DataError>(std::ssize(target) <= limit, "attention: the translation has ", target.size(),
                     " tokens, the model takes ", limit, "; give one sentence");

  std::vector<Index> inputs{special::begin};
  inputs.insert(inputs.end(), target.begin(), target.end() - 1);
  report.source_tokens = pieces(*tokenizers.source, source);
  report.target_tokens = pieces(*tokenizers.target, target);
  report.target_inputs = pieces(*tokenizers.target, inputs);

  // The encoder's layers come first, then each of the decoder's: self-attention, attention to the source.
  Pass pass = Pass::inference(kernels);
  Index seen = 0;
  pass.observe_attention([&](const Tensor& q, const Tensor& k, const AttentionShape& shape) {
    auto heads = maps_of(kernels, q, k, shape);
    if (seen < model.config().encoder_layers)
      report.encoder.push_back(std::move(heads));
    else if ((seen - model.config().encoder_layers) % 2 == 0)
      report.decoder.push_back(std::move(heads));
    else
      report.cross.push_back(std::move(heads));
    ++seen;
  });
  const Tensor logits = model(pass, source, Segments::uniform(1, static_cast<Index>(source.size())), inputs,
                              Segments::uniform(1, static_cast<Index>(inputs.size())))
                            .value();
  Tensor log_probabilities(logits.shape());
  kernels.log_softmax(logits, log_probabilities);
  for (std::size_t i = 0; i < target.size(); ++i)
    report.token_log_probabilities.push_back(
        log_probabilities.data()[static_cast<Index>(i) * logits.size(1) + target[i]]);

  if (const Variable& table = model.encoder().embedding().positions().table()) {
    report.width = table.size(1);
    report.positions = std::min(plotted_positions, table.size(0));
    const float* first = table.value().data();
    report.positional_encoding.assign(first, first + report.positions * report.width);
  }
  return report;
}

}  // namespace heed
