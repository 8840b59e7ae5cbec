#include "heed/decoding/prompts.h"

#include <algorithm>

#include "heed/base/error.h"

namespace heed {

std::vector<Index> length_limits(const NextTokenModel& model, const Prompts& prompts,
                                 std::span<const Index> maximum_lengths, std::string_view search) {
  const auto sequences = static_cast<std::size_t>(model.hypotheses());
  require<ShapeError>(prompts.size() == sequences && maximum_lengths.size() == sequences, search, ": ",
                      sequences, " sequences have ", prompts.size(), " prompts and ", maximum_lengths.size(),
                      " length limits");
  std::vector<Index> limits;
  for (std::size_t s = 0; s < sequences; ++s) {
    const Index maximum = maximum_lengths[s], prompt = std::ssize(prompts[s]);
    require<ConfigError>(maximum >= 1, search, ": a length limit of ", maximum, "; it must be at least 1");
    require<ConfigError>(prompt >= 1, search, ": prompt ", s, " has no token; it needs BOS at least");
    require<ConfigError>(prompt <= model.context(), search, ": prompt ", s, " has ", prompt,
                         " tokens, the model's context ", model.context(), "; shorten the prompt");
    // The last token that is written is not read.
    limits.push_back(std::min(maximum, model.context() - prompt + 1));
  }
  return limits;
}

}  // namespace heed
