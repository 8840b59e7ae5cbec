#pragma once
#include <span>

#include "heed/autograd/pass.h"
#include "heed/tensor/segments.h"

namespace heed::ops {

/// What a recurrent layer computes with beside its input. weight [gates * hidden, hidden], bias
/// [gates * hidden] or absent: both of the product with the past. The weight is made ready once, for all the
/// steps that it will serve.
struct Recurrence {
  Recurrence(Pass& pass, RecurrentCell cell, const Variable& weight, const Variable& bias = {});

  RecurrentCell cell;
  Variable weight, bias;
  Tensor forth, back;  // the weight, prepared; `back` only where steps are recorded
};

/// States of each sequence before its first step: hidden and, for lstm, cell state [sequences, hidden], those
/// of sequences without any step last. Absent: zeros.
struct RecurrentStart {
  Variable hidden, cell_state;
};

/// The states after each step, in the order of the inputs; `cell_state` of lstm alone.
struct RecurrentStates {
  Variable hidden, cell_state;
};

/// A recurrent layer over sequences in the order of time: a row of each at the first step, then a row of each
/// that still runs, which are always the first of those before. See TimeSteps. `inputs` [rows, gates *
/// hidden] are the products of all rows with the layer's other weight, biases added: one product for all
/// steps. Each step is then one product for all sequences that still run.
RecurrentStates recurrent(const Variable& inputs, std::span<const Segment> steps,
                          const Recurrence& recurrence, const RecurrentStart& start = {});

}  // namespace heed::ops
