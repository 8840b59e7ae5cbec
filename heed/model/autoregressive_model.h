#pragma once
#include <memory>
#include <span>

#include "heed/model/model.h"
#include "heed/nn/linear.h"
#include "heed/nn/token_batch.h"

namespace heed {

/// What a decoder remembers between steps, for each sequence that it writes.
class DecodingState {
 public:
  virtual ~DecodingState() = default;
  virtual Index sequences() const = 0;
  /// Keeps the sequences with these numbers, in this order; one may be kept several times.
  virtual void keep(std::span<const Index> sequences) = 0;
};

/// A model that predicts the next token: all that search needs of one. Training is decoding all positions in
/// one step.
class AutoregressiveModel : public Model {
 public:
  /// Goes on with the tokens of each of the state's sequences: what the logits of the tokens after them are
  /// made of, [rows, width]. Training takes the projection and the loss as one, search the projection and
  /// its top-k.
  virtual Variable decode(Pass& pass, const TokenBatch& tokens, DecodingState& state) const = 0;
  virtual const Linear& projection() const = 0;

 protected:
  using Model::Model;
};

}  // namespace heed
