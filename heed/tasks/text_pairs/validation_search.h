#pragma once
#include "heed/base/fields.h"
#include "heed/base/index.h"

namespace heed {

/// How the texts are searched for that a model of pairs of texts is validated by.
struct ValidationSearch {
  Index validation_beam = 1;

  static constexpr std::string_view title = "Validation";
  static constexpr auto fields() {
    return std::tuple(
        field("validation_beam", &ValidationSearch::validation_beam, "beam size for validation", {1, 64}));
  }
};

}  // namespace heed
