#include "heed/lesson/lesson.h"

#include "heed/lesson/attention_by_hand.h"
#include "heed/lesson/before_attention.h"
#include "heed/lesson/counting.h"
#include "heed/lesson/trained_model.h"

namespace heed {

using nlohmann::json;

json make_lesson(Backend& backend, const LessonOptions& options, const std::function<bool()>& interrupted) {
  json trained = trained_model_lesson(backend, options, interrupted);
  if (trained.is_null()) return nullptr;
  return {{"before", before_attention(backend)},
          {"counting", counting_lesson(backend)},
          {"by_hand", attention_by_hand(backend)},
          {"trained", std::move(trained)}};
}

}  // namespace heed
