#pragma once
#include <span>
#include <vector>

#include "heed/metrics/ngrams.h"

namespace heed {

/// Which words of a hypothesis and a reference stand for each other.
struct Alignment {
  /// By reference word: the hypothesis word it meets or, if it was inserted, the one before it (-1: the
  /// start).
  std::vector<Index> hypothesis_word = {};
  /// How many words before each position are wrong; one longer than the sentence, so that the errors in
  /// [a, b) are errors[b] - errors[a].
  std::vector<Index> hypothesis_errors = {}, reference_errors = {};
};

/// Word edit distances from many arrangements of the same hypothesis words to one reference, within a beam
/// around the diagonal as tercom has it. Keeps the matrix of one arrangement, so that others cost only the
/// rows in which they differ.
class EditDistance {
 public:
  /// Both sentences have at least one word; the reference must outlive this.
  EditDistance(std::span<const Token> hypothesis, std::span<const Token> reference);

  /// Makes `hypothesis` the arrangement whose matrix is kept.
  void keep(std::span<const Token> hypothesis);
  /// The distance of the kept arrangement.
  Index kept_distance() const { return cost(rows_.back(), reference_size()); }
  /// The alignment of the kept arrangement.
  Alignment kept_alignment() const;

  /// The distance of another arrangement that agrees with the kept one in its first `unchanged` words.
  Index distance(std::span<const Token> hypothesis, Index unchanged);

 private:
  enum class Edit : char { none, substitute, insert_reference, drop_hypothesis, unreached };
  /// One row of the matrix: what lies within the beam.
  struct Row {
    Index begin = 0, end = 0;
    std::vector<std::int32_t> costs;
    std::vector<Edit> edits;
  };

  Index reference_size() const { return static_cast<Index>(reference_.size()); }
  static std::int32_t cost(const Row& row, Index j) {
    return j < row.begin || j >= row.end ? unreachable : row.costs[static_cast<std::size_t>(j - row.begin)];
  }
  void fill(const Row& above, Token word, Row& row) const;

  static constexpr std::int32_t unreachable = 1 << 30;

  std::span<const Token> reference_;
  std::vector<Row> rows_;  // of the kept arrangement, by the number of hypothesis words read
  Row scratch_[2];
};

}  // namespace heed
