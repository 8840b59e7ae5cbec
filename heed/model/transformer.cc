#include "heed/model/transformer.h"

#include <cmath>

namespace heed {
namespace {

/// The three tables, those that are tied being the same variable. A tied table has the name of the first that
/// uses it.
struct Tables {
  Variable source, target, output;
  ParameterScope output_scope;  // where `output` has its name
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
  Tables result{.source = {}, .target = {}, .output = {}, .output_scope = root / "decoder" / "output"};
  switch (c.tying) {
    case Tying::none:
      result.source = source();
      result.target = target();
      result.output = output();
      break;
    case Tying::source_target:
      result.source = result.target = (root / "embedding").parameter("weight", source_shape, start);
      result.output = output();
      break;
    case Tying::target_output:
      result.source = source();
      result.target = result.output = target();
      result.output_scope = root / "decoder" / "embedding";
      break;
    case Tying::source_output:
      result.source = result.output = source();
      result.target = target();
      result.output_scope = root / "encoder" / "embedding";
      break;
    case Tying::all:
      result.source = result.target = result.output =
          (root / "embedding").parameter("weight", source_shape, start);
      result.output_scope = root / "embedding";
      break;
  }
  return result;
}

}  // namespace

Transformer::Transformer(const TransformerConfig& config, ParameterSource& source,
                         ParameterStore::Purpose purpose, const Preparation& preparation)
    : config_(config), store_(std::make_unique<ParameterStore>(source, purpose, preparation)) {
  validate(config);
  const ParameterScope root(*store_);
  const auto dropout = static_cast<float>(config.dropout);
  const auto positions = [&](std::string_view side) {
    return PositionalEncoding(root / side / "positions", config.positions, config.maximum_positions,
                              config.width);
  };
  const Tables shared = tables(root, config);
  encoder_.emplace(root / "encoder", config, Embedding(shared.source, positions("encoder"), dropout));
  const Linear output(shared.output_scope.prepared({"weight"}, shared.output),
                      (root / "decoder" / "output").parameter("bias", {config.target_vocabulary}, zeros()));
  decoder_.emplace(root / "decoder", config, Embedding(shared.target, positions("decoder"), dropout), output);
}

Variable Transformer::operator()(Pass& pass, std::span<const Index> source_tokens, const Segments& sources,
                                 std::span<const Index> target_tokens, const Segments& targets) const {
  return decoder_->projection()(before_projection(pass, source_tokens, sources, target_tokens, targets));
}

Variable Transformer::before_projection(Pass& pass, std::span<const Index> source_tokens,
                                        const Segments& sources, std::span<const Index> target_tokens,
                                        const Segments& targets) const {
  DecoderState state = decoder_->start((*encoder_)(pass, source_tokens, sources), sources);
  return decoder_->before_projection(pass, target_tokens, targets, state);
}

}  // namespace heed
