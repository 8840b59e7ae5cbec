#pragma once
#include "heed/nn/linear.h"
#include "heed/ops/attention.h"

namespace heed {

/// What queries look at, already projected: [rows, width] each, with the place of each sequence among the
/// rows.
struct KeysValues {
  Variable keys, values;
  Segments segments;
};

/// Multi-head attention, section 3.2.2. Projecting and attending are apart so that callers may keep keys and
/// values.
class MultiHeadAttention {
 public:
  MultiHeadAttention(const ParameterScope& scope, Index width, Index heads)
      : weight_(scope.stacked({"query.weight", "key.weight", "value.weight"}, {width, width},
                              glorot(width, width, gain))),
        bias_(scope.stacked({"query.bias", "key.bias", "value.bias"}, {width}, zeros())),
        output_(scope / "output", width, width),
        width_(width),
        heads_(heads) {}

  struct Projected {
    Variable queries;
    KeysValues keys_values;
  };

  /// Queries, keys and values of the same rows, in one product: self-attention.
  Projected project(const Variable& x, const Segments& segments) const {
    const Variable all = ops::linear(x, weight_, bias_);
    return {all.narrow(1, 0, width_),
            {all.narrow(1, width_, width_), all.narrow(1, 2 * width_, width_), segments}};
  }

  /// Keys and values of what other rows will look at: attention to a memory.
  KeysValues project_memory(const Variable& memory, const Segments& segments) const {
    const Variable both =
        ops::linear(memory, weight_.narrow(0, width_, 2 * width_), bias_.narrow(0, width_, 2 * width_));
    return {both.narrow(1, 0, width_), both.narrow(1, width_, width_), segments};
  }
  Variable project_queries(const Variable& x) const {
    return ops::linear(x, weight_.narrow(0, 0, width_), bias_.narrow(0, 0, width_));
  }

  enum class Mask { none, causal };

  /// What each query (in the sequences `queries`) draws from the keys and values of the sequence of the same
  /// number.
  Variable attend(const Variable& projected, const Segments& queries, const KeysValues& to, Mask mask) const {
    return output_(ops::attention(
        projected, to.keys, to.values,
        {.heads = heads_, .causal = mask == Mask::causal, .queries = queries, .keys = to.segments}));
  }

 private:
  // Query, key and value start smaller than Glorot's rule says for each alone: they share one input.
  static constexpr float gain = 0.70710678f;

  Variable weight_, bias_;  // [3 * width, width], [3 * width]: query, key, value
  Linear output_;
  Index width_, heads_;
};

}  // namespace heed
