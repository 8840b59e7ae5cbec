#pragma once
#include "heed/nn/linear.h"
#include "heed/ops/attention.h"

namespace heed {

/// What queries look at, already projected: [rows, width] each, with the place of each sequence among the
/// rows, or in the list of rows if there is one.
struct KeysValues {
  Variable keys, values;
  Segments segments;
  RowList rows = {};
};

/// Multi-head attention, section 3.2.2. Projecting and attending are apart so that callers may keep keys and
/// values.
class MultiHeadAttention {
 public:
  /// Where queries, keys and values come from: the same rows, or queries from some and the rest from others.
  enum class From { itself, encoder_output };

  MultiHeadAttention(const ParameterScope& scope, Index width, Index heads, From from)
      : name_(scope.path()),
        projections_(projections(scope, width, from)),
        output_(scope / "output", width, width),
        width_(width),
        heads_(heads) {}

  struct Projected {
    Variable queries;
    KeysValues keys_values;
  };

  /// Queries, keys and values of the same rows, in one product: self-attention.
  Projected project(const Variable& x, const Segments& segments) const {
    const Variable all = projections_.at(0)(x);
    return {all.narrow(1, 0, width_),
            {all.narrow(1, width_, width_), all.narrow(1, 2 * width_, width_), segments, {}}};
  }

  /// Keys and values of what other rows will look at: attention to the encoder output.
  KeysValues project_encoder_output(const Variable& encoder_output, const Segments& segments) const {
    const Variable both = projections_.at(1)(encoder_output);
    return {both.narrow(1, 0, width_), both.narrow(1, width_, width_), segments, {}};
  }
  Variable project_queries(const Variable& x) const { return projections_.at(0)(x); }

  enum class Mask { none, causal };

  /// What each query (in the sequences `queries`) draws from the keys and values of the sequence of the same
  /// number.
  Variable attend(const Variable& projected, const Segments& queries, const KeysValues& to, Mask mask) const {
    return output_(ops::attention(projected, to.keys, to.values,
                                  {.heads = heads_,
                                   .causal = mask == Mask::causal,
                                   .queries = queries,
                                   .keys = to.segments,
                                   .key_rows = to.rows},
                                  name_));
  }

 private:
  // Query, key and value start smaller than Glorot's rule says for each alone: they share one input.
  static constexpr float gain = 0.70710678f;

  static std::vector<Linear> projections(const ParameterScope& scope, Index width, From from) {
    const std::vector<std::string_view> weights{"query.weight", "key.weight", "value.weight"};
    const Variable weight = scope.stacked(weights, {width, width}, glorot(width, width, gain)),
                   bias = scope.stacked({"query.bias", "key.bias", "value.bias"}, {width}, zeros());
    const auto part = [&](Index first, Index count) {
      const auto begin = weights.begin() + first;
      return Linear(scope.prepacked({begin, begin + count}, weight.narrow(0, first * width, count * width)),
                    bias.narrow(0, first * width, count * width));
    };
    if (from == From::itself) return {part(0, 3)};
    return {part(0, 1), part(1, 2)};
  }

  std::string name_;
  std::vector<Linear> projections_;  // of query, key and value together; or of query, then key and value
  Linear output_;
  Index width_, heads_;
};

}  // namespace heed
