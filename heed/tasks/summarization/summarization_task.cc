#include "heed/tasks/summarization/summarization_task.h"

#include <fmt/format.h>

#include "heed/data/dataset_fingerprint.h"

namespace heed {
namespace {

class SummarizationObjective : public TextPairObjective {
 public:
  SummarizationObjective(const EncoderDecoder& model, const Tokenizers& tokenizers, const ValidationSet& set,
                         const SummaryValidationOptions& validation, double label_smoothing)
      : TextPairObjective(model, tokenizers, set, label_smoothing), validation_(validation) {}

  Validation validate(Backend& backend) const override {
    return validate_summaries(model_, backend, tokenizers_, set_, validation_);
  }
  std::vector<std::string_view> measures() const override {
    return {"rouge_l", "rouge_1", "rouge_2", "loss"};
  }
  std::string validation_fingerprint() const override {
    return fmt::format("{}, beam {}, no repeated {}-grams", fingerprint(set_.examples), validation_.beam,
                       validation_.no_repeat_ngrams);
  }

 private:
  SummaryValidationOptions validation_;
};

}  // namespace

void SummarizationTask::set_defaults(TrainingConfig& /*training*/, ModelOptions& model) const {
  model.set_default("copy", true);
}

std::unique_ptr<Objective> SummarizationTask::objective(const Model& model,
                                                        const TrainingConfig& training) const {
  const SummaryValidationOptions validation{.beam = options_.validation.validation_beam,
                                            .samples = training.samples,
                                            .batch_tokens = training.batch_tokens};
  return std::make_unique<SummarizationObjective>(require_family<EncoderDecoder>(model, name()), tokenizers_,
                                                  validation_, validation, training.label_smoothing);
}

std::string SummarizationTask::card_text() const {
  return fmt::format(
      "ROUGE is rouge-score's, without stemming. Trained on {}; of a source, the first {} tokens "
      "are read. ",
      data_text(), options_.sources.source_tokens);
}

}  // namespace heed
