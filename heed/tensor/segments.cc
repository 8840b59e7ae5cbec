#include "heed/tensor/segments.h"

#include <algorithm>

namespace heed {

Segments Segments::packed(std::span<const Index> lengths) {
  std::vector<Segment> segments;
  segments.reserve(lengths.size());
  Index start = 0;
  for (Index length : lengths) {
    segments.push_back({start, length});
    start += length;
  }
  return Segments(std::move(segments));
}

Segments Segments::uniform(Index count, Index length) {
  return packed(std::vector<Index>(static_cast<std::size_t>(count), length));
}

Index Segments::rows() const {
  Index sum = 0;
  for (const Segment& segment : *this) sum += segment.length;
  return sum;
}

Index Segments::longest() const {
  Index most = 0;
  for (const Segment& segment : *this) most = std::max(most, segment.length);
  return most;
}

Index Segments::extent() const {
  Index end = 0;
  for (const Segment& segment : *this) end = std::max(end, segment.start + segment.length);
  return end;
}

std::vector<Index> Segments::lengths() const {
  std::vector<Index> all;
  all.reserve(static_cast<std::size_t>(size()));
  for (const Segment& segment : *this) all.push_back(segment.length);
  return all;
}

Segments Segments::pick(std::span<const Index> numbers) const {
  std::vector<Segment> picked;
  picked.reserve(numbers.size());
  for (Index number : numbers) picked.push_back((*this)[number]);
  return Segments(std::move(picked));
}

}  // namespace heed
