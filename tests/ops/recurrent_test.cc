#include "heed/ops/recurrent.h"

#include "heed/ops/arithmetic.h"
#include "tests/support/backends.h"
#include "tests/support/gradient_check.h"

namespace heed {
namespace {

using ops::Direction;

class RecurrentOperation : public OnEveryBackend {
 protected:
  static constexpr Index hidden = 3;
  static constexpr RecurrentCell cells[] = {RecurrentCell::rnn, RecurrentCell::gru, RecurrentCell::lstm};

  /// inputs, weight, bias, first states and first memories of sequences with `rows` rows in all.
  static std::vector<Tensor> random_inputs(RecurrentCell cell, Index rows, Index sequences) {
    const Index width = gates_of(cell) * hidden;
    return {random_tensor({rows, width}, 1), random_tensor({width, hidden}, 2, 0.5f),
            random_tensor({width}, 3), random_tensor({sequences, hidden}, 4),
            random_tensor({sequences, hidden}, 5)};
  }
};
INSTANTIATE_TEST_SUITE_P(Backends, RecurrentOperation, every_backend(), backend_name);

TEST_P(RecurrentOperation, gradients_agree_with_difference_quotients) {
  const Segments ragged(std::vector<Segment>{{4, 2}, {0, 4}, {6, 0}, {6, 3}});
  for (const RecurrentCell cell : cells)
    for (const Direction direction : {Direction::forwards, Direction::backwards}) {
      std::vector<Tensor> inputs = random_inputs(cell, 9, 4);
      if (cell != RecurrentCell::lstm) inputs.pop_back();
      expect_gradients(kernels(), inputs, [&](Pass&, const auto& in) {
        const Variable memory = in.size() > 4 ? in[4] : Variable();
        return ops::recurrent(in[0], ragged, direction, {cell, in[1], in[2]}, {in[3], memory}).hidden;
      });
    }
}

TEST_P(RecurrentOperation, gradients_flow_through_the_memory) {
  const Segments ragged(std::vector<Segment>{{4, 2}, {0, 4}, {6, 3}});
  const std::vector<Tensor> inputs = random_inputs(RecurrentCell::lstm, 9, 3);
  for (const bool alone : {true, false})
    expect_gradients(kernels(), inputs, [&](Pass&, const auto& in) {
      const auto states = ops::recurrent(in[0], ragged, Direction::backwards,
                                         {RecurrentCell::lstm, in[1], in[2]}, {in[3], in[4]});
      return alone ? states.memory : states.hidden * states.memory;
    });
}

TEST_P(RecurrentOperation, one_unit_computes_what_the_papers_say) {
  Pass pass = Pass::inference(kernels());
  const Segments one = Segments::uniform(1, 1);
  const Variable hidden_before = pass.constant(tensor_of({1, 1}, {0.5f})),
                 memory_before = pass.constant(tensor_of({1, 1}, {2}));
  const auto ones = [&](const Shape& shape) {
    Tensor x(shape);
    std::fill_n(x.data(), x.count(), 1.0f);
    return pass.constant(x);
  };
  const auto state = [&](RecurrentCell cell) {
    const Index width = gates_of(cell);
    const Variable inputs = pass.constant(Tensor::zeros({1, width}));
    return ops::recurrent(inputs, one, Direction::forwards, {cell, ones({width, 1}), {}},
                          {hidden_before, memory_before});
  };
  const float half = std::tanh(0.5f), gate = 1 / (1 + std::exp(-0.5f));
  EXPECT_NEAR(state(RecurrentCell::rnn).hidden.value().data()[0], half, 1e-6f);
  EXPECT_NEAR(state(RecurrentCell::gru).hidden.value().data()[0],
              (1 - gate) * std::tanh(gate * 0.5f) + gate * 0.5f, 1e-6f);
  EXPECT_NEAR(state(RecurrentCell::lstm).memory.value().data()[0], gate * 2 + gate * half, 1e-6f);
  EXPECT_NEAR(state(RecurrentCell::lstm).hidden.value().data()[0], gate * std::tanh(gate * 2 + gate * half),
              1e-6f);
}

TEST_P(RecurrentOperation, a_sequence_does_not_see_its_neighbours) {
  Pass pass = Pass::inference(kernels());
  for (const RecurrentCell cell : cells) {
    const std::vector<Tensor> in = random_inputs(cell, 7, 3);
    const ops::Recurrence recurrence{cell, pass.constant(in[1]), pass.constant(in[2])};
    const Segments all = Segments::packed(std::vector<Index>{2, 4, 1});
    const Variable inputs = pass.constant(in[0]);
    const Tensor together = ops::recurrent(inputs, all, Direction::backwards, recurrence).hidden.value();
    for (const Segment& each : all) {
      const Tensor alone = ops::recurrent(inputs.narrow(0, each.start, each.length),
                                          Segments::uniform(1, each.length), Direction::backwards, recurrence)
                               .hidden.value();
      EXPECT_EQ(numbers_of(alone), numbers_of(together.narrow(0, each.start, each.length)));
    }
  }
}

TEST_P(RecurrentOperation, goes_on_from_where_it_stopped) {
  Pass pass = Pass::inference(kernels());
  for (const RecurrentCell cell : cells) {
    const std::vector<Tensor> in = random_inputs(cell, 5, 1);
    const ops::Recurrence recurrence{cell, pass.constant(in[1]), pass.constant(in[2])};
    const Variable inputs = pass.constant(in[0]);
    const auto whole = ops::recurrent(inputs, Segments::uniform(1, 5), Direction::forwards, recurrence);
    const auto start =
        ops::recurrent(inputs.narrow(0, 0, 3), Segments::uniform(1, 3), Direction::forwards, recurrence);
    const Variable memory = start.memory ? start.memory.narrow(0, 2, 1) : Variable();
    const auto rest = ops::recurrent(inputs.narrow(0, 3, 2), Segments::uniform(1, 2), Direction::forwards,
                                     recurrence, {start.hidden.narrow(0, 2, 1), memory});
    EXPECT_EQ(numbers_of(rest.hidden.value()), numbers_of(whole.hidden.value().narrow(0, 3, 2)));
  }
}

TEST_P(RecurrentOperation, rows_of_no_sequence_are_zero_and_no_sequence_at_all_is_fine) {
  Pass pass = Pass::inference(kernels());
  const std::vector<Tensor> in = random_inputs(RecurrentCell::gru, 3, 1);
  const ops::Recurrence recurrence{RecurrentCell::gru, pass.constant(in[1]), pass.constant(in[2])};
  const auto hidden_of = [&](const Segments& sequences) {
    return ops::recurrent(pass.constant(in[0]), sequences, Direction::forwards, recurrence).hidden.value();
  };
  const std::vector<float> nothing(hidden, 0.0f);
  EXPECT_EQ(numbers_of(hidden_of(Segments(std::vector<Segment>{{1, 2}})).narrow(0, 0, 1)), nothing);
  EXPECT_EQ(numbers_of(hidden_of(Segments())), std::vector<float>(3 * hidden, 0.0f));
}

TEST_P(RecurrentOperation, says_what_does_not_fit) {
  Pass pass = Pass::inference(kernels());
  const auto zeros_of = [&](const Shape& shape) { return pass.constant(Tensor::zeros(shape)); };
  const auto message = [&](const Shape& inputs, const Shape& weight, Index length) {
    return message_of<ShapeError>([&] {
      ops::recurrent(zeros_of(inputs), Segments::uniform(1, length), Direction::forwards,
                     {RecurrentCell::lstm, zeros_of(weight), {}});
    });
  };
  EXPECT_EQ(message({2, 8}, {6, 2}, 2), "recurrent: a weight of shape [6, 2] where [8, 2] was expected");
  EXPECT_EQ(message({2, 6}, {8, 2}, 2), "recurrent: inputs of shape [2, 6] meet gates of width 8");
  EXPECT_EQ(message({2, 8}, {8, 2}, 3), "recurrent: sequences of 3 rows in an input of 2");
}

}  // namespace
}  // namespace heed
