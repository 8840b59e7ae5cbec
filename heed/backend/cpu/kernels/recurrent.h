#pragma once
#include "heed/backend/cpu/kernels/exponential.h"
#include "heed/backend/cpu/kernels/kernels.h"

namespace heed::cpu {
namespace {

[[gnu::always_inline]] inline Floats sigmoid(Floats x) { return 1.0f / (1.0f + exponential(-x)); }
/// The slope of the sigmoid where its value is y.
[[gnu::always_inline]] inline Floats sigmoid_slope(Floats y) { return y * (1.0f - y); }

void rnn_step(const RecurrentRow& row) {
  sweep(row.hidden, [&](Index i, auto part) {
    const Floats y = hyperbolic_tangent(load(row.input + i, part) + load(row.recurrent + i, part));
    store(row.gates + i, y, part);
    store(row.y + i, y, part);
  });
}

void rnn_step_backward(const RecurrentRow& row, const float* dy, float*, float*) {
  sweep(row.hidden, [&](Index i, auto part) {
    store(row.gates + i, load(dy + i, part) * tangent_slope(load(row.gates + i, part)), part);
  });
}

void gru_step(const RecurrentRow& row) {
  const Index n = row.hidden;
  sweep(n, [&](Index i, auto part) {
    float* gates = row.gates + i;
    const float *input = row.input + i, *past = row.recurrent + i;
    const Floats reset = sigmoid(load(input, part) + load(past, part));
    const Floats update = sigmoid(load(input + n, part) + load(past + n, part));
    const Floats candidate = hyperbolic_tangent(load(input + 2 * n, part) + reset * load(past + 2 * n, part));
    store(row.y + i, (1.0f - update) * candidate + update * load(row.before + i, part), part);
    store(gates, reset, part);
    store(gates + n, update, part);
    store(gates + 2 * n, candidate, part);
  });
}

void gru_step_backward(const RecurrentRow& row, const float* dy, float*, float* dbefore) {
  const Index n = row.hidden;
  sweep(n, [&](Index i, auto part) {
    float *gates = row.gates + i, *past = row.recurrent + i;
    const Floats slope = load(dy + i, part), reset = load(gates, part), update = load(gates + n, part),
                 candidate = load(gates + 2 * n, part);
    leave(dbefore + i, slope * update, true, part);
    const Floats dupdate = slope * (load(row.before + i, part) - candidate) * sigmoid_slope(update);
    const Floats dcandidate = slope * (1.0f - update) * tangent_slope(candidate);
    const Floats dreset = dcandidate * load(past + 2 * n, part) * sigmoid_slope(reset);
    store(gates, dreset, part);
    store(gates + n, dupdate, part);
    store(gates + 2 * n, dcandidate, part);
    store(past, dreset, part);
    store(past + n, dupdate, part);
    store(past + 2 * n, dcandidate * reset, part);
  });
}

void lstm_step(const RecurrentRow& row) {
  const Index n = row.hidden;
  sweep(n, [&](Index i, auto part) {
    float* gates = row.gates + i;
    const float *shares = row.input + i, *past = row.recurrent + i;
    const Floats input = sigmoid(load(shares, part) + load(past, part));
    const Floats forget = sigmoid(load(shares + n, part) + load(past + n, part));
    const Floats candidate = hyperbolic_tangent(load(shares + 2 * n, part) + load(past + 2 * n, part));
    const Floats output = sigmoid(load(shares + 3 * n, part) + load(past + 3 * n, part));
    const Floats next_cell_state = forget * load(row.cell_state + i, part) + input * candidate;
    store(row.next_cell_state + i, next_cell_state, part);
    store(row.y + i, output * hyperbolic_tangent(next_cell_state), part);
    store(gates, input, part);
    store(gates + n, forget, part);
    store(gates + 2 * n, candidate, part);
    store(gates + 3 * n, output, part);
  });
}

void lstm_step_backward(const RecurrentRow& row, const float* dy, float* dcell_state, float*) {
  const Index n = row.hidden;
  sweep(n, [&](Index i, auto part) {
    float* gates = row.gates + i;
    const Floats slope = load(dy + i, part), input = load(gates, part), forget = load(gates + n, part),
                 candidate = load(gates + 2 * n, part), output = load(gates + 3 * n, part);
    const Floats shown = hyperbolic_tangent(load(row.next_cell_state + i, part));
    const Floats dkept = load(dcell_state + i, part) + slope * output * tangent_slope(shown);
    store(gates, dkept * candidate * sigmoid_slope(input), part);
    store(gates + n, dkept * load(row.cell_state + i, part) * sigmoid_slope(forget), part);
    store(gates + 2 * n, dkept * input * tangent_slope(candidate), part);
    store(gates + 3 * n, slope * shown * sigmoid_slope(output), part);
    store(dcell_state + i, dkept * forget, part);
  });
}

}  // namespace
}  // namespace heed::cpu
