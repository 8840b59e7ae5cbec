#include "heed/backend/reference/reference_backend.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using reference::row;

namespace {

float sigmoid(float x) { return 1 / (1 + std::exp(-x)); }
/// The slope of the sigmoid, and of tanh, where its value is y.
float sigmoid_slope(float y) { return y * (1 - y); }
float tanh_slope(float y) { return 1 - y * y; }

}  // namespace

void ReferenceBackend::recurrent_step(const RecurrentStep& step) {
  const Index n = step.y.size(1);
  for (Index s = 0; s < step.y.rows(); ++s) {
    float *gates = row(step.gates, s), *y = row(step.y, s);
    const float *given = row(step.input, s), *past = row(step.recurrent, s), *before = row(step.before, s);
    for (Index i = 0; i < n; ++i) {
      if (step.cell == RecurrentCell::rnn) {
        y[i] = gates[i] = std::tanh(given[i] + past[i]);
      } else if (step.cell == RecurrentCell::gru) {
        const float reset = sigmoid(given[i] + past[i]), update = sigmoid(given[n + i] + past[n + i]),
                    candidate = std::tanh(given[2 * n + i] + reset * past[2 * n + i]);
        y[i] = (1 - update) * candidate + update * before[i];
        gates[i] = reset, gates[n + i] = update, gates[2 * n + i] = candidate;
      } else {
        const float input = sigmoid(given[i] + past[i]), forget = sigmoid(given[n + i] + past[n + i]),
                    candidate = std::tanh(given[2 * n + i] + past[2 * n + i]),
                    output = sigmoid(given[3 * n + i] + past[3 * n + i]);
        const float next_cell_state = forget * row(step.cell_state, s)[i] + input * candidate;
        row(step.next_cell_state, s)[i] = next_cell_state;
        y[i] = output * std::tanh(next_cell_state);
        gates[i] = input, gates[n + i] = forget, gates[2 * n + i] = candidate, gates[3 * n + i] = output;
      }
    }
  }
}

void ReferenceBackend::recurrent_step_backward(const RecurrentStep& step, const Tensor& dy,
                                               const Tensor& dcell_state, const Tensor& dbefore) {
  const Index n = dy.size(1);
  for (Index s = 0; s < dy.rows(); ++s) {
    float* gates = row(step.gates, s);
    const float* dout = row(dy, s);
    for (Index i = 0; i < n; ++i) {
      if (step.cell == RecurrentCell::rnn) {
        gates[i] = dout[i] * tanh_slope(gates[i]);
      } else if (step.cell == RecurrentCell::gru) {
        float* past = row(step.recurrent, s);
        const float reset = gates[i], update = gates[n + i], candidate = gates[2 * n + i];
        const float before = row(step.before, s)[i];
        row(dbefore, s)[i] += dout[i] * update;
        gates[n + i] = past[n + i] = dout[i] * (before - candidate) * sigmoid_slope(update);
        gates[2 * n + i] = dout[i] * (1 - update) * tanh_slope(candidate);
        gates[i] = past[i] = gates[2 * n + i] * past[2 * n + i] * sigmoid_slope(reset);
        past[2 * n + i] = gates[2 * n + i] * reset;
      } else {
        const float input = gates[i], forget = gates[n + i], candidate = gates[2 * n + i],
                    output = gates[3 * n + i];
        const float shown = std::tanh(row(step.next_cell_state, s)[i]);
        const float dkept = row(dcell_state, s)[i] + dout[i] * output * tanh_slope(shown);
        gates[i] = dkept * candidate * sigmoid_slope(input);
        gates[n + i] = dkept * row(step.cell_state, s)[i] * sigmoid_slope(forget);
        gates[2 * n + i] = dkept * input * tanh_slope(candidate);
        gates[3 * n + i] = dout[i] * shown * sigmoid_slope(output);
        row(dcell_state, s)[i] = dkept * forget;
      }
    }
  }
}

}  // namespace heed
