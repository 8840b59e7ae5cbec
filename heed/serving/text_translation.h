#pragma once
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "heed/language_detection/language_detector.h"
#include "heed/serving/document.h"
#include "heed/serving/model_shelf.h"
#include "heed/serving/recent_translations.h"
#include "heed/serving/translation_queue.h"

namespace heed {

/// A text, or a language, that no model that is offered translates.
class NoSuchDirection : public DataError {
 public:
  using DataError::DataError;
};

enum class TextFormat { text, html, xml };
template <>
struct EnumNames<TextFormat> {
  static constexpr std::array names{std::pair{"text", TextFormat::text}, std::pair{"html", TextFormat::html},
                                    std::pair{"xml", TextFormat::xml}};
};

/// Texts of any number of sentences to be translated.
struct TextRequest {
  std::vector<std::string> texts;  // UTF-8
  std::string source;              // a code; empty: each text's language is detected
  std::string target;
  TextFormat format = TextFormat::text;
  Splitting splitting = Splitting::sentences;
  /// Whether addresses, placeholders, numbers and emoji come through as they are (protected_spans.h).
  bool protect = true;
  Index alternatives = 0;  // further translations of each text
  DecodingConfig decoding = {};
  Patience patience = {};
};

struct TranslatedText {
  std::string text;
  std::vector<std::string> alternatives;   // others than the text and each other, the likeliest first
  std::vector<DetectedLanguage> detected;  // of the text, where its source was not given
  std::string source;                      // the language that it was translated from
  std::string pivot;                       // the language that it went through; empty: it went directly
};

/// Translates texts by whichever models lead from their language to another. The texts of a request and their
/// sentences are translated in batches together, and with those of other requests.
class TextTranslation {
 public:
  using Ready = std::function<void(std::vector<TranslatedText>, std::exception_ptr)>;

  /// All of them must outlive this.
  TextTranslation(ModelShelf& models, TranslationQueue& queue, RecentTranslations& recent,
                  const LanguageDetector& detector)
      : models_(models), queue_(queue), recent_(recent), detector_(detector) {}
  /// Waits until all requests are answered; a queue that was stopped answers them at once.
  ~TextTranslation();
  TextTranslation(const TextTranslation&) = delete;
  TextTranslation& operator=(const TextTranslation&) = delete;

  /// Tells `ready` the translations in their order, or why there are none: DataError for a text that is not
  /// UTF-8, NoSuchDirection, what models say, and why requests are not answered (request_errors.h). From
  /// this thread, a worker's or the shelf's; it must not throw. Nothing is thrown.
  void translate(TextRequest request, Ready ready) const;

  /// Waits for the translations. What is wrong is thrown.
  std::vector<TranslatedText> translate(TextRequest request) const;

  /// The languages of a text, the likeliest first; those that can be translated are likelier than others.
  std::vector<DetectedLanguage> detect(std::string_view text) const;

  const ModelShelf& models() const { return models_; }

 private:
  class Job;

  ModelShelf& models_;
  TranslationQueue& queue_;
  RecentTranslations& recent_;
  const LanguageDetector& detector_;
  mutable std::mutex mutex_;  // guards the number
  mutable std::condition_variable for_end_;
  mutable Index requests_ = 0;
};

}  // namespace heed
