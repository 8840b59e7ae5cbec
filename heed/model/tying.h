#pragma once
#include "heed/base/fields.h"
#include "heed/base/index.h"

namespace heed {

/// Which of the three tables [vocabulary, width] are one: the source's and target's embeddings and the final
/// linear layer's weight. The paper ties all three (section 3.4).
enum class Tying { none, source_target, target_output, source_output, all };
template <>
struct EnumNames<Tying> {
  static constexpr std::array names{
      std::pair{"none", Tying::none}, std::pair{"source_target", Tying::source_target},
      std::pair{"target_output", Tying::target_output}, std::pair{"source_output", Tying::source_output},
      std::pair{"all", Tying::all}};
};

/// ConfigError if tables of these vocabularies cannot be one.
void require_tying_fits(Tying tying, Index source_vocabulary, Index target_vocabulary);

}  // namespace heed
