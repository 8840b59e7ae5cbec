#pragma once
#include "heed/model/tying.h"
#include "heed/nn/linear.h"

namespace heed {

struct TableSizes {
  Index source_vocabulary = 0, target_vocabulary = 0, width = 0;
};

/// What stands for tokens in an encoder-decoder, [vocabulary, width] each: the embeddings, and the weight of
/// the projection to logits. Those that are tied are the same variable, named after the first that uses it.
class TokenTables {
 public:
  TokenTables(const ParameterScope& root, const TableSizes& sizes, Tying tying);

  const Variable& source() const { return source_; }
  const Variable& target() const { return target_; }
  /// Of a vector of a token's width to logits; asks for its bias.
  Linear projection() const;

 private:
  ParameterScope root_, output_scope_;  // the latter: where `output` has its name
  Variable source_, target_, output_;
};

}  // namespace heed
