#pragma once
#include <nlohmann/json_fwd.hpp>

#include "heed/lesson/lesson.h"

namespace heed {

/// A small translator, English to German, trained on the sample corpus for some seconds: its pieces, its
/// loss, what it attends to and how it writes a translation.
nlohmann::json trained_model_lesson(Backend& kernels, const LessonOptions& options);

}  // namespace heed
