#include "heed/ops/time_steps.h"

#include <algorithm>
#include <numeric>

#include "heed/base/error.h"

namespace heed::ops {

TimeSteps::TimeSteps(const Segments& sequences, Direction direction)
    : order(static_cast<std::size_t>(sequences.size())) {
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Index a, Index b) { return sequences[a].length > sequences[b].length; });
  Index running = sequences.size();
  for (Index time = 0; time < sequences.longest(); ++time) {
    while (sequences[order[static_cast<std::size_t>(running - 1)]].length <= time) --running;
    for (Index i = 0; i < running; ++i) {
      const Segment& sequence = sequences[order[static_cast<std::size_t>(i)]];
      rows.push_back(sequence.start +
                     (direction == Direction::backwards ? sequence.length - 1 - time : time));
    }
    steps.push_back({std::ssize(rows) - running, running});
  }
}

std::vector<Index> TimeSteps::places(Index count) const {
  require<ShapeError>(std::ssize(rows) == count, "time steps: sequences of ", rows.size(), " rows meet ",
                      count);
  std::vector<Index> all(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    all[static_cast<std::size_t>(rows[i])] = static_cast<Index>(i);
  return all;
}

}  // namespace heed::ops
