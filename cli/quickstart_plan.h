#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heed/tasks/translation/training_run.h"

namespace heed {

/// What a quickstart learns and with which model. There are few, so that a machine's speed decides between
/// them and nothing else: each is the same wherever it is followed.
struct QuickstartPlan {
  std::string_view name, learns;   // learns: for people
  std::vector<std::string> kinds;  // of the sample corpus; none: all
  Index pairs = 0;                 // with those held out
  Index width = 0, hidden = 0, vocabulary = 0;
  Index updates = 0, batch_tokens = 0;
  double learning_rate = 0;
  Index warmup = 0, validate_every = 0;

  /// The run of the plan: until `good_enough` percent of the validation examples are exactly right.
  RunOptions run_options(double good_enough) const;
  /// What one of its updates takes on this machine at this moment.
  double measured_update_seconds(Backend& backend) const;
};

/// From the one that learns the most to one for slow machines.
std::span<const QuickstartPlan> quickstart_plans();

/// The plan's size, as it is asked for.
enum class QuickstartSize { automatic, large, medium, small };
template <>
struct EnumNames<QuickstartSize> {
  static constexpr std::array names{
      std::pair{"auto", QuickstartSize::automatic}, std::pair{"large", QuickstartSize::large},
      std::pair{"medium", QuickstartSize::medium}, std::pair{"small", QuickstartSize::small}};
};
/// Not of `automatic`.
const QuickstartPlan& plan_of(QuickstartSize size);

/// The first plan whose updates take no longer than this many seconds, or else the last. What an update of a
/// plan takes is asked for when it must be known.
const QuickstartPlan& fitting_plan(std::span<const QuickstartPlan> plans, double seconds,
                                   const std::function<double(const QuickstartPlan&)>& seconds_per_update);

}  // namespace heed
