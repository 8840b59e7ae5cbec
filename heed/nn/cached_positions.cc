#include "heed/nn/cached_positions.h"

namespace heed {

void CachedPositions::grow(const Segments& fresh) {
  if (!started_) {
    started_ = true;
    segments_ = fresh;
    capacity_ = fresh.extent();
    return;
  }
  require<ShapeError>(fresh.size() == segments_.size(), "cached positions: ", segments_.size(),
                      " sequences are seen, ", fresh.size(), " go on");
  const std::vector<Index> unused = dropped_ ? unused_rows() : std::vector<Index>{};
  dropped_ = false;
  std::size_t reused = 0;
  std::vector<Index> rows, places, fresh_rows;
  rows.reserve(static_cast<std::size_t>(segments_.rows() + fresh.rows()));
  std::vector<Segment> segments;
  segments.reserve(static_cast<std::size_t>(fresh.size()));
  for (Index s = 0; s < fresh.size(); ++s) {
    const auto start = std::ssize(rows);
    const Segment past = segments_[s];
    for (Index i = past.start; i < past.start + past.length; ++i) rows.push_back(rows_ ? rows_[i] : i);
    for (Index i = 0; i < fresh[s].length; ++i) {
      const Index row = reused < unused.size() ? unused[reused++] : capacity_++;
      rows.push_back(row);
      places.push_back(fresh[s].start + i);
      fresh_rows.push_back(row);
    }
    segments.push_back({start, std::ssize(rows) - start});
  }
  dropped_ = reused < unused.size();  // the next time finds what is left
  rows_ = std::move(rows);
  fresh_ = std::move(places);
  fresh_rows_ = std::move(fresh_rows);
  segments_ = Segments(std::move(segments));
}

void CachedPositions::keep(std::span<const Index> sequences) {
  if (!started_) return;
  segments_ = segments_.pick(sequences);
  dropped_ = true;
}

std::vector<Index> CachedPositions::unused_rows() const {
  std::vector<bool> used(static_cast<std::size_t>(capacity_));
  for (const auto& [start, length] : segments_)
    for (Index i = start; i < start + length; ++i)
      used[static_cast<std::size_t>(rows_ ? rows_[i] : i)] = true;
  std::vector<Index> unused;
  for (Index row = 0; row < capacity_; ++row)
    if (!used[static_cast<std::size_t>(row)]) unused.push_back(row);
  return unused;
}

}  // namespace heed
