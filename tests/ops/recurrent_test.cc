#include "heed/ops/recurrent.h"

#include "heed/ops/arithmetic.h"
#include "heed/ops/gather_rows.h"
#include "heed/ops/time_steps.h"
#include "tests/support/backends.h"
#include "tests/support/gradient_check.h"

namespace heed {
namespace {

using ops::Direction;

/// Over sequences that lie one after the other.
ops::RecurrentStates over(const Variable& inputs, const Segments& sequences, Direction direction,
                          const ops::Recurrence& recurrence, const ops::RecurrentStart& start = {}) {
  const ops::TimeSteps time(sequences, direction);
  const auto taken = [](const Variable& x, const std::vector<Index>& rows) {
    return x ? ops::gather_rows(x, rows) : x;
  };
  const std::vector<Index> places = time.places(inputs.size(0));
  const ops::RecurrentStates states =
      ops::recurrent(taken(inputs, time.rows), time.steps, recurrence,
                     {taken(start.hidden, time.order), taken(start.cell_state, time.order)});
  return {taken(states.hidden, places), taken(states.cell_state, places)};
}

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
      expect_gradients(backend(), inputs, [&](Pass& pass, const auto& in) {
        const Variable cell_state = in.size() > 4 ? in[4] : Variable();
        return over(in[0], ragged, direction, {pass, cell, in[1], in[2]}, {in[3], cell_state}).hidden;
      });
    }
}

TEST_P(RecurrentOperation, gradients_flow_through_the_memory) {
  const Segments ragged(std::vector<Segment>{{4, 2}, {0, 4}, {6, 3}});
  const std::vector<Tensor> inputs = random_inputs(RecurrentCell::lstm, 9, 3);
  for (const bool alone : {true, false})
    expect_gradients(backend(), inputs, [&](Pass& pass, const auto& in) {
      const auto states = over(in[0], ragged, Direction::backwards, {pass, RecurrentCell::lstm, in[1], in[2]},
                               {in[3], in[4]});
      return alone ? states.cell_state : states.hidden * states.cell_state;
    });
}

TEST_P(RecurrentOperation, one_unit_computes_what_the_papers_say) {
  Pass pass = Pass::inference(backend());
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
    return over(inputs, one, Direction::forwards, {pass, cell, ones({width, 1})},
                {hidden_before, memory_before});
  };
  const float half = std::tanh(0.5f), gate = 1 / (1 + std::exp(-0.5f));
  EXPECT_NEAR(state(RecurrentCell::rnn).hidden.value().data()[0], half, 1e-6f);
  EXPECT_NEAR(state(RecurrentCell::gru).hidden.value().data()[0],
              (1 - gate) * std::tanh(gate * 0.5f) + gate * 0.5f, 1e-6f);
  EXPECT_NEAR(state(RecurrentCell::lstm).cell_state.value().data()[0], gate * 2 + gate * half, 1e-6f);
  EXPECT_NEAR(state(RecurrentCell::lstm).hidden.value().data()[0], gate * std::tanh(gate * 2 + gate * half),
              1e-6f);
}

TEST_P(RecurrentOperation, a_sequence_does_not_see_its_neighbors) {
  Pass pass = Pass::inference(backend());
  for (const RecurrentCell cell : cells) {
    const std::vector<Tensor> in = random_inputs(cell, 7, 3);
    const ops::Recurrence recurrence{pass, cell, pass.constant(in[1]), pass.constant(in[2])};
    const Segments all = Segments::packed(std::vector<Index>{2, 4, 1});
    const Variable inputs = pass.constant(in[0]);
    const Tensor together = over(inputs, all, Direction::backwards, recurrence).hidden.value();
    for (const Segment& each : all) {
      const Tensor alone = over(inputs.narrow(0, each.start, each.length), Segments::uniform(1, each.length),
                                Direction::backwards, recurrence)
                               .hidden.value();
      EXPECT_EQ(numbers_of(alone), numbers_of(together.narrow(0, each.start, each.length)));
    }
  }
}

TEST_P(RecurrentOperation, goes_on_from_where_it_stopped) {
  Pass pass = Pass::inference(backend());
  for (const RecurrentCell cell : cells) {
    const std::vector<Tensor> in = random_inputs(cell, 5, 1);
    const ops::Recurrence recurrence{pass, cell, pass.constant(in[1]), pass.constant(in[2])};
    const Variable inputs = pass.constant(in[0]);
    const auto whole = over(inputs, Segments::uniform(1, 5), Direction::forwards, recurrence);
    const auto start = over(inputs.narrow(0, 0, 3), Segments::uniform(1, 3), Direction::forwards, recurrence);
    const Variable cell_state = start.cell_state ? start.cell_state.narrow(0, 2, 1) : Variable();
    const auto rest = over(inputs.narrow(0, 3, 2), Segments::uniform(1, 2), Direction::forwards, recurrence,
                           {start.hidden.narrow(0, 2, 1), cell_state});
    EXPECT_EQ(numbers_of(rest.hidden.value()), numbers_of(whole.hidden.value().narrow(0, 3, 2)));
  }
}

TEST_P(RecurrentOperation, one_recurrence_serves_several_calls) {
  const std::vector<Tensor> inputs = random_inputs(RecurrentCell::gru, 4, 2);
  expect_gradients(backend(), {inputs.begin(), inputs.end() - 1}, [&](Pass& pass, const auto& in) {
    const ops::Recurrence recurrence(pass, RecurrentCell::gru, in[1], in[2]);
    const Segment step{0, 2};
    const auto at = [&](Index row, const Variable& before) {
      return ops::recurrent(in[0].narrow(0, row, 2), std::span(&step, 1), recurrence, {before, {}}).hidden;
    };
    return at(2, at(0, in[3]));
  });
}

TEST_P(RecurrentOperation, no_sequence_at_all_is_fine) {
  Pass pass = Pass::inference(backend());
  const std::vector<Tensor> in = random_inputs(RecurrentCell::lstm, 0, 0);
  const ops::Recurrence recurrence{pass, RecurrentCell::lstm, pass.constant(in[1]), pass.constant(in[2])};
  const auto states = over(pass.constant(in[0]), Segments(), Direction::forwards, recurrence);
  EXPECT_EQ(states.hidden.shape(), (Shape{0, hidden}));
  EXPECT_EQ(states.cell_state.shape(), (Shape{0, hidden}));
}

TEST_P(RecurrentOperation, says_what_does_not_fit) {
  Pass pass = Pass::inference(backend());
  const auto zeros_of = [&](const Shape& shape) { return pass.constant(Tensor::zeros(shape)); };
  const auto message = [&](const Shape& inputs, const Shape& weight, const std::vector<Segment>& steps) {
    return message_of<ShapeError>([&] {
      ops::recurrent(zeros_of(inputs), steps, {pass, RecurrentCell::lstm, zeros_of(weight)});
    });
  };
  EXPECT_EQ(message({2, 8}, {6, 2}, {{0, 2}}),
            "recurrent: a weight of shape [6, 2] where [8, 2] was expected");
  EXPECT_EQ(message({2, 6}, {8, 2}, {{0, 2}}), "recurrent: inputs of shape [2, 6] meet gates of width 8");
  EXPECT_EQ(message({2, 8}, {8, 2}, {{0, 2}, {2, 1}}), "recurrent: steps of 3 rows in an input of 2");
  EXPECT_EQ(message({3, 8}, {8, 2}, {{0, 1}, {1, 2}}),
            "recurrent: a step of 2 rows from row 1 on follows one of 1 that ends before row 1");
  EXPECT_EQ(message_of<ShapeError>([] {
              ops::TimeSteps(Segments(std::vector<Segment>{{1, 2}})).places(3);
            }),
            "time steps: sequences of 2 rows meet 3");
}

}  // namespace
}  // namespace heed
