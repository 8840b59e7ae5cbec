#include "heed/nn/key_value_cache.h"

#include <algorithm>

namespace heed {

KeysValues KeyValueCache::append(const KeysValues& fresh, const CachedPositions& positions) {
  if (!keys_) {
    keys_ = fresh.keys;
    values_ = fresh.values;
  } else {
    require<ShapeError>(!fresh.keys.needs_gradient(),
                        "key-value cache: a training pass decodes all positions at once");
    Pass& pass = fresh.keys.pass();
    // Room for as many again, and for some steps at once, so that a step copies its own rows only.
    if (const Index needed = positions.capacity(); !ours_ || keys_.size(0) < needed)
      move(pass, 2 * needed + 8 * positions.fresh_rows().size());
    Backend& backend = pass.backend();
    backend.copy_rows(fresh.keys.value(), positions.fresh(), keys_.value(), positions.fresh_rows());
    backend.copy_rows(fresh.values.value(), positions.fresh(), values_.value(), positions.fresh_rows());
  }
  return {keys_, values_, positions.segments(), positions.rows()};
}

void KeyValueCache::move(Pass& pass, Index rows) {
  const auto moved = [&](const Variable& from) {
    const Variable to = pass.constant(pass.backend().empty({std::max(rows, from.size(0)), from.size(1)}));
    pass.backend().copy(from.value(), to.narrow(0, 0, from.size(0)).value());
    return to;
  };
  keys_ = moved(keys_);
  values_ = moved(values_);
  ours_ = true;
}

}  // namespace heed
