#include "heed/service/open_predictor.h"

#include <array>

#include "heed/checkpoint/model_folder.h"
#include "heed/service/image_labeler.h"
#include "heed/service/mask_filler.h"
#include "heed/service/question_answerer.h"
#include "heed/service/task_predictors.h"
#include "heed/text_classifier/classifier_folder.h"
#include "heed/text_classifier/network/text_classes.h"

namespace heed {
namespace {

struct Entry {
  std::string_view task;
  std::unique_ptr<Predictor> (*open)(const std::filesystem::path&, Backend&, const PredictorOptions&);
};

constexpr std::array entries{
    Entry{"translation", translation_predictor},        Entry{"summarization", summary_predictor},
    Entry{"text-generation", generation_predictor},     Entry{text_classification, text_class_predictor},
    Entry{image_classification, image_class_predictor}, Entry{fill_mask, mask_predictor},
    Entry{question_answering, answer_predictor},
};

}  // namespace

std::string task_of_model(const std::filesystem::path& folder) {
  return holds_bag_of_words(folder) ? std::string(text_classification) : load_task(folder);
}

std::unique_ptr<Predictor> open_predictor(const std::filesystem::path& folder, Backend& backend,
                                          const PredictorOptions& options) {
  const std::string task = task_of_model(folder);
  std::string known;
  for (const Entry& entry : entries) {
    if (entry.task == task) return entry.open(folder, backend, options);
    known += message(known.empty() ? "" : ", ", entry.task);
  }
  throw CheckpointError(message(folder.string(), ": holds a model for ", task,
                                ", but this version of heed predicts with models for ", known, " only"));
}

}  // namespace heed
