#include "heed/nn/recurrent_layer.h"

#include "tests/support/backends.h"
#include "tests/support/gradient_check.h"
#include "tests/support/parameters.h"

namespace heed {
namespace {

class RecurrentLayers : public OnEveryBackend {};
INSTANTIATE_TEST_SUITE_P(Backends, RecurrentLayers, every_backend(), backend_name);

TEST_P(RecurrentLayers, have_one_block_of_rows_for_each_gate) {
  VariedParameters source(1);
  ParameterStore store(source, ParameterStore::Purpose::inference);
  const RecurrentLayer layer(ParameterScope(store, "cell"), RecurrentCell::gru, 5, 3);
  EXPECT_EQ(names_of(store), (std::vector<std::string>{"cell.input.weight", "cell.input.bias",
                                                       "cell.recurrent.weight", "cell.recurrent.bias"}));
  EXPECT_EQ(parameter_of(store, "cell.input.weight").shape(), (Shape{9, 5}));
  EXPECT_EQ(parameter_of(store, "cell.recurrent.weight").shape(), (Shape{9, 3}));
}

TEST_P(RecurrentLayers, gradients_agree_with_difference_quotients_in_both_directions) {
  const Segments sequences = Segments::packed(std::vector<Index>{2, 4});
  for (const RecurrentCell cell : {RecurrentCell::rnn, RecurrentCell::gru, RecurrentCell::lstm}) {
    VariedParameters source(1);
    ParameterStore store(source, ParameterStore::Purpose::inference);
    const BidirectionalLayer layer(ParameterScope(store), cell, 5, 3);
    expect_gradients(backend(), {random_tensor({6, 5}, 1)},
                     [&](Pass&, const auto& in) { return layer(in[0], sequences); });
  }
}

TEST_P(RecurrentLayers, a_bidirectional_row_depends_on_the_whole_sequence_and_on_no_other) {
  VariedParameters source(1);
  ParameterStore store(source, ParameterStore::Purpose::inference);
  const BidirectionalLayer layer(ParameterScope(store), RecurrentCell::lstm, 5, 3);
  Pass pass = Pass::inference(backend());
  const Segments sequences = Segments::packed(std::vector<Index>{3, 2});
  const Tensor x = random_tensor({5, 5}, 1);
  const Tensor before = layer(pass.constant(x), sequences).value();
  x.data()[2 * 5] += 1;  // the last row of the first sequence
  const Tensor after = layer(pass.constant(x), sequences).value();
  EXPECT_NE(numbers_of(before.narrow(0, 0, 1)), numbers_of(after.narrow(0, 0, 1)));
  EXPECT_EQ(numbers_of(before.narrow(0, 3, 2)), numbers_of(after.narrow(0, 3, 2)));
}

}  // namespace
}  // namespace heed
