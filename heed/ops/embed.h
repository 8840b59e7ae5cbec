#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

/// What embed looks up besides the tokens' rows.
struct EmbedOptions {
  IndexList positions = {};      // each token's place in its sequence
  Variable position_table = {};  // [positions, width], learned or constant; absent: order is not told
  float scale = 1;               // of the token's row: sqrt(width) in section 3.4
  float dropout = 0;             // of the sum, in a training pass
  RowList row_names = {};        // see Variable::row_names
  std::function<void(const Tensor& gradient)> observe =
      {};  // told what reaches the sum, in the backward pass
};

/// dropout(scale * table[token] + position_table[position]) for every token. table [vocabulary, width]; gives
/// [tokens, width].
Variable embed(Pass& pass, const IndexList& tokens, const Variable& table, const EmbedOptions& options = {});

}  // namespace heed::ops
