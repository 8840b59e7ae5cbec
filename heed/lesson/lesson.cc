#include "heed/lesson/lesson.h"

#include "heed/lesson/attention_by_hand.h"
#include "heed/lesson/before_attention.h"
#include "heed/lesson/counting.h"
#include "heed/lesson/trained_model.h"

namespace heed {

using nlohmann::json;

json make_lesson(Backend& kernels, const LessonOptions& options, const std::function<bool()>& interrupted) {
  json trained = trained_model_lesson(kernels, options, interrupted);
  if (trained.is_null()) return nullptr;
  return {{"before", before_attention(kernels)},
          {"counting", counting_lesson(kernels)},
          {"by_hand", attention_by_hand(kernels)},
          {"trained", std::move(trained)}};
}

}  // namespace heed
