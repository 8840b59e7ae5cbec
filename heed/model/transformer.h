#pragma once
#include <memory>

#include "heed/model/decoder.h"
#include "heed/model/encoder.h"

namespace heed {

/// The encoder-decoder Transformer of "Attention Is All You Need".
class Transformer {
 public:
  Transformer(const TransformerConfig& config, ParameterSource& source, ParameterStore::Purpose purpose,
              const Preparation& preparation = {});

  /// Logits for the token after each of the target's, given the whole target (begin mark first): training's
  /// view.
  Variable operator()(Pass& pass, std::span<const Index> source_tokens, const Segments& sources,
                      std::span<const Index> target_tokens, const Segments& targets) const;
  /// The same, one step short of the logits: [target tokens, width].
  Variable before_projection(Pass& pass, std::span<const Index> source_tokens, const Segments& sources,
                             std::span<const Index> target_tokens, const Segments& targets) const;

  const TransformerConfig& config() const { return config_; }
  const Encoder& encoder() const { return *encoder_; }
  const Decoder& decoder() const { return *decoder_; }
  const ParameterStore& store() const { return *store_; }

 private:
  TransformerConfig config_;
  std::unique_ptr<ParameterStore> store_;
  std::optional<Encoder> encoder_;
  std::optional<Decoder> decoder_;
};

}  // namespace heed
