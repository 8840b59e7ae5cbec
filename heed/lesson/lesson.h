#pragma once
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "heed/backend/backend.h"
#include "heed/base/fields.h"

namespace heed {

/// What a lesson can be told.
struct LessonOptions {
  std::string sentence;
  double minutes = 0.2;

  static constexpr std::string_view title = "Lesson";
  static constexpr auto fields() {
    using L = LessonOptions;
    return std::tuple(
        field("sentence", &L::sentence,
              "what the small trained model reads, instead of a sentence of its own kind (\"May 3, 2021\")"),
        field("minutes", &L::minutes, "maximum minutes of training", {0.005, 1000}));
  }
};

/// Every number of the lesson, computed now: counting words, the parts of the Transformer by hand, and a
/// small model that is trained for seconds. Null if `interrupted`, which is asked while it trains, says so.
/// DataError for a sentence that is not UTF-8, has no words or is too long for a page.
nlohmann::json make_lesson(
    Backend& backend, const LessonOptions& options,
    const std::function<bool()>& interrupted = [] { return false; });

}  // namespace heed
