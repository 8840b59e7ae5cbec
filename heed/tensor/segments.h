#pragma once
#include <memory>
#include <span>
#include <vector>

#include "heed/base/index.h"

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
  Segments() : segments_(std::make_shared<const std::vector<Segment>>()) {}
  explicit Segments(std::vector<Segment> segments)
      : segments_(std::make_shared<const std::vector<Segment>>(std::move(segments))) {}
  /// Sequences of these lengths, one after the other.
  static Segments packed(std::span<const Index> lengths);
  /// `count` sequences of `length` rows each, one after the other.
  static Segments uniform(Index count, Index length);

  Index size() const { return static_cast<Index>(segments_->size()); }
  const Segment& operator[](Index i) const { return (*segments_)[static_cast<std::size_t>(i)]; }
  auto begin() const { return segments_->begin(); }
  auto end() const { return segments_->end(); }
  /// All lengths together.
  Index rows() const;
  Index longest() const;
  /// One more than the last row of any segment.
  Index extent() const;
  std::vector<Index> lengths() const;
  /// The segments with these numbers, in this order.
  Segments pick(std::span<const Index> numbers) const;

 private:
  std::shared_ptr<const std::vector<Segment>> segments_;
};

}  // namespace heed
