#pragma once
#include <span>
#include <vector>

#include "heed/tensor/shared_list.h"

namespace heed {

/// Consecutive rows that belong to one sequence.
struct Segment {
  Index start = 0, length = 0;
  bool operator==(const Segment&) const = default;
};

/// Where each sequence of a batch lies among the rows of a matrix. Sequences need no padding between them,
/// may leave gaps, and may share rows (the hypotheses of one sentence look at one encoded source). Copies
/// share the list.
class Segments {
 public:
  Segments() = default;
  explicit Segments(std::vector<Segment> segments) : segments_(std::move(segments)) {}
  /// Sequences of these lengths, one after the other.
  static Segments packed(std::span<const Index> lengths);
  /// `count` sequences of `length` rows each, one after the other.
  static Segments uniform(Index count, Index length);

  Index size() const { return segments_.size(); }
  const Segment& operator[](Index i) const { return segments_[i]; }
  const Segment* begin() const { return segments_.begin(); }
  const Segment* end() const { return segments_.end(); }
  /// The list itself, of which a device may keep a copy.
  const SharedList<Segment>& list() const { return segments_; }
  /// All lengths together.
  Index rows() const;
  Index longest() const;
  /// One more than the last row of any segment.
  Index extent() const;
  std::vector<Index> lengths() const;
  /// The segments with these numbers, in this order.
  Segments pick(std::span<const Index> numbers) const;

 private:
  SharedList<Segment> segments_;
};

}  // namespace heed
