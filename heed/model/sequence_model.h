#pragma once
#include <memory>
#include <span>

#include "heed/autograd/pass.h"
#include "heed/model/model_config.h"
#include "heed/nn/linear.h"

namespace heed {

/// What a decoder remembers between steps, for each sequence that it writes.
class DecodingState {
 public:
  virtual ~DecodingState() = default;
  virtual Index sequences() const = 0;
  /// Keeps the sequences with these numbers, in this order; one may be kept several times.
  virtual void keep(std::span<const Index> sequences) = 0;
};

/// Who looks at what.
enum class AttentionPlace { encoder, decoder, cross };

/// An encoder-decoder: all that training, search and the store of models need of one. Training is decoding
/// all positions in one step.
class SequenceModel {
 public:
  virtual ~SequenceModel() = default;

  /// Encodes sources, whose tokens lie as the segments say; nothing is written yet.
  virtual std::unique_ptr<DecodingState> start(Pass& pass, std::span<const Index> tokens,
                                               const Segments& sources) const = 0;
  /// Goes on with the tokens of each of the state's sequences: what the logits of the tokens after them are
  /// made of, [rows, width]. Training takes the projection and the loss as one, search the projection and
  /// the likeliest.
  virtual Variable decode(Pass& pass, std::span<const Index> tokens, const Segments& segments,
                          DecodingState& state) const = 0;
  virtual const Linear& projection() const = 0;

  /// Where the attention with this number, in the order of a pass through encoder and decoder, belongs.
  virtual AttentionPlace place_of_attention(Index number) const = 0;
  /// What tells the order of tokens, [positions, width]; absent if there is no such table.
  virtual Variable positions() const { return {}; }

  /// Logits for the token after each of the target's, given the whole target (BOS first): training's
  /// view.
  Variable operator()(Pass& pass, std::span<const Index> source_tokens, const Segments& sources,
                      std::span<const Index> target_tokens, const Segments& targets) const;
  /// The same, one step short of the logits: [target tokens, width].
  Variable before_projection(Pass& pass, std::span<const Index> source_tokens, const Segments& sources,
                             std::span<const Index> target_tokens, const Segments& targets) const;

  const ModelConfig& config() const { return config_; }
  ModelSizes sizes() const { return sizes_of(config_); }
  const ParameterStore& store() const { return *store_; }

 protected:
  SequenceModel(ModelConfig config, ParameterSource& source, ParameterStore::Purpose purpose,
                const Placement& placement);
  SequenceModel(SequenceModel&&) = default;

  ParameterScope root() const { return ParameterScope(*store_); }

 private:
  ModelConfig config_;
  std::unique_ptr<ParameterStore> store_;
};

}  // namespace heed
