#include "heed/compression/quality_trial.h"

#include <algorithm>

#include "heed/base/stopwatch.h"
#include "heed/data/token_windows.h"
#include "heed/image_classifier/image_logits.h"
#include "heed/model/make_model.h"
#include "heed/tasks/classification/class_validation.h"
#include "heed/tasks/text_generation/text_validation.h"
#include "heed/tasks/translation/deciding_measure.h"

namespace heed {
namespace {

// Of a text, what is read once for each weight.
constexpr Index quick_windows = 16;

// Of images, what is seen once for each weight.
constexpr Index quick_images = 500;

/// Some examples of a dataset, spread over it: classes may lie one after the other.
class SpreadExamples : public Dataset {
 public:
  SpreadExamples(std::shared_ptr<const Dataset> all, Index count)
      : all_(std::move(all)), count_(std::min(count, all_->size())) {}

  Index size() const override { return count_; }
  Index columns() const override { return all_->columns(); }
  Index rows(Index example, Index column) const override { return all_->rows(place(example), column); }
  void append(Index example, Index epoch, std::span<Column> columns) const override {
    all_->append(place(example), epoch, columns);
  }
  void forget() const override { all_->forget(); }

 private:
  Index place(Index example) const { return example * all_->size() / count_; }

  std::shared_ptr<const Dataset> all_;
  Index count_;
};

/// The first pairs of a set.
ValidationSet head(const ValidationSet& set, Index count) {
  ValidationSet some;
  for (Index i = 0; i < std::min(count, set.examples.size()); ++i) {
    some.pairs.push_back(set.pairs[static_cast<std::size_t>(i)]);
    const auto source = set.examples.sequence(i, 0), target = set.examples.sequence(i, 1);
    some.examples.add(
        {std::vector<Index>(source.begin(), source.end()), std::vector<Index>(target.begin(), target.end())});
  }
  return some;
}

const EncoderDecoder& translating(const Model& model) {
  return require_family<EncoderDecoder>(model, "translation");
}

const LanguageModel& generating(const Model& model) {
  return require_family<LanguageModel>(model, "text-generation");
}

}  // namespace

QualityTrial translation_trial(const Tokenizers& tokenizers, const ValidationSet& set,
                               const ValidationOptions& how, Backend& backend) {
  const DecidingMeasure deciding = deciding_measure(set, how.bleu_tokenization);
  return {.measure = [&tokenizers, &set, &backend, how](const Model& model) -> MeasuredQuality {
            // Once more: the first meets cold caches and fresh memory.
            validate(translating(model), backend, tokenizers, head(set, 20), how);
            const TranslationQuality quality = validate(translating(model), backend, tokenizers, set, how);
            return {quality.validation(), quality.translation_seconds};
          },
          .quick_loss =
              [&backend, some = head(set, 200)](const Model& model) {
                return loss_per_token(translating(model), backend, some.examples, 4096);
              },
          .deciding = std::string(deciding.name),
          .why = deciding.why};
}

QualityTrial text_trial(std::shared_ptr<const TokenStream> text, Index bytes, Index context,
                        Backend& backend) {
  require<DataError>(text->size() >= 2, "the text to measure on has ", text->size(),
                     " tokens, but at least 2 are needed; give more text");
  const WindowOptions all{.context = context, .places = WindowPlaces::in_order};
  WindowOptions beginning = all;
  beginning.end = std::min(text->size(), quick_windows * context + 1);
  const auto some = std::make_shared<const TokenWindows>(text, beginning);
  return {.measure = [whole = ValidationText{.windows = std::make_shared<const TokenWindows>(text, all),
                                             .tokens = text->size() - 1,
                                             .bytes = bytes},
                      some, &backend](const Model& model) -> MeasuredQuality {
            const TextValidationOptions how{.samples = 0};
            loss_per_token(generating(model), backend, *some, how.batch_tokens);  // as for translations
            const Stopwatch watch;
            const double loss = loss_per_token(generating(model), backend, *whole.windows, how.batch_tokens);
            const double seconds = watch.seconds();
            return {text_measures(loss, whole), seconds};
          },
          .quick_loss =
              [some, &backend](const Model& model) {
                return loss_per_token(generating(model), backend, *some,
                                      TextValidationOptions().batch_tokens);
              },
          .deciding = "loss"};
}

QualityTrial image_trial(std::shared_ptr<const ImageExamples> images, Backend& backend) {
  const auto validation = [&backend](const Model& model, const Dataset& set) {
    const auto& seeing = require_family<ImageClassifier>(model, image_classification);
    return validate_classes(batch_logits(seeing), seeing.sizes().outputs, backend, set, 4096,
                            ClassGroups::none)
        .validation;
  };
  const auto some = std::make_shared<const SpreadExamples>(images, quick_images);
  return {
      .measure = [images, some, validation](const Model& model) -> MeasuredQuality {
        validation(model, *some);  // as for translations
        const Stopwatch watch;
        Validation found = validation(model, *images);
        return {std::move(found), watch.seconds()};
      },
      .quick_loss = [some, validation](const Model& model) { return validation(model, *some).value("loss"); },
      .deciding = "accuracy"};
}

}  // namespace heed
