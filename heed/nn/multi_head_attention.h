#pragma once
#include <optional>

#include "heed/nn/linear.h"
#include "heed/nn/rotary_embedding.h"
#include "heed/ops/attention.h"
#include "heed/ops/rotate.h"

namespace heed {

/// What queries look at, already projected: [rows, key heads * head width] each, with the place of each
/// sequence among the rows, or in the list of rows if there is one.
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

  struct Options {
    Index heads = 1;
    Index key_value_heads = 0;  // fewer than heads: they share (Ainslie et al., 2023); 0: as many
    bool biases = true;
    std::optional<RotaryOptions> rotary = {};  // in self-attention
  };

  /// ConfigError where width, heads and key_value_heads do not divide each other.
  MultiHeadAttention(const ParameterScope& scope, Index width, const Options& options, From from)
      : name_(scope.path()),
        widths_(widths(width, options)),
        projections_(projections(scope, widths_, options.biases, from)),
        output_(scope / "output", width, width, {.bias = options.biases}),
        heads_(options.heads),
        key_value_heads_(options.key_value_heads > 0 ? options.key_value_heads : options.heads) {
    if (options.rotary)
      rotary_ = rotary_embedding(*options.rotary, heads_ + key_value_heads_, width / heads_);
  }
  MultiHeadAttention(const ParameterScope& scope, Index width, Index heads, From from)
      : MultiHeadAttention(scope, width, Options{.heads = heads}, from) {}

  struct Projected {
    Variable queries;
    KeysValues keys_values;
  };

  /// Queries, keys and values of the same rows, in one product: self-attention. Rotary queries and keys are
  /// turned to `positions`, as many as rows; without rotary, these are not read.
  Projected project(const Variable& x, const Segments& segments, const PositionList& positions = {}) const {
    const Variable all = projections_.at(0)(x);
    const auto [queries, keys] = widths_;
    if (rotary_) ops::rotate_in_place(all.narrow(1, 0, queries + keys), positions, *rotary_);
    return {all.narrow(1, 0, queries),
            {all.narrow(1, queries, keys), all.narrow(1, queries + keys, keys), segments, {}}};
  }

  /// Keys and values of what other rows will look at: attention to the encoder output.
  KeysValues project_encoder_output(const Variable& encoder_output, const Segments& segments) const {
    const Variable both = projections_.at(1)(encoder_output);
    return {both.narrow(1, 0, widths_.keys), both.narrow(1, widths_.keys, widths_.keys), segments, {}};
  }
  Variable project_queries(const Variable& x) const { return projections_.at(0)(x); }

  enum class Mask { none, causal };

  /// What each query (in the sequences `queries`) draws from the keys and values of the sequence of the same
  /// number.
  Variable attend(const Variable& projected, const Segments& queries, const KeysValues& to, Mask mask) const {
    return output_(ops::attention(projected, to.keys, to.values,
                                  {.heads = heads_,
                                   .key_value_heads = key_value_heads_,
                                   .causal = mask == Mask::causal,
                                   .queries = queries,
                                   .keys = to.segments,
                                   .key_rows = to.rows},
                                  name_));
  }

 private:
  // Query, key and value start smaller than Glorot's rule says for each alone: they share one input.
  static constexpr float gain = 0.70710678f;

  /// Columns of the queries; of the keys, and of the values.
  struct Widths {
    Index queries, keys;
  };
  static Widths widths(Index width, const Options& options) {
    const Index heads = options.heads, shared = options.key_value_heads;
    require<ConfigError>(heads > 0 && width % heads == 0, "attention: width ", width,
                         " does not divide into ", heads, " heads");
    require<ConfigError>(shared >= 0 && (shared == 0 || heads % shared == 0), "attention: ", heads,
                         " heads do not share ", shared, " heads of keys and values evenly");
    return {width, shared > 0 ? width / heads * shared : width};
  }

  static std::vector<Linear> projections(const ParameterScope& scope, const Widths& widths, bool biases,
                                         From from) {
    const auto [queries, keys] = widths;
    const std::vector<std::string_view> weights{"query.weight", "key.weight", "value.weight"};
    const Variable weight = scope.stacked({{weights[0], {queries, queries}},
                                           {weights[1], {keys, queries}},
                                           {weights[2], {keys, queries}}},
                                          glorot(queries, queries, gain)),
                   bias = biases
                              ? scope.stacked(
                                    {{"query.bias", {queries}}, {"key.bias", {keys}}, {"value.bias", {keys}}},
                                    zeros())
                              : Variable();
    // Some of the three, which lie in these rows.
    const auto part = [&](Index first, Index count, Index row, Index rows) {
      const auto begin = weights.begin() + first;
      return Linear(scope.prepacked({begin, begin + count}, weight.narrow(0, row, rows)),
                    bias ? bias.narrow(0, row, rows) : Variable());
    };
    if (from == From::itself) return {part(0, 3, 0, queries + 2 * keys)};
    return {part(0, 1, 0, queries), part(1, 2, queries, 2 * keys)};
  }

  std::string name_;
  Widths widths_;
  std::vector<Linear> projections_;  // of query, key and value together; or of query, then key and value
  Linear output_;
  Index heads_, key_value_heads_;
  std::optional<Rotary> rotary_;  // of queries and keys, which lie side by side
};

}  // namespace heed
