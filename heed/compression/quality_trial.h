#pragma once
#include <functional>
#include <memory>
#include <string>

#include "heed/data/token_stream.h"
#include "heed/image_classifier/image_examples.h"
#include "heed/model/model.h"
#include "heed/tasks/translation/translation_validation.h"
#include "heed/training/validation.h"

namespace heed {

/// What a model is worth, and how long it took to find out.
struct MeasuredQuality {
  Validation validation;
  double seconds = 0;
};

/// How the quality of a model is measured while its weights are stored in fewer bits.
struct QualityTrial {
  std::function<MeasuredQuality(const Model&)> measure;
  /// The loss of a token or an image, in nats, on a part of the set: quick enough to be asked for every
  /// weight.
  std::function<double(const Model&)> quick_loss;
  std::string deciding;  // the measure of which only so much may be lost
  std::string why = {};  // it is not the usual one; empty if it is
};

/// Sentence pairs that a model translates; BLEU decides, or chrF where BLEU can hardly change. The
/// tokenizers, the set and the backend must outlive it.
QualityTrial translation_trial(const Tokenizers& tokenizers, const ValidationSet& set,
                               const ValidationOptions& how, Backend& backend);

/// A text of so many bytes that a language model reads in windows of `context` tokens; the loss of a token
/// decides. The backend must outlive it. DataError for a text of fewer than two tokens.
QualityTrial text_trial(std::shared_ptr<const TokenStream> text, Index bytes, Index context,
                        Backend& backend);

/// Images with classes that a model is asked for; accuracy decides. The backend must outlive it.
QualityTrial image_trial(std::shared_ptr<const ImageExamples> images, Backend& backend);

}  // namespace heed
