#pragma once
#include <string>

#include "heed/nn/recurrent_layer.h"

namespace heed {

/// What a recurrent decoder looks at: [rows, hidden] each, with the place of each sequence's source.
struct AttendedSources {
  Variable keys, values;  // absent without attention
  Segments segments;      // several sequences may look at the same rows
};

/// A recurrent layer that looks at the source before each step and takes what it sees as a further input
/// (Bahdanau et al., 2015). How well a source's state e fits the state s before the step is
/// v^T tanh(W s + U e).
class AttentiveLayer {
 public:
  /// Sources have states of `hidden`, too.
  AttentiveLayer(const ParameterScope& scope, RecurrentCell cell, Index inputs, Index hidden);

  /// U e of all source states.
  Variable keys(const Variable& encoded) const { return key_(encoded); }

  struct Result {
    ops::RecurrentStates states;
    Variable contexts;  // what was seen before each step
  };
  /// `x` [rows, inputs] holds the sequences one after the other.
  Result operator()(const Variable& x, const Segments& sequences, const AttendedSources& sources,
                    const ops::RecurrentStart& start) const;

 private:
  std::string name_;
  RecurrentLayer layer_;
  Linear context_, query_, key_;
  Variable score_;  // v, [1, hidden]
};

}  // namespace heed
