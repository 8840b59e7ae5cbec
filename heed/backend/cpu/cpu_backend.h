#pragma once
#include "heed/backend/cpu/level.h"
#include "heed/backend/reference/reference_backend.h"

namespace heed {

/// The fast kernels for processors: vectorized for what the machine has, in all the threads that
/// base/parallel.h allows. In float32 every result is the same whatever the number of threads, and a row's
/// result does not depend on the other rows.
class CpuBackend final : public ReferenceBackend {
 public:
  explicit CpuBackend(CpuLevel level = best_cpu_level(), DataType products = DataType::float32);
  std::string_view name() const override { return name_; }

  Tensor prepack(const Tensor& weight, DataType type) override;
  Tensor prepack_for_pass(const Tensor& weight, Direction direction) override;
  void linear(const Tensor& x, const Tensor& weight, const Tensor& bias, Activation activation,
              const Tensor& y) override;
  void linear_backward_input(const Tensor& dy, const Tensor& weight, const Destination& dx) override;
  void linear_backward_weight(const Tensor& dy, const Tensor& x, const Destination& dweight,
                              const Destination& dbias) override;

  void attention(const Tensor& q, const Tensor& k, const Tensor& v, const AttentionShape& shape,
                 const Tensor& y) override;
  void attention_backward(const Tensor& q, const Tensor& k, const Tensor& v, const Tensor& y,
                          const AttentionShape& shape, const Tensor& dy, const Destination& dq,
                          const Destination& dk, const Destination& dv) override;
  void rotate(const Tensor& x, const PositionList& positions, const Rotary& rotary,
              Direction direction) override;

  void normalize(const Tensor& x, const Normalization& norm, const Tensor& y) override;
  void normalize_backward(const Tensor& x, const Normalization& norm, const Tensor& dy, const Destination& dx,
                          const Destination& dgain, const Destination& dbias) override;
  void add_normalize(const Tensor& a, const Tensor& b, const Dropout& dropout, const Normalization& norm,
                     const Tensor& sum, const Tensor& y) override;
  void add_normalize_backward(const Tensor& sum, const Normalization& norm, const Tensor& dy,
                              const Dropout& dropout, const Destination& db, const Destination& dgain,
                              const Destination& dbias) override;

  void recurrent_step(const RecurrentStep& step) override;
  void recurrent_step_backward(const RecurrentStep& step, const Tensor& dy, const Tensor& dcell_state,
                               const Tensor& dbefore) override;

  void embed(const IndexList& tokens, const IndexList& positions, const Tensor& table,
             const Tensor& position_table, float scale, const Dropout& dropout, const Tensor& y) override;
  void embed_backward(const IndexList& tokens, float scale, const Dropout& dropout, const Tensor& dy,
                      const Tensor& dtable) override;

  void activate(Activation activation, const Tensor& x, const Tensor& y) override;
  void activate_backward(Activation activation, const Tensor& x, const Tensor& dy,
                         const Destination& dx) override;
  void relu_backward(const Tensor& y, const Tensor& dy, float factor, const Destination& dx) override;
  void add(const Tensor& a, const Tensor& b, const Dropout& dropout, const Tensor& y) override;
  void accumulate(const Tensor& from, float factor, const Dropout& dropout, const Destination& into) override;
  void multiply(const Tensor& a, const Tensor& b, const Tensor& y) override;
  void accumulate_product(const Tensor& a, const Tensor& b, const Destination& into) override;
  void copy(const Tensor& from, const Tensor& to) override;
  void copy_rows(const Tensor& from, const IndexList& from_rows, const Tensor& to,
                 const IndexList& to_rows) override;

  void softmax(const Tensor& x, const Tensor& y) override;
  void softmax_backward(const Tensor& y, const Tensor& dy, const Destination& dx) override;
  void log_softmax(const Tensor& x, const Tensor& y) override;
  void cross_entropy(const Tensor& logits, const IndexList& targets, float smoothing, const Tensor& losses,
                     const Tensor& dlogits) override;
  void pointer_generator(const PointerGenerator& operands, const Tensor& y) override;
  void pointer_generator_backward(const PointerGenerator& operands, const Tensor& y, const Tensor& dy,
                                  const PointerGeneratorGradients& gradients) override;
  void top_log_probabilities(const Tensor& logits, const Tensor& values, const Tensor& columns) override;
  void linear_top_log_probabilities(const Tensor& x, const Tensor& weight, const Tensor& bias,
                                    const Tensor& values, const Tensor& columns) override;

  void adam(std::span<const AdamTensors> parameters, const AdamStep& step) override;
  void average_into(const Tensor& from, float weight, const Tensor& into) override;
  double squared_norm(std::span<const Tensor> all) override;

 private:
  const cpu::Kernels& kernels_;
  std::string name_;
};

/// One instance for each level and each type of products: float32 or bfloat16. They have no state.
Backend& cpu_backend(CpuLevel level, DataType products = DataType::float32);
/// That of the best level.
Backend& cpu_backend(DataType products = DataType::float32);

}  // namespace heed
