#pragma once
#include "heed/nn/linear.h"
#include "heed/ops/recurrent.h"
#include "heed/ops/time_steps.h"

namespace heed {

/// A layer of recurrent cells over each sequence of a batch. [rows, inputs] to [rows, hidden].
class RecurrentLayer {
 public:
  RecurrentLayer(const ParameterScope& scope, RecurrentCell cell, Index inputs, Index hidden)
      : cell_(cell),
        input_(scope / "input", inputs, gates_of(cell) * hidden),
        recurrent_(scope / "recurrent", hidden, gates_of(cell) * hidden) {}

  /// `x` holds the rows of all sequences and no others; `start` has a row for each sequence.
  ops::RecurrentStates operator()(const Variable& x, const Segments& sequences,
                                  ops::Direction direction = ops::Direction::forwards,
                                  const ops::RecurrentStart& start = {}) const;

  /// The input's share of the gates, [rows, gates * hidden]: what the past has no part in.
  Variable products(const Variable& x) const { return input_(x); }
  /// What steps compute with beside such shares.
  ops::Recurrence recurrence(Pass& pass) const {
    return {pass, cell_, recurrent_.weight(), recurrent_.bias()};
  }

 private:
  RecurrentCell cell_;
  Linear input_, recurrent_;
};

/// One layer that reads each sequence forwards and one that reads it backwards, side by side (Schuster &
/// Paliwal, 1997). [rows, inputs] to [rows, 2 * hidden].
class BidirectionalLayer {
 public:
  BidirectionalLayer(const ParameterScope& scope, RecurrentCell cell, Index inputs, Index hidden)
      : forwards_(scope / "forwards", cell, inputs, hidden),
        backwards_(scope / "backwards", cell, inputs, hidden) {}

  Variable operator()(const Variable& x, const Segments& sequences) const;

 private:
  RecurrentLayer forwards_, backwards_;
};

}  // namespace heed
