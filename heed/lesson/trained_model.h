#pragma once
#include <functional>
#include <nlohmann/json_fwd.hpp>

#include "heed/lesson/lesson.h"

namespace heed {

/// A small translator, English to German, trained on the sample corpus for some seconds: its pieces, its
/// loss, what it attends to and how it writes a translation. Null if it was interrupted.
nlohmann::json trained_model_lesson(Backend& backend, const LessonOptions& options,
                                    const std::function<bool()>& interrupted);

}  // namespace heed
