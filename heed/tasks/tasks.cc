#include "heed/tasks/tasks.h"

#include <array>

#include "heed/base/error.h"
#include "heed/tasks/fill_mask/fill_mask_task.h"
#include "heed/tasks/image_classification/image_classification_task.h"
#include "heed/tasks/question_answering/question_answering_task.h"
#include "heed/tasks/summarization/summarization_task.h"
#include "heed/tasks/text_classification/text_classification_task.h"
#include "heed/tasks/text_generation/text_generation_task.h"
#include "heed/tasks/translation/translation_task.h"

namespace heed {
namespace {

template <class T>
std::unique_ptr<Task> make() {
  return std::make_unique<T>();
}

struct Entry {
  std::string_view name;
  std::unique_ptr<Task> (*make)();
};

constexpr std::array entries{
    Entry{"translation", make<TranslationTask>},
    Entry{"summarization", make<SummarizationTask>},
    Entry{"text-generation", make<TextGenerationTask>},
    Entry{"text-classification", make<TextClassificationTask>},
    Entry{"image-classification", make<ImageClassificationTask>},
    Entry{"fill-mask", make<FillMaskTask>},
    Entry{"question-answering", make<QuestionAnsweringTask>},
};

}  // namespace

std::vector<std::string_view> task_names() {
  std::vector<std::string_view> names;
  for (const Entry& entry : entries) names.push_back(entry.name);
  return names;
}

std::unique_ptr<Task> make_task(std::string_view name) {
  std::string known;
  for (const Entry& entry : entries) {
    if (entry.name == name) return entry.make();
    known += message(known.empty() ? "" : ", ", entry.name);
  }
  throw ConfigError(message("task '", name, "' is not known to this heed, only ", known));
}

}  // namespace heed
