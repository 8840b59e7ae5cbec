#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

/// What a recurrent layer computes with beside its input. weight [gates * hidden, hidden], bias
/// [gates * hidden] or absent: both of the product with the past.
struct Recurrence {
  RecurrentCell cell = RecurrentCell::rnn;
  Variable weight, bias;
};

enum class Direction { forwards, backwards };

/// States of each sequence before its first step: hidden and, for lstm, memory [sequences, hidden]. Absent:
/// zeros.
struct RecurrentStart {
  Variable hidden, memory;
};

/// The states of every row, in the order of the input's rows; `memory` of lstm alone.
struct RecurrentStates {
  Variable hidden, memory;
};

/// A recurrent layer over each sequence. `inputs` [rows, gates * hidden] are the products of all its rows
/// with the layer's other weight, biases added: one product for all time steps. Each step is then one product
/// for all sequences that still run. Rows of no sequence are zero.
RecurrentStates recurrent(const Variable& inputs, const Segments& sequences, Direction direction,
                          const Recurrence& recurrence, const RecurrentStart& start = {});

}  // namespace heed::ops
