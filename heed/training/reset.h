#pragma once
#include <vector>

#include "heed/base/fields.h"
#include "heed/training/run_state.h"

namespace heed {

/// What a run that goes on can begin anew: the search for the best model, the count of validations without a
/// better one, the averages of the optimizer, the learning rate schedule with its warmup.
enum class Reset { best, patience, optimizer, schedule };
template <>
struct EnumNames<Reset> {
  static constexpr std::array names{std::pair{"best", Reset::best}, std::pair{"patience", Reset::patience},
                                    std::pair{"optimizer", Reset::optimizer},
                                    std::pair{"schedule", Reset::schedule}};
};

/// Told to one part of a run: the next one does not begin anew again.
struct ResetOptions {
  std::vector<Reset> reset{};

  static constexpr std::string_view title = "Start";
  static constexpr auto fields() {
    return std::tuple(
        field("reset", &ResetOptions::reset,
              "what a resumed run starts afresh: the best model so far, patience, the optimizer's "
              "state, the learning rate schedule; one or more"));
  }
};

/// Does so in the state of a run; the optimizer's averages are not in it.
void reset(RunState& state, const std::vector<Reset>& parts);

}  // namespace heed
