#include "tests/backend/backends.h"

namespace heed {
namespace {

class Recurrent : public AgainstReference {
 protected:
  RecurrentStep random_step(RecurrentCell cell) {
    const Shape state{rows(), columns()}, gates{rows(), gates_of(cell) * columns()};
    RecurrentStep step;
    step.cell = cell;
    step.input = random(gates, 3), step.recurrent = random(gates, 3), step.gates = random(gates);
    step.before = random(state), step.y = random(state);
    if (cell == RecurrentCell::lstm) step.cell_state = random(state), step.next_cell_state = random(state);
    return step;
  }
  static RecurrentStep copy_of(RecurrentStep step) {
    for (Tensor* x : {&step.input, &step.recurrent, &step.gates, &step.before, &step.y, &step.cell_state,
                      &step.next_cell_state})
      if (*x) *x = x->clone();
    return step;
  }
};

INSTANTIATE_TEST_SUITE_P(All, Recurrent,
                         testing::Combine(testing::ValuesIn(cpu_backends()), any_threads,
                                          testing::Values(Size{1, 1}, Size{7, 33}, Size{65, 128})),
                         name_of_case);

// What tanh takes from the exponential near 0 is lost to the 1 that it stands beside: 1e-7, absolute.
constexpr float tolerance = 3e-6f;

TEST_P(Recurrent, a_step_and_the_way_back_match) {
  for (const RecurrentCell cell : {RecurrentCell::rnn, RecurrentCell::gru, RecurrentCell::lstm}) {
    const RecurrentStep given = random_step(cell), wanted = copy_of(given);
    fast().recurrent_step(given);
    slow().recurrent_step(wanted);
    expect_close(given.y, wanted.y, tolerance);
    expect_close(given.gates, wanted.gates, tolerance);
    if (given.next_cell_state) expect_close(given.next_cell_state, wanted.next_cell_state, tolerance);

    RecurrentStep in_place = copy_of(given);
    in_place.gates = in_place.input;
    fast().recurrent_step(in_place);
    expect_same(in_place.gates, given.gates);
    expect_same(in_place.y, given.y);

    const RecurrentStep back = copy_of(wanted);
    const Tensor dy = random(wanted.y.shape()), dcell_state = random(dy.shape()),
                 dbefore = random(dy.shape()), dmemory_wanted = dcell_state.clone(),
                 dbefore_wanted = dbefore.clone();
    fast().recurrent_step_backward(back, dy, dcell_state, dbefore);
    slow().recurrent_step_backward(wanted, dy, dmemory_wanted, dbefore_wanted);
    expect_close(back.gates, wanted.gates, tolerance);
    expect_close(back.recurrent, wanted.recurrent, tolerance);
    expect_close(dcell_state, dmemory_wanted, tolerance);
    expect_close(dbefore, dbefore_wanted, tolerance);
  }
}

TEST_P(Recurrent, gates_saturate_instead_of_overflowing) {
  for (const RecurrentCell cell : {RecurrentCell::rnn, RecurrentCell::gru, RecurrentCell::lstm}) {
    const RecurrentStep step = random_step(cell);
    for (Index i = 0; i < step.input.count(); ++i) step.input.data()[i] *= 1e30f;
    fast().recurrent_step(step);
    for (Index i = 0; i < step.y.count(); ++i) ASSERT_TRUE(std::isfinite(step.y.data()[i]));
    for (Index i = 0; i < step.gates.count(); ++i) ASSERT_LE(std::abs(step.gates.data()[i]), 1.0f);
  }
}

}  // namespace
}  // namespace heed
