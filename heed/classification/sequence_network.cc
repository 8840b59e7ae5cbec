#include "heed/classification/sequence_network.h"

#include <cmath>

#include "heed/data/batches.h"
#include "heed/ops/arithmetic.h"
#include "heed/ops/pool.h"
#include "heed/ops/softmax.h"

namespace heed {
namespace {

SequenceConfig validated(const SequenceConfig& config) {
  validate(config);
  return config;
}

TransformerConfig transformer_config(const SequenceConfig& c) {
  TransformerConfig config;
  config.width = c.width;
  config.hidden = c.hidden;
  config.heads = c.heads;
  config.encoder_layers = c.layers;
  config.dropout = c.dropout;
  // Without a warm-up of thousands of updates, which small sets do not last for, the norm has to come first.
  config.norm = NormOrder::pre;
  return config;
}

Index columns_of(const SequenceConfig& c) {
  return c.encoder == SequenceEncoder::transformer ? c.width : c.hidden;
}

}  // namespace

SequenceNetwork::SequenceNetwork(const SequenceConfig& config, const Sizes& sizes, ParameterSource& source,
                                 ParameterStore::Purpose purpose, const Placement& placement)
    : config_(validated(config)),
      store_(std::make_unique<ParameterStore>(source, purpose, placement)),
      reader_(make_reader(sizes.words)),
      // From zeros: all classes are as likely at first, whatever pooling makes of untrained states.
      output_((ParameterScope(*store_) / "output")
                  .parameter("weight", {sizes.classes, columns_of(config)}, zeros()),
              (ParameterScope(*store_) / "output").parameter("bias", {sizes.classes}, zeros())) {}

SequenceNetwork::Reader SequenceNetwork::make_reader(Index words) const {
  const ParameterScope root(*store_), encoder = root / "encoder";
  const bool attends = config_.encoder == SequenceEncoder::transformer;
  // A tenth of what a translator's words start with: of a small set most words occur a few times, and where
  // they start would be noise that is learned by heart.
  const float start = 0.1f / std::sqrt(static_cast<float>(config_.width));
  const Variable table = (root / "embedding").parameter("weight", {words, config_.width}, normal(start));
  const Embedding embedding(
      table,
      PositionalEncoding(root / "positions", attends ? PositionKind::sinusoidal : PositionKind::none,
                         config_.maximum_words + 1, config_.width),
      static_cast<float>(config_.dropout));
  if (attends) return Encoder(encoder, transformer_config(config_), embedding);
  return RecurrentReader(encoder, config_, embedding);
}

Variable SequenceNetwork::operator()(Pass& pass, std::span<const Index> tokens, const Segments& texts) const {
  const Variable states = std::visit([&](const auto& read) { return read(pass, tokens, texts); }, reader_);
  const Variable text = pooled(states, texts);
  pass.rows_lie(Segments::uniform(texts.size(), 1));
  return output_(ops::dropout(text, static_cast<float>(config_.dropout)));
}

Variable SequenceNetwork::pooled(const Variable& states, const Segments& texts) const {
  switch (config_.pooling) {
    case Pooling::mean:
      return ops::mean_over_rows(states, texts);
    case Pooling::last:
      return std::get<RecurrentReader>(reader_).last(states, texts);
    case Pooling::max:
      break;
  }
  return ops::max_over_rows(states, texts);
}

std::vector<float> class_probabilities(const SequenceNetwork& network, Backend& backend,
                                       const Examples& texts) {
  constexpr Index batch_tokens = 4096;
  std::vector<float> all;
  for (const auto& numbers : plan_in_order(texts, batch_tokens)) {
    const Batch batch = make_batch(texts, numbers);
    Pass pass = Pass::inference(backend);
    const Variable logits = network(pass, batch.source_tokens, Segments::packed(batch.source_lengths));
    const std::vector<float> probabilities = backend.numbers(ops::softmax(logits).value());
    all.insert(all.end(), probabilities.begin(), probabilities.end());
  }
  return all;
}

}  // namespace heed
