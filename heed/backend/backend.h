#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "heed/backend/destination.h"
#include "heed/backend/memory.h"
#include "heed/tensor/segments.h"
#include "heed/tensor/tensor.h"

namespace heed {

enum class Activation : std::uint8_t { none, relu, gelu, silu, tanh, gelu_tanh };

/// Numbers of rows, in any order and perhaps several times. Absent: the rows themselves, one after the other.
using RowList = IndexList;
/// The position of each row in its sequence, from 0.
using PositionList = IndexList;

/// Sets elements to zero with a probability and scales the others up (Srivastava et al., 2014). Which ones
/// follows from the key and the element's number alone, so the backward pass asks again instead of keeping a
/// mask.
struct Dropout {
  float probability = 0;  // 0: nothing is dropped
  std::array<std::uint32_t, 2> key{};
  std::uint64_t stream = 0;  // one for each use within a pass
  RowList rows = {};         // what each row counts as, wherever it lies; as many as there are rows

  explicit operator bool() const { return probability > 0; }
  /// The number of a row's first element. Those after it follow.
  Index first_element(Index row, Index width) const { return (rows ? rows[row] : row) * width; }
};

/// Which keys a query may look at: those of its own sequence and, if causal, none after itself. The last
/// query of a sequence stands at its last key.
struct AttentionShape {
  Index heads = 1;
  /// Fewer than heads: grouped-query attention (Ainslie et al., 2023). Query head h looks at key head
  /// h / (heads / key_value_heads). 0: as many as heads.
  Index key_value_heads = 0;
  bool causal = false;
  Segments queries, keys;  // as many of one as of the other
  RowList key_rows = {};   // if there, `keys` are segments of this list, which names the rows

  Index key_heads() const { return key_value_heads > 0 ? key_value_heads : heads; }
};

/// Which columns of a head turn together: i and i + half of them (Llama, GPT-NeoX), or 2i and 2i + 1 (the
/// paper, GPT-J).
enum class RotaryPairing : std::uint8_t { half_split, interleaved };

/// Rotary position embedding (Su et al., 2021): at position p, pair i of each head turns by the angle
/// p * rates[i], in float32 as Llama computes it. Columns of a head behind its pairs stay as they are.
struct Rotary {
  Index heads = 1;
  SharedList<float> rates;  // of each pair, in radians a position
  RotaryPairing pairing = RotaryPairing::half_split;
};

/// What the rows of `normalize` are brought to: mean 0 and variance 1 (Ba et al., 2016), or a mean square of
/// 1 (Zhang & Sennrich, 2019).
enum class NormKind : std::uint8_t { layer, rms };

/// How rows are normalized. layer: gain * (x - mean) / sqrt(variance + epsilon) + bias; rms: gain * x /
/// sqrt(mean square + epsilon).
struct Normalization {
  Tensor gain, bias = {};  // [width]; the bias may be absent, that of rms is
  NormKind kind = NormKind::layer;
  float epsilon = 1e-5f;
};

/// What a recurrent layer computes at each step: tanh (Elman, 1990), the gated recurrent unit (Cho et al.,
/// 2014, with the reset gate after the product, as in cuDNN), long short-term memory (Hochreiter &
/// Schmidhuber, 1997, with a forget gate).
enum class RecurrentCell : std::uint8_t { rnn, gru, lstm };

/// Blocks of `hidden` columns that a cell computes from its input and from its past. gru: reset, update,
/// candidate; lstm: input, forget, candidate, output.
constexpr Index gates_of(RecurrentCell cell) {
  return cell == RecurrentCell::rnn ? 1 : cell == RecurrentCell::gru ? 3 : 4;
}

/// One time step of several sequences, a row each.
struct RecurrentStep {
  RecurrentCell cell = RecurrentCell::rnn;
  Tensor input;      // [rows, gates * hidden], the input's share; not read in the backward pass
  Tensor recurrent;  // [rows, gates * hidden], the past's share
  Tensor gates;      // [rows, gates * hidden]: their values
  Tensor before, y;  // [rows, hidden]: the state before and after the step
  Tensor cell_state, next_cell_state;  // lstm alone, [rows, hidden]: c(t-1) and c(t)
};

/// One update of Adam (Kingma & Ba, 2015) with decoupled weight decay.
struct AdamStep {
  float learning_rate = 0, beta1 = 0.9f, beta2 = 0.98f, epsilon = 1e-9f, weight_decay = 0;
  float gradient_scale = 1;  // clipping and averaging, applied to the gradient first
  float mean_correction = 1, variance_correction = 1;  // 1 / (1 - beta^t)
};

/// A parameter, its gradient, and the moving averages of the gradient and of its square. All of one shape,
/// packed.
struct AdamTensors {
  Tensor parameter, gradient, mean, variance;
};

/// The operands of a pointer-generator (See et al., 2017, section 2.2): a distribution over classes that is
/// mixed with one over the classes of key rows, which attention points at.
struct PointerGenerator {
  Tensor logits;  // [query rows, classes]
  Tensor gates;   // [query rows, 1], as logits: sigmoid gives the share of the distribution that generates
  Tensor q, k;    // [query rows, width], [key rows, width]
  Segments queries, keys;  // as many of one as of the other; every query row lies in one sequence
  IndexList key_classes;   // of each key row
};

/// Of the same operands; absent where nobody asks.
struct PointerGeneratorGradients {
  Destination logits, gates, q, k;
};

/// The arithmetic that one device offers. Matrices are [rows, columns]; their rows may lie further apart than
/// they are wide, their columns may not. A result that is a Tensor is overwritten unless its formula says +=;
/// one that is a Destination is overwritten or added to, as that says: (+)=. An absent tensor as an optional
/// argument means: leave it out. The results of element-wise kernels may lie where one of their operands
/// does. Tensors lie in the backend's memory: whoever calls kernels makes, reads and writes them through what
/// it inherits from Memory.
class Backend : public Memory {
 public:
  virtual std::string_view name() const = 0;

  /// A weight [out, in] of float32 made ready for many products: what `linear` then takes instead of it. In
  /// bfloat16 the elements of weight and input are rounded to that; in int8 each row of either is divided by
  /// 1/127 of its largest magnitude and rounded to whole numbers. Sums are float32, of whole numbers exact.
  /// Takes no more memory than it needs: for a model's life.
  virtual Tensor prepack(const Tensor& weight, DataType type) = 0;
  enum class Direction { forward, backward };
  /// The same for the products of one pass, in the pool's memory and in the type that weights are multiplied
  /// in as they are. Forth: for `linear`; back: for `linear_backward_input`. The results are the same bytes.
  virtual Tensor prepack_for_pass(const Tensor& weight, Direction direction) = 0;

  // Products. x [rows, in], weight [out, in], bias [out] or absent, y [rows, out].
  /// y = activation(x weight^T + bias)
  virtual void linear(const Tensor& x, const Tensor& weight, const Tensor& bias, Activation activation,
                      const Tensor& y) = 0;
  /// dx (+)= dy weight
  virtual void linear_backward_input(const Tensor& dy, const Tensor& weight, const Destination& dx) = 0;
  /// dweight (+)= dy^T x, dbias (+)= column sums of dy (either may be absent)
  virtual void linear_backward_weight(const Tensor& dy, const Tensor& x, const Destination& dweight,
                                      const Destination& dbias) = 0;

  // Scaled dot-product attention of several heads, section 3.2. q, y [query rows, heads * head width], k, v
  // [key rows, key heads * head width]; head h has the columns from h * head width on.
  virtual void attention(const Tensor& q, const Tensor& k, const Tensor& v, const AttentionShape& shape,
                         const Tensor& y) = 0;
  /// y is what `attention` made. Weights are computed again: cheaper than keeping [heads, queries, keys].
  /// Rows of no sequence stay as they are; what sequences share, or a list names, must be added to.
  virtual void attention_backward(const Tensor& q, const Tensor& k, const Tensor& v, const Tensor& y,
                                  const AttentionShape& shape, const Tensor& dy, const Destination& dq,
                                  const Destination& dk, const Destination& dv) = 0;
  /// weights [sequences, heads, longest queries, longest keys], zero where a sequence is shorter. To look at,
  /// not to compute with.
  virtual void attention_weights(const Tensor& q, const Tensor& k, const AttentionShape& shape,
                                 const Tensor& weights) = 0;
  /// Turns each row of x [rows, heads * head width] to its position, in place; backward: by the opposite
  /// angles, which turns gradients back.
  virtual void rotate(const Tensor& x, const PositionList& positions, const Rotary& rotary,
                      Direction direction) = 0;

  // Normalization of each row. x, y [rows, width].
  virtual void normalize(const Tensor& x, const Normalization& norm, const Tensor& y) = 0;
  /// The bias itself is not read; dbias is absent where it is.
  virtual void normalize_backward(const Tensor& x, const Normalization& norm, const Tensor& dy,
                                  const Destination& dx, const Destination& dgain,
                                  const Destination& dbias) = 0;
  /// sum = a + dropout(b), y = its normalization.
  virtual void add_normalize(const Tensor& a, const Tensor& b, const Dropout& dropout,
                             const Normalization& norm, const Tensor& sum, const Tensor& y) = 0;
  /// dy becomes the gradient of the sum, in place; db (+)= dropout of that.
  virtual void add_normalize_backward(const Tensor& sum, const Normalization& norm, const Tensor& dy,
                                      const Dropout& dropout, const Destination& db, const Destination& dgain,
                                      const Destination& dbias) = 0;

  // Recurrent layers.
  /// From the shares of input and past: the gates, the state, and what the cells hold. The gates may lie
  /// where the input's share does.
  virtual void recurrent_step(const RecurrentStep& step) = 0;
  /// The gates become the gradient of the input's share. The past's share has the same, except gru's, whose
  /// `recurrent` becomes its gradient. dcell_state goes from the gradient of what is kept to that of what
  /// was, in place; dbefore += the share that does not go through the product (gru alone).
  virtual void recurrent_step_backward(const RecurrentStep& step, const Tensor& dy, const Tensor& dcell_state,
                                       const Tensor& dbefore) = 0;

  // Embedding. y[i] = dropout(scale * table[tokens[i]] + position_table[positions[i]]); the latter may be
  // absent.
  virtual void embed(const IndexList& tokens, const IndexList& positions, const Tensor& table,
                     const Tensor& position_table, float scale, const Dropout& dropout, const Tensor& y) = 0;
  /// dtable[tokens[i]] += scale * dropout(dy[i]): most rows stay as they are.
  virtual void embed_backward(const IndexList& tokens, float scale, const Dropout& dropout, const Tensor& dy,
                              const Tensor& dtable) = 0;

  // Element by element. All of one shape.
  virtual void activate(Activation activation, const Tensor& x, const Tensor& y) = 0;
  /// dx (+)= dy * activation'(x)
  virtual void activate_backward(Activation activation, const Tensor& x, const Tensor& dy,
                                 const Destination& dx) = 0;
  /// dx (+)= factor * dy where y > 0: the backward of relu from its result, or from what dropout left of it.
  virtual void relu_backward(const Tensor& y, const Tensor& dy, float factor, const Destination& dx) = 0;
  /// y = a + dropout(b)
  virtual void add(const Tensor& a, const Tensor& b, const Dropout& dropout, const Tensor& y) = 0;
  /// into (+)= factor * dropout(from)
  virtual void accumulate(const Tensor& from, float factor, const Dropout& dropout,
                          const Destination& into) = 0;
  /// y = a * b
  virtual void multiply(const Tensor& a, const Tensor& b, const Tensor& y) = 0;
  /// into (+)= a * b
  virtual void accumulate_product(const Tensor& a, const Tensor& b, const Destination& into) = 0;
  /// Converts between types, too.
  void copy(const Tensor& from, const Tensor& to) override = 0;
  /// to[to_rows[i]] = from[from_rows[i]]
  virtual void copy_rows(const Tensor& from, const IndexList& from_rows, const Tensor& to,
                         const IndexList& to_rows) = 0;

  // Probabilities over the columns of each row.
  virtual void softmax(const Tensor& x, const Tensor& y) = 0;
  virtual void softmax_backward(const Tensor& y, const Tensor& dy, const Destination& dx) = 0;
  virtual void log_softmax(const Tensor& x, const Tensor& y) = 0;
  /// losses[i] = cross-entropy of row i with a target that has 1 - smoothing on targets[i] and the rest
  /// spread evenly over all classes (section 5.4). losses [rows]. dlogits, if there, becomes d(sum of
  /// losses)/d(logits); it may be the logits' own memory.
  virtual void cross_entropy(const Tensor& logits, const IndexList& targets, float smoothing,
                             const Tensor& losses, const Tensor& dlogits) = 0;
  /// y[i, c] = log(g softmax(logits[i])[c] + (1 - g) sum of a[j] over the keys j of class c), where g =
  /// sigmoid(gates[i]) and a = softmax of q[i] . k[j] / sqrt(width) over the keys of i's sequence. y [query
  /// rows, classes].
  virtual void pointer_generator(const PointerGenerator& operands, const Tensor& y) = 0;
  virtual void pointer_generator_backward(const PointerGenerator& operands, const Tensor& y, const Tensor& dy,
                                          const PointerGeneratorGradients& gradients) = 0;
  /// The k largest log-probabilities of each row, largest first, ties by the lower column: values [rows, k]
  /// and columns [rows, k] of int32.
  virtual void top_log_probabilities(const Tensor& logits, const Tensor& values, const Tensor& columns) = 0;
  /// The same of the logits x weight^T + bias, which need not be written for it.
  virtual void linear_top_log_probabilities(const Tensor& x, const Tensor& weight, const Tensor& bias,
                                            const Tensor& values, const Tensor& columns) = 0;

  // Each sequence of rows to one row. x [rows, width], y [sequences, width]; no sequence is empty.
  /// The largest of each column, and the row that has it: winners [sequences, width] of int32. Ties: the
  /// first; what is no number counts as the largest.
  virtual void max_over_rows(const Tensor& x, const Segments& sequences, const Tensor& y,
                             const Tensor& winners) = 0;
  /// dx[winners[s, c], c] += dy[s, c]
  virtual void max_over_rows_backward(const Tensor& winners, const Tensor& dy, const Tensor& dx) = 0;
  virtual void mean_over_rows(const Tensor& x, const Segments& sequences, const Tensor& y) = 0;
  /// dx[r] += dy[s] / length of s, for every row r of sequence s
  virtual void mean_over_rows_backward(const Segments& sequences, const Tensor& dy, const Tensor& dx) = 0;

  /// total = sum of all elements of x, which is packed, added up one by one in double precision. total: one
  /// element.
  virtual void sum(const Tensor& x, const Tensor& total) = 0;

  // Optimization. Parameters are many and small: one call serves all.
  virtual void adam(std::span<const AdamTensors> parameters, const AdamStep& step) = 0;
  /// into = into + weight * (from - into)
  virtual void average_into(const Tensor& from, float weight, const Tensor& into) = 0;
  /// Of the numbers of all, which are packed.
  virtual double squared_norm(std::span<const Tensor> all) = 0;
};

}  // namespace heed
