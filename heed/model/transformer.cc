#include "heed/model/transformer.h"

#include <cmath>

namespace heed {
namespace {

/// The three tables, those that are tied being the same variable. A tied table has the name of the first that
/// uses it.
struct Tables {
  Variable source, target, output;
};

Tables tables(const ParameterScope& root, const TransformerConfig& c) {
  // Embeddings are scaled up by sqrt(width) on the way in, so they start at about 1 there, and logits at
  // about 1 too.
  const Initializer start = normal(1 / std::sqrt(static_cast<float>(c.width)));
  const Shape source_shape{c.source_vocabulary, c.width}, target_shape{c.target_vocabulary, c.width};
  const auto source = [&] {
    return (root / "encoder" / "embedding").parameter("weight", source_shape, start);
  };
  const auto target = [&] {
    return (root / "decoder" / "embedding").parameter("weight", target_shape, start);
  };
  const auto output = [&] { return (root / "decoder" / "output").parameter("weight", target_shape, start); };
  Tables result;
  switch (c.tying) {
    case Tying::none:
      return {source(), target(), output()};
    case Tying::source_target:
      result.source = result.target = (root / "embedding").parameter("weight", source_shape, start);
      result.output = output();
      return result;
    case Tying::target_output:
      result.source = source();
      result.target = result.output = target();
      return result;
    case Tying::source_output:
      result.source = result.output = source();
      result.target = target();
      return result;
    case Tying::all:
      result.source = result.target = result.output =
          (root / "embedding").parameter("weight", source_shape, start);
      return result;
  }
  return result;
}

}  // namespace

Transformer::Transformer(const TransformerConfig& config, ParameterSource& source,
                         ParameterStore::Purpose purpose)
    : config_(config), store_(std::make_unique<ParameterStore>(source, purpose)) {
  validate(config);
  const ParameterScope root(*store_);
  const auto dropout = static_cast<float>(config.dropout);
  const auto positions = [&](std::string_view side) {
    return PositionalEncoding(root / side / "positions", config.positions, config.maximum_positions,
                              config.width);
  };
  const Tables shared = tables(root, config);
  encoder_.emplace(root / "encoder", config, Embedding(shared.source, positions("encoder"), dropout));
  const Linear output(shared.output,
                      (root / "decoder" / "output").parameter("bias", {config.target_vocabulary}, zeros()));
  decoder_.emplace(root / "decoder", config, Embedding(shared.target, positions("decoder"), dropout), output);
}

Variable Transformer::operator()(Pass& pass, std::span<const Index> source_tokens, const Segments& sources,
                                 std::span<const Index> target_tokens, const Segments& targets) const {
  DecoderState state = decoder_->start((*encoder_)(pass, source_tokens, sources), sources);
  return (*decoder_)(pass, target_tokens, targets, state);
}

}  // namespace heed
