#include "heed/ops/recurrent.h"

#include <numeric>

#include "heed/ops/time_steps.h"

namespace heed::ops {

namespace {

Tensor start_of(Backend& backend, const Variable& start, Index sequences, Index hidden) {
  return start ? start.value() : backend.zeros({sequences, hidden});
}

/// Everything that the steps compute.
struct Unrolled {
  RecurrentCell cell;
  std::vector<Segment> steps;
  Tensor inputs, gates, recurrent, y, next_cell_state;
  Tensor first, first_memory;

  RecurrentStep at(std::size_t t) const {
    const auto [start, count] = steps[t];
    const auto now = [start = start, count = count](const Tensor& x) {
      return x ? x.narrow(0, start, count) : x;
    };
    const auto past = [&, count = count](const Tensor& x, const Tensor& at_first) {
      return t == 0 ? (at_first ? at_first.narrow(0, 0, count) : at_first)
                    : (x ? x.narrow(0, steps[t - 1].start, count) : x);
    };
    return {.cell = cell,
            .input = now(inputs),
            .recurrent = now(recurrent),
            .gates = now(gates),
            .before = past(y, first),
            .y = now(y),
            .cell_state = past(next_cell_state, first_memory),
            .next_cell_state = now(next_cell_state)};
  }

  /// The state before each step, one below the other.
  Tensor before(Backend& backend) const {
    const Tensor all = backend.empty(y.shape());
    const Index begun = steps[0].length;
    backend.copy(first.narrow(0, 0, begun), all.narrow(0, 0, begun));
    std::vector<Index> from, to;
    for (std::size_t t = 1; t < steps.size(); ++t)
      for (Index i = 0; i < steps[t].length; ++i) {
        from.push_back(steps[t - 1].start + i);
        to.push_back(steps[t].start + i);
      }
    backend.copy_rows(y, std::move(from), all, std::move(to));
    return all;
  }
};

void check(const Variable& inputs, std::span<const Segment> steps, const Recurrence& recurrence,
           const RecurrentStart& start) {
  const Index hidden = recurrence.weight.size(1), width = gates_of(recurrence.cell) * hidden;
  require<ShapeError>(inputs.value().rank() == 2 && inputs.size(1) == width, "recurrent: inputs of shape ",
                      inputs.shape(), " meet gates of width ", width);
  const Index sequences = steps.empty() ? 0 : steps[0].length;
  Index rows = 0, running = sequences;
  for (const auto& [first, length] : steps) {
    require<ShapeError>(first == rows && length > 0 && length <= running, "recurrent: a step of ", length,
                        " rows from row ", first, " on follows one of ", running, " that ends before row ",
                        rows);
    rows += running = length;
  }
  require<ShapeError>(rows == inputs.size(0), "recurrent: steps of ", rows, " rows in an input of ",
                      inputs.size(0));
  for (const Variable* state : {&start.hidden, &start.cell_state})
    require<ShapeError>(!*state || (state->size(0) >= sequences && state->size(1) == hidden),
                        "recurrent: a first state of shape ", state->shape(), " where ",
                        Shape{sequences, hidden}, " was expected");
}

void leave_all(Backend& backend, const Variable& x, const Tensor& gradient) {
  if (x.needs_gradient() && !x.adopt_gradient(gradient)) backend.accumulate(gradient, 1, {}, x.destination());
}

}  // namespace

Recurrence::Recurrence(Pass& pass, RecurrentCell kind, const Variable& weights, const Variable& biases)
    : cell(kind), weight(weights), bias(biases) {
  const Index hidden = weight.size(1), width = gates_of(cell) * hidden;
  require<ShapeError>(weight.size(0) == width, "recurrent: a weight of shape ", weight.shape(), " where ",
                      Shape{width, hidden}, " was expected");
  require<ShapeError>(!bias || bias.shape() == Shape{width}, "recurrent: a bias of shape ", bias.shape(),
                      " meets gates of width ", width);
  Backend& backend = pass.backend();
  // The model may have been opened with prepared weights.
  const bool rows = weight.value().layout() == Layout::rows;
  forth = rows ? backend.prepack_for_pass(weight.value(), Backend::Direction::forward) : weight.value();
  if (pass.recording()) back = backend.prepack_for_pass(weight.value(), Backend::Direction::backward);
}

RecurrentStates recurrent(const Variable& inputs, std::span<const Segment> steps,
                          const Recurrence& recurrence, const RecurrentStart& start) {
  check(inputs, steps, recurrence, start);
  const auto& [cell, weight, bias, forth, back_weight] = recurrence;
  Pass& pass = inputs.pass();
  Backend& backend = pass.backend();
  const Index hidden = weight.size(1), count = inputs.size(0);
  const bool lstm = cell == RecurrentCell::lstm;
  if (count == 0) {
    const Variable none = pass.constant(backend.empty({0, hidden}));
    return {none, lstm ? none : Variable()};
  }

  const Index sequences = steps[0].length;
  Unrolled unrolled{.cell = cell,
                    .steps = {steps.begin(), steps.end()},
                    .inputs = inputs.value(),
                    .gates = backend.empty(inputs.shape()),
                    .recurrent = backend.empty({count, weight.size(0)}),
                    .y = backend.empty({count, hidden}),
                    .next_cell_state = lstm ? backend.empty({count, hidden}) : Tensor(),
                    .first = start_of(backend, start.hidden, sequences, hidden),
                    .first_memory = lstm ? start_of(backend, start.cell_state, sequences, hidden) : Tensor()};
  for (std::size_t t = 0; t < steps.size(); ++t) {
    const RecurrentStep step = unrolled.at(t);
    backend.linear(step.before, forth, bias.value(), Activation::none, step.recurrent);
    backend.recurrent_step(step);
  }
  // The past's share is read again by gru alone, the input's by none.
  unrolled.inputs = Tensor();
  if (cell != RecurrentCell::gru) unrolled.recurrent = Tensor();
  if (!pass.recording())
    return {pass.constant(unrolled.y), lstm ? pass.constant(unrolled.next_cell_state) : Variable()};
  // Two results, one backward step: the cell state's gradient waits here for it.
  const auto dkept = std::make_shared<Tensor>();
  const auto back = [&backend, dkept, inputs = inputs.without_value(), weight = weight.without_value(),
                     bias = bias.without_value(), packed = back_weight,
                     hidden_start = start.hidden.without_value(),
                     memory_start = start.cell_state.without_value(), unrolled](const Tensor& dy) {
    const std::vector<Segment>& times = unrolled.steps;
    const Tensor dfirst = backend.zeros(unrolled.first.shape());
    const Tensor dcell_state =
        unrolled.next_cell_state ? backend.zeros(unrolled.first_memory.shape()) : Tensor();
    const bool gru = unrolled.cell == RecurrentCell::gru;
    for (std::size_t t = times.size(); t-- > 0;) {
      const RecurrentStep step = unrolled.at(t);
      const auto [begin, running] = times[t];
      const Tensor dbefore =
          t == 0 ? dfirst.narrow(0, 0, running) : dy.narrow(0, times[t - 1].start, running);
      if (*dkept)
        backend.accumulate(dkept->narrow(0, begin, running), 1, {}, dcell_state.narrow(0, 0, running));
      backend.recurrent_step_backward(step, dy.narrow(0, begin, running),
                                      dcell_state ? dcell_state.narrow(0, 0, running) : dcell_state,
                                      gru ? dbefore : Tensor());
      if (t > 0 || hidden_start.needs_gradient())
        backend.linear_backward_input(gru ? step.recurrent : step.gates, packed, dbefore);
    }
    // One product for the weight's gradient, too: of all steps at once.
    if (weight.needs_gradient() || bias.needs_gradient())
      backend.linear_backward_weight(gru ? unrolled.recurrent : unrolled.gates, unrolled.before(backend),
                                     weight.destination(), bias.destination());
    leave_all(backend, inputs, unrolled.gates);
    leave_all(backend, hidden_start, dfirst);
    if (dcell_state) leave_all(backend, memory_start, dcell_state);
  };
  const Variable shown = pass.result(unrolled.y, back, inputs, weight, bias, start.hidden, start.cell_state);
  if (!lstm) return {shown, {}};
  const auto wait = [dkept, shown = shown.without_value()](const Tensor& dcell_state) {
    *dkept = dcell_state;
    shown.gradient();  // there is one now, if of zeros: so the backward step is taken
  };
  return {shown, pass.result(unrolled.next_cell_state, wait, shown)};
}

}  // namespace heed::ops
