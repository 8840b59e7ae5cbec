#include "heed/tasks/translation/translation_task.h"

#include <fmt/format.h>

#include "heed/checkpoint/model_languages.h"
#include "heed/data/dataset_fingerprint.h"

namespace heed {
namespace {

class TranslationObjective : public TextPairObjective {
 public:
  TranslationObjective(const EncoderDecoder& model, const Tokenizers& tokenizers, const ValidationSet& set,
                       const ValidationOptions& validation, const DecidingMeasure& deciding,
                       double label_smoothing)
      : TextPairObjective(model, tokenizers, set, label_smoothing),
        validation_(validation),
        deciding_(deciding) {}

  Validation validate(Backend& backend) const override {
    return heed::validate(model_, backend, tokenizers_, set_, validation_).validation();
  }

  std::vector<std::string_view> measures() const override { return measures_to_decide_by(deciding_); }

  std::string validation_fingerprint() const override {
    return fmt::format("{}, beam {}, BLEU {}", fingerprint(set_.examples), validation_.beam,
                       enum_name(validation_.bleu_tokenization));
  }

 private:
  ValidationOptions validation_;
  DecidingMeasure deciding_;
};

}  // namespace

void TranslationTask::check_data() {
  require_tokenization(options_.validation.bleu_tokenization);
  TextPairTask::check_data();
}

void TranslationTask::have_read(const TaskRun& run) {
  const ModelLanguages languages{options_.corpus.source_language, options_.corpus.target_language};
  if (languages.known()) save_model_languages(run.folder.path(), languages);
  deciding_ = deciding_measure(validation_, options_.validation.bleu_tokenization);
  note_deciding_measure(run);
}

void TranslationTask::note_deciding_measure(const TaskRun& run) const {
  if (deciding_.why.empty() || run.training.metric.value_or("bleu") != "bleu") return;
  run.observer.note(
      run.training.metric
          ? fmt::format("warning: BLEU decides which model is the best, but says little here: {}",
                        deciding_.why)
          : fmt::format("chrF decides which model is the best, not BLEU, which says little here: {}",
                        deciding_.why));
}

std::unique_ptr<Objective> TranslationTask::objective(const Model& model,
                                                      const TrainingConfig& training) const {
  const ValidationOptions validation{.beam = options_.validation.validation_beam,
                                     .samples = training.samples,
                                     .batch_tokens = training.batch_tokens,
                                     .bleu_tokenization = options_.validation.bleu_tokenization};
  return std::make_unique<TranslationObjective>(require_family<EncoderDecoder>(model, "translation"),
                                                tokenizers_, validation_, validation, deciding_,
                                                training.label_smoothing);
}

std::string TranslationTask::card_text() const {
  return fmt::format("BLEU is sacreBLEU's {}. Trained on {}. ",
                     enum_name(options_.validation.bleu_tokenization), data_text());
}

}  // namespace heed
