#pragma once
#include "heed/nn/linear.h"
#include "heed/nn/token_batch.h"
#include "heed/ops/pointer_generator.h"

namespace heed {

/// The head of a pointer-generator (See et al., 2017): the next token is generated, or copied from the
/// source, where an attention of its own points. It works on what the logits are made of, which has seen the
/// source already, so the gate needs no other input. Source and target have one vocabulary.
class CopyHead {
 public:
  /// Rows of the encoder are `encoded` wide, those that logits are made of `width`.
  CopyHead(const ParameterScope& scope, Index encoded, Index width)
      : query_(scope / "query", width, width),
        key_(scope / "key", encoded, width),
        gate_(scope / "gate", width, 1) {}

  /// What can be copied from encoded sources.
  ops::PointedAt start(const Variable& encoded, const TokenBatch& sources) const {
    return {.keys = key_(encoded), .segments = sources.segments, .classes = sources.tokens};
  }
  /// Log-probabilities of the next token after each row; rows lie as `sequences` says.
  Variable operator()(const Variable& rows, const Linear& projection, const Segments& sequences,
                      const ops::PointedAt& source) const {
    return ops::pointer_generator(projection(rows), gate_(rows), query_(rows), sequences, source);
  }

 private:
  Linear query_, key_, gate_;
};

}  // namespace heed
