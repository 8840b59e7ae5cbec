#pragma once
#include <cmath>

#include "heed/base/fields.h"
#include "heed/base/index.h"

namespace heed {

/// How the learning rate goes on after the warm-up.
enum class ScheduleKind { inverse_sqrt, constant, linear };
template <>
struct EnumNames<ScheduleKind> {
  static constexpr std::array names{std::pair{"inverse_sqrt", ScheduleKind::inverse_sqrt},
                                    std::pair{"constant", ScheduleKind::constant},
                                    std::pair{"linear", ScheduleKind::linear}};
};

/// The learning rate at an update, counted from 1: it rises linearly to `peak` in `warmup` updates, then
/// falls with the inverse square root of the update's number (section 5.3: there the peak is (width *
/// warmup)^-0.5), stays, or falls linearly to 0 at `updates`.
struct Schedule {
  ScheduleKind kind = ScheduleKind::inverse_sqrt;
  double peak = 0;
  Index warmup = 4000, updates = 0;

  double operator()(Index update) const {
    const auto t = static_cast<double>(update), w = static_cast<double>(warmup);
    if (update < warmup) return peak * t / w;
    switch (kind) {
      case ScheduleKind::inverse_sqrt:
        return warmup > 0 ? peak * std::sqrt(w / t) : peak / std::sqrt(t);
      case ScheduleKind::constant:
        return peak;
      case ScheduleKind::linear:
        return updates > warmup ? peak * std::fmax(0, (static_cast<double>(updates) - t) /
                                                          (static_cast<double>(updates) - w))
                                : peak;
    }
    return peak;
  }

  /// The peak of section 5.3.
  static double paper_peak(Index width, Index warmup) {
    return 1 / std::sqrt(static_cast<double>(width) * static_cast<double>(warmup > 0 ? warmup : 1));
  }
};

}  // namespace heed
