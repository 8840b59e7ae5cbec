#pragma once
#include <cmath>
#include <numbers>

#include "heed/base/fields.h"
#include "heed/base/index.h"

namespace heed {

/// How the learning rate goes on after the warm-up.
enum class ScheduleKind { inverse_sqrt, constant, linear, cosine };
template <>
struct EnumNames<ScheduleKind> {
  static constexpr std::array names{
      std::pair{"inverse_sqrt", ScheduleKind::inverse_sqrt}, std::pair{"constant", ScheduleKind::constant},
      std::pair{"linear", ScheduleKind::linear}, std::pair{"cosine", ScheduleKind::cosine}};
};

/// Whether the rate falls to 0 at the end of the run, and so must know where that is.
constexpr bool falls_to_zero(ScheduleKind kind) {
  return kind == ScheduleKind::linear || kind == ScheduleKind::cosine;
}

/// The learning rate at an update, counted from 1: it rises linearly to `peak` in `warmup` updates, then
/// falls with the inverse square root of the update's number (section 5.3: there the peak is (width *
/// warmup)^-0.5), stays, or falls to 0 at `updates`: linearly, or as half a period of the cosine (Loshchilov
/// and Hutter, 2017, without restarts).
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
        return peak * left(t);
      case ScheduleKind::cosine:
        return peak * (1 - std::cos(std::numbers::pi * left(t))) / 2;
    }
    return peak;
  }

  /// The peak of section 5.3.
  static double paper_peak(Index width, Index warmup) {
    return 1 / std::sqrt(static_cast<double>(width) * static_cast<double>(warmup > 0 ? warmup : 1));
  }

 private:
  /// The share of the updates after the warm-up that are still to come: from 1 to 0.
  double left(double update) const {
    if (updates <= warmup) return 1;
    const auto w = static_cast<double>(warmup), all = static_cast<double>(updates);
    return std::fmax(0, (all - update) / (all - w));
  }
};

}  // namespace heed
