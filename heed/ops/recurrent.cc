#include "heed/ops/recurrent.h"

#include <numeric>

#include "heed/ops/time_steps.h"

namespace heed::ops {

namespace {

Tensor start_of(const Variable& start, Index sequences, Index hidden) {
  return start ? start.value() : Tensor::zeros({sequences, hidden});
}

/// Everything that the steps compute.
struct Unrolled {
  RecurrentCell cell;
  std::vector<Segment> steps;
  Tensor inputs, gates, recurrent, y, kept;
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
            .memory = past(kept, first_memory),
            .kept = now(kept)};
  }

  /// The state before each step, one below the other.
  Tensor before(Backend& kernels) const {
    const Tensor all(y.shape());
    const Index begun = steps[0].length;
    kernels.copy(first.narrow(0, 0, begun), all.narrow(0, 0, begun));
    std::vector<Index> from, to;
    for (std::size_t t = 1; t < steps.size(); ++t)
      for (Index i = 0; i < steps[t].length; ++i) {
        from.push_back(steps[t - 1].start + i);
        to.push_back(steps[t].start + i);
      }
    kernels.copy_rows(y, from, all, to);
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
  for (const Variable* state : {&start.hidden, &start.memory})
    require<ShapeError>(!*state || (state->size(0) >= sequences && state->size(1) == hidden),
                        "recurrent: a first state of shape ", state->shape(), " where ",
                        Shape{sequences, hidden}, " was expected");
}

void leave_all(Backend& kernels, const Variable& x, const Tensor& gradient) {
  if (x.needs_gradient() && !x.adopt_gradient(gradient)) kernels.accumulate(gradient, 1, {}, x.destination());
}

}  // namespace

Recurrence::Recurrence(Pass& pass, RecurrentCell kind, const Variable& weights, const Variable& biases)
    : cell(kind), weight(weights), bias(biases) {
  const Index hidden = weight.size(1), width = gates_of(cell) * hidden;
  require<ShapeError>(weight.size(0) == width, "recurrent: a weight of shape ", weight.shape(), " where ",
                      Shape{width, hidden}, " was expected");
  require<ShapeError>(!bias || bias.shape() == Shape{width}, "recurrent: a bias of shape ", bias.shape(),
                      " meets gates of width ", width);
  Backend& kernels = pass.kernels();
  // The model may have been opened with prepared weights.
  const bool rows = weight.value().layout() == Layout::rows;
  forth = rows ? kernels.prepare_for_pass(weight.value(), Backend::Way::forth) : weight.value();
  if (pass.recording()) back = kernels.prepare_for_pass(weight.value(), Backend::Way::back);
}

RecurrentStates recurrent(const Variable& inputs, std::span<const Segment> steps,
                          const Recurrence& recurrence, const RecurrentStart& start) {
  check(inputs, steps, recurrence, start);
  const auto& [cell, weight, bias, forth, back_weight] = recurrence;
  Pass& pass = inputs.pass();
  Backend& kernels = pass.kernels();
  const Index hidden = weight.size(1), count = inputs.size(0);
  const bool lstm = cell == RecurrentCell::lstm;
  if (count == 0) {
    const Variable none = pass.constant(Tensor({0, hidden}));
    return {none, lstm ? none : Variable()};
  }

  const Index sequences = steps[0].length;
  Unrolled unrolled{.cell = cell,
                    .steps = {steps.begin(), steps.end()},
                    .inputs = inputs.value(),
                    .gates = Tensor(inputs.shape()),
                    .recurrent = Tensor({count, weight.size(0)}),
                    .y = Tensor({count, hidden}),
                    .kept = lstm ? Tensor({count, hidden}) : Tensor(),
                    .first = start_of(start.hidden, sequences, hidden),
                    .first_memory = lstm ? start_of(start.memory, sequences, hidden) : Tensor()};
  for (std::size_t t = 0; t < steps.size(); ++t) {
    const RecurrentStep step = unrolled.at(t);
    kernels.linear(step.before, forth, bias.value(), Activation::none, step.recurrent);
    kernels.recurrent_step(step);
  }
  // The past's share is read again by gru alone, the input's by none.
  unrolled.inputs = Tensor();
  if (cell != RecurrentCell::gru) unrolled.recurrent = Tensor();
  if (!pass.recording()) return {pass.constant(unrolled.y), lstm ? pass.constant(unrolled.kept) : Variable()};
  // Two results, one way back: the memory's gradient waits here for it.
  const auto dkept = std::make_shared<Tensor>();
  const auto back = [&kernels, dkept, inputs = inputs.without_value(), weight = weight.without_value(),
                     bias = bias.without_value(), packed = back_weight,
                     hidden_start = start.hidden.without_value(), memory_start = start.memory.without_value(),
                     unrolled](const Tensor& dy) {
    const std::vector<Segment>& times = unrolled.steps;
    const Tensor dfirst = Tensor::zeros(unrolled.first.shape());
    const Tensor dmemory = unrolled.kept ? Tensor::zeros(unrolled.first_memory.shape()) : Tensor();
    const bool gru = unrolled.cell == RecurrentCell::gru;
    for (std::size_t t = times.size(); t-- > 0;) {
      const RecurrentStep step = unrolled.at(t);
      const auto [begin, running] = times[t];
      const Tensor dbefore =
          t == 0 ? dfirst.narrow(0, 0, running) : dy.narrow(0, times[t - 1].start, running);
      if (*dkept) kernels.accumulate(dkept->narrow(0, begin, running), 1, {}, dmemory.narrow(0, 0, running));
      kernels.recurrent_step_backward(step, dy.narrow(0, begin, running),
                                      dmemory ? dmemory.narrow(0, 0, running) : dmemory,
                                      gru ? dbefore : Tensor());
      if (t > 0 || hidden_start.needs_gradient())
        kernels.linear_backward_input(gru ? step.recurrent : step.gates, packed, dbefore);
    }
    // One product for the weight's gradient, too: of all steps at once.
    if (weight.needs_gradient() || bias.needs_gradient())
      kernels.linear_backward_weight(gru ? unrolled.recurrent : unrolled.gates, unrolled.before(kernels),
                                     weight.destination(), bias.destination());
    leave_all(kernels, inputs, unrolled.gates);
    leave_all(kernels, hidden_start, dfirst);
    if (dmemory) leave_all(kernels, memory_start, dmemory);
  };
  const Variable shown = pass.result(unrolled.y, back, inputs, weight, bias, start.hidden, start.memory);
  if (!lstm) return {shown, {}};
  const auto wait = [dkept, shown = shown.without_value()](const Tensor& dmemory) {
    *dkept = dmemory;
    shown.gradient();  // there is one now, if of zeros: the way back is to be gone
  };
  return {shown, pass.result(unrolled.kept, wait, shown)};
}

}  // namespace heed::ops
