#pragma once
#include <span>
#include <vector>

#include "heed/bag_of_words/sparse_rows.h"

namespace heed {

/// Classes from a linear function of a row: softmax(row weight + bias).
struct LinearClassifier {
  Index classes = 0;
  std::vector<float> weight;  // [columns, classes]
  std::vector<float> bias;    // [classes]

  /// All zeros: every class is as probable.
  LinearClassifier(Index columns, Index class_count);

  /// The probability of each class for each row, [rows, classes].
  std::vector<float> operator()(const SparseRows& rows) const;
};

// What predicting and learning share.

inline constexpr Index rows_per_thread = 500;  // at least: fewer are not worth waking a thread for

/// Writes the logits of rows [begin, end) into `result`, [rows, classes].
void write_logits(const SparseRows& rows, std::span<const float> weight, std::span<const float> bias,
                  Index begin, Index end, std::span<float> result);

/// Turns the logits of a row into probabilities, in place, and returns log(sum(exp(logits))).
double softmax_in_place(std::span<float> row);

}  // namespace heed
