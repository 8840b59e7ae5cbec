#include "heed/nn/multi_head_attention.h"

#include <array>

#include "heed/backend/reference/reference_backend.h"
#include "heed/ops/arithmetic.h"
#include "heed/ops/concat.h"
#include "heed/ops/matmul.h"
#include "heed/ops/softmax.h"
#include "tests/support/parameters.h"

namespace heed {
namespace {

class WithAttention : public testing::Test {
 protected:
  Variable linear(const std::string& name, const Variable& x) const {
    return ops::linear(x, parameter_of(store_, name + ".weight"), parameter_of(store_, name + ".bias"));
  }

  VariedParameters source_{1};
  ParameterStore store_{source_, ParameterStore::Purpose::inference};
  const MultiHeadAttention attention_{ParameterScope(store_), 6, 2, MultiHeadAttention::From::itself};
  Pass pass_ = Pass::inference(reference_backend());
  const Variable x_ = pass_.constant(random_tensor({4, 6}, 2));
};

Variable transposed(const Variable& x) {
  Tensor t({x.size(1), x.size(0)});
  const auto numbers = numbers_of(x.value());
  for (Index r = 0; r < x.size(0); ++r)
    for (Index c = 0; c < x.size(1); ++c)
      t.data()[c * x.size(0) + r] = numbers[static_cast<std::size_t>(r * x.size(1) + c)];
  return x.pass().constant(t);
}

TEST_F(WithAttention, is_the_output_projection_of_the_heads_side_by_side) {
  // Section 3.2.2, composed from plain operations: head i has columns 3i to 3i + 2.
  const Variable q = linear("query", x_), k = linear("key", x_), v = linear("value", x_);
  std::vector<Variable> heads;
  for (const Index column : {0, 3}) {
    const Variable scores = ops::matmul(q.narrow(1, column, 3), transposed(k.narrow(1, column, 3)));
    heads.push_back(ops::matmul(ops::softmax((1 / std::sqrt(3.0f)) * scores), v.narrow(1, column, 3)));
  }
  const Segments one = Segments::uniform(1, 4);
  const auto [queries, keys_values] = attention_.project(x_, one);
  const Variable y = attention_.attend(queries, one, keys_values, MultiHeadAttention::Mask::none);
  expect_close(y.value(), linear("output", ops::concat(heads)).value(), 1e-5);
}

TEST_F(WithAttention, projects_apart_as_together) {
  const Segments one = Segments::uniform(1, 4);
  ParameterStore store{source_, ParameterStore::Purpose::inference};
  const MultiHeadAttention to_memory{ParameterScope(store), 6, 2, MultiHeadAttention::From::encoder_output};
  const auto together = attention_.project(x_, one);
  const KeysValues apart = to_memory.project_encoder_output(x_, one);
  expect_close(to_memory.project_queries(x_).value(), together.queries.value(), 1e-6);
  expect_close(apart.keys.value(), together.keys_values.keys.value(), 1e-6);
  expect_close(apart.values.value(), together.keys_values.values.value(), 1e-6);
}

TEST_F(WithAttention, names_its_parameters) {
  EXPECT_EQ(names_of(store_),
            (std::vector<std::string>{"query.weight", "key.weight", "value.weight", "query.bias", "key.bias",
                                      "value.bias", "output.weight", "output.bias"}));
}

}  // namespace
}  // namespace heed
