#include "heed/ops/time_steps.h"

#include <algorithm>
#include <numeric>

namespace heed::ops {

TimeSteps::TimeSteps(const Segments& sequences, bool backwards)
    : order(static_cast<std::size_t>(sequences.size())) {
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Index a, Index b) { return sequences[a].length > sequences[b].length; });
  Index running = sequences.size();
  for (Index time = 0; time < sequences.longest(); ++time) {
    while (sequences[order[static_cast<std::size_t>(running - 1)]].length <= time) --running;
    for (Index i = 0; i < running; ++i) {
      const Segment& sequence = sequences[order[static_cast<std::size_t>(i)]];
      previous.push_back(time == 0 ? -1 : steps.back().start + i);
      rows.push_back(sequence.start + (backwards ? sequence.length - 1 - time : time));
    }
    steps.push_back({std::ssize(rows) - running, running});
  }
}

}  // namespace heed::ops
