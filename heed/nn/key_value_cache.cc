#include "heed/nn/key_value_cache.h"

#include <algorithm>
#include <numeric>

namespace heed {

KeysValues KeyValueCache::append(const KeysValues& fresh) {
  if (!seen_.keys) {
    seen_ = fresh;
    return seen_;
  }
  require<ShapeError>(!fresh.keys.needs_gradient(),
                      "key-value cache: a training pass decodes all positions at once");
  require<ShapeError>(fresh.segments.size() == seen_.segments.size(),
                      "key-value cache: ", seen_.segments.size(), " sequences are seen, ",
                      fresh.segments.size(), " go on");
  const Index needed = seen_.segments.longest() + fresh.segments.longest();
  if (capacity_ < needed) {
    std::vector<Index> all(static_cast<std::size_t>(seen_.segments.size()));
    std::iota(all.begin(), all.end(), 0);
    move(fresh.keys.pass(), all,
         std::max<Index>(16, 2 * needed));  // doubles, so that a step copies its own rows only
  }
  std::vector<Index> from, to;
  std::vector<Segment> segments;
  for (Index s = 0; s < seen_.segments.size(); ++s) {
    Segment grown = seen_.segments[s];
    for (Index i = 0; i < fresh.segments[s].length; ++i) {
      from.push_back(fresh.segments[s].start + i);
      to.push_back(grown.start + grown.length++);
    }
    segments.push_back(grown);
  }
  Backend& kernels = fresh.keys.pass().kernels();
  kernels.copy_rows(fresh.keys.value(), from, seen_.keys.value(), to);
  kernels.copy_rows(fresh.values.value(), from, seen_.values.value(), to);
  seen_.segments = Segments(std::move(segments));
  return seen_;
}

void KeyValueCache::keep(Pass& pass, std::span<const Index> sequences) {
  if (!seen_.keys) return;
  bool all = static_cast<Index>(sequences.size()) == seen_.segments.size();
  for (std::size_t i = 0; all && i < sequences.size(); ++i) all = sequences[i] == static_cast<Index>(i);
  if (!all) move(pass, sequences, std::max<Index>(capacity_, 16));
}

void KeyValueCache::move(Pass& pass, std::span<const Index> sequences, Index capacity) {
  const Index width = seen_.keys.size(1), count = static_cast<Index>(sequences.size());
  capacity = std::max(capacity, seen_.segments.longest());
  const Variable keys = pass.constant(Tensor({count * capacity, width}));
  const Variable values = pass.constant(Tensor({count * capacity, width}));
  std::vector<Index> from, to;
  std::vector<Segment> segments;
  for (Index s = 0; s < count; ++s) {
    const Segment old = seen_.segments[sequences[static_cast<std::size_t>(s)]];
    for (Index i = 0; i < old.length; ++i) {
      from.push_back(old.start + i);
      to.push_back(s * capacity + i);
    }
    segments.push_back({s * capacity, old.length});
  }
  pass.kernels().copy_rows(seen_.keys.value(), from, keys.value(), to);
  pass.kernels().copy_rows(seen_.values.value(), from, values.value(), to);
  seen_ = {keys, values, Segments(std::move(segments))};
  capacity_ = capacity;
}

}  // namespace heed
