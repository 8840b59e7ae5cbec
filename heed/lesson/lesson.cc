#include "heed/lesson/lesson.h"

#include <nlohmann/json.hpp>

#include "heed/lesson/attention_by_hand.h"
#include "heed/lesson/counting.h"
#include "heed/lesson/trained_model.h"

namespace heed {

nlohmann::json make_lesson(Backend& kernels, const LessonOptions& options) {
  return {{"counting", counting_lesson(kernels)},
          {"by_hand", attention_by_hand(kernels)},
          {"trained", trained_model_lesson(kernels, options)}};
}

}  // namespace heed
