#include "heed/serving/text_translation.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "heed/text/language_codes.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

using Route = std::vector<LanguagePair>;

// What is detected with so much confidence is so, whether or not there is a model for it.
constexpr double certain = 50;

/// The language that a text is to be translated from: what it is certainly in; or what it may be in and can
/// be translated; or where nothing tells, what most of what cannot be told is in, English if possible.
std::string source_of(const std::vector<DetectedLanguage>& detected, const ModelShelf& models,
                      const std::string& target) {
  for (const DetectedLanguage& found : detected)
    if (found.confidence >= certain || closeness(found.language, target) > 0 ||
        !models.route(found.language, target).empty())
      return found.language;
  std::string any;
  for (const std::string& source : models.sources())
    if (!models.route(source, target).empty() && (any.empty() || closeness(source, "en") > 0)) any = source;
  return any;
}

}  // namespace

/// One request on its way: every text taken apart, then a leg of its route after the other. It is kept alive
/// by whatever it waits for.
class TextTranslation::Job : public std::enable_shared_from_this<Job> {
 public:
  Job(const TextTranslation& all, TextRequest request, Ready ready)
      : all_(all), request_(std::move(request)), ready_(std::move(ready)) {
    const std::lock_guard lock(all_.mutex_);
    ++all_.requests_;
  }
  ~Job() {
    const std::lock_guard lock(all_.mutex_);
    --all_.requests_;
    all_.for_end_.notify_all();
  }
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  void begin() {
    try {
      take_apart();
    } catch (...) {
      return ready_({}, std::current_exception());
    }
    open_ = groups_.size() + 1;
    for (const auto& [route, group] : groups_) next_leg(route, 0);
    done_with_group();
  }

 private:
  /// A sentence of a text, on its way from one language to the next.
  struct Sentence {
    std::size_t text;
    std::vector<std::string> versions;  // the best first; in the beginning what is to be translated
  };
  struct Group {
    std::vector<Sentence> sentences;
    std::atomic<std::size_t> open = 0;  // of the leg at work
  };

  void take_apart() {
    results_.resize(request_.texts.size());
    for (std::size_t i = 0; i < request_.texts.size(); ++i) {
      const std::string& text = request_.texts[i];
      require_utf8(text, request_.texts.size() == 1 ? std::string("the text") : message("text ", i + 1),
                   "send text in UTF-8");
      TranslatedText& result = results_[i];
      result.source = request_.source;
      if (request_.source.empty()) {
        result.detected = all_.detect(text);
        result.source = source_of(result.detected, all_.models_, request_.target);
      }
      const Route route = all_.models_.route(result.source, request_.target);
      if (route.empty()) {
        require<NoSuchDirection>(closeness(result.source, request_.target) > 0, "no model translates from ",
                                 result.source.empty() ? "any language" : result.source, " to ",
                                 request_.target);
        documents_.emplace_back("", "", Splitting::none);
        result.text = text;  // in the target's language already
        continue;
      }
      if (route.size() > 1) result.pivot = route.front().target;
      documents_.emplace_back(text, route.front().source, request_.splitting);
      if (documents_.back().sentences().empty()) {
        result.text = text;
        continue;
      }
      for (const std::string& sentence : documents_.back().sentences())
        groups_[route].sentences.push_back({i, {sentence}});
    }
  }

  void next_leg(const Route& route, std::size_t leg) {
    if (leg == route.size()) return done_with_group();
    try {
      all_.models_.open(route[leg],
                        [self = shared_from_this(), &route, leg](ReadyModel model, std::exception_ptr error) {
                          if (error)
                            self->fail(error);
                          else
                            self->translate(route, leg, model);
                        });
    } catch (...) {
      fail(std::current_exception());
    }
  }

  void translate(const Route& route, std::size_t leg, const ReadyModel& model) {
    Group& group = groups_.at(route);
    const bool last = leg + 1 == route.size();
    DecodingConfig decoding = request_.decoding;
    if (last && request_.alternatives > 0) decoding.n_best = request_.alternatives + 1;
    if (!decoding.sample) decoding.beam = std::max(decoding.beam, decoding.n_best);
    decoding = model.translator->with_batch_size(decoding);
    const auto fingerprint = std::make_shared<const std::string>(model.fingerprint);
    Order order{.translator = model.translator, .decoding = decoding, .patience = request_.patience};
    std::vector<std::size_t> ordered;
    for (std::size_t i = 0; i < group.sentences.size(); ++i) {
      Sentence& sentence = group.sentences[i];
      if (const auto known = all_.recent_.find({fingerprint, decoding, sentence.versions.front()})) {
        take(sentence, *known);
        continue;
      }
      order.texts.push_back(sentence.versions.front());
      order.numbers.push_back(i);
      ordered.push_back(i);
    }
    if (ordered.empty()) return next_leg(route, leg + 1);
    group.open = ordered.size();
    const auto texts = std::make_shared<const std::vector<std::string>>(order.texts);
    try {
      all_.queue_.submit(
          std::move(order), [self = shared_from_this(), &route, leg, &group, fingerprint, decoding, texts,
                             ordered = std::move(ordered)](std::size_t text, Outcome outcome) {
            if (outcome.error) {
              self->note(outcome.error);
            } else {
              self->take(group.sentences[ordered[text]], outcome.translation);
              self->all_.recent_.keep({fingerprint, decoding, (*texts)[text]}, outcome.translation);
            }
            if (--group.open > 0) return;
            if (self->failed())
              self->done_with_group();
            else
              self->next_leg(route, leg + 1);
          });
    } catch (...) {
      fail(std::current_exception());
    }
  }

  static void take(Sentence& sentence, const TranslatedLine& line) {
    sentence.versions.clear();
    for (const Translation& t : line.translations) sentence.versions.push_back(t.text);
  }

  void note(const std::exception_ptr& error) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = error;
  }
  bool failed() {
    const std::lock_guard lock(mutex_);
    return error_ != nullptr;
  }
  void fail(const std::exception_ptr& error) {
    note(error);
    done_with_group();
  }

  void done_with_group() {
    if (--open_ > 0) return;
    if (error_) return ready_({}, error_);
    try {
      put_together();
    } catch (...) {
      return ready_({}, std::current_exception());
    }
    ready_(std::move(results_), nullptr);
  }

  void put_together() {
    std::vector<std::vector<const Sentence*>> of_text(results_.size());
    for (const auto& [route, group] : groups_)
      for (const Sentence& sentence : group.sentences) of_text[sentence.text].push_back(&sentence);
    for (std::size_t i = 0; i < results_.size(); ++i) {
      if (of_text[i].empty()) continue;
      TranslatedText& result = results_[i];
      result.text = version(i, of_text[i], 0);
      for (Index n = 1; n <= request_.alternatives; ++n) {
        std::string other = version(i, of_text[i], static_cast<std::size_t>(n));
        const auto& there = result.alternatives;
        if (other != result.text && std::find(there.begin(), there.end(), other) == there.end() &&
            !is_blank(other))
          result.alternatives.push_back(std::move(other));
      }
    }
  }

  /// A text of the n-th translation of each sentence, or the last that there is.
  std::string version(std::size_t text, const std::vector<const Sentence*>& sentences, std::size_t n) const {
    std::vector<std::string> translations;
    for (const Sentence* sentence : sentences)
      translations.push_back(sentence->versions[std::min(n, sentence->versions.size() - 1)]);
    return documents_[text].with(translations);
  }

  const TextTranslation& all_;
  const TextRequest request_;
  const Ready ready_;
  std::vector<Document> documents_;  // one a text
  std::vector<TranslatedText> results_;
  std::map<Route, Group> groups_;
  std::atomic<std::size_t> open_ = 0;  // groups, and the beginning
  std::mutex mutex_;                   // guards the error
  std::exception_ptr error_;
};

TextTranslation::~TextTranslation() {
  std::unique_lock lock(mutex_);
  for_end_.wait(lock, [&] { return requests_ == 0; });
}

void TextTranslation::translate(TextRequest request, Ready ready) const {
  std::make_shared<Job>(*this, std::move(request), std::move(ready))->begin();
}

std::vector<TranslatedText> TextTranslation::translate(TextRequest request) const {
  auto promise = std::make_shared<std::promise<std::vector<TranslatedText>>>();
  auto future = promise->get_future();
  translate(std::move(request), [promise](std::vector<TranslatedText> texts, std::exception_ptr error) {
    if (error)
      promise->set_exception(error);
    else
      promise->set_value(std::move(texts));
  });
  return future.get();
}

std::vector<DetectedLanguage> TextTranslation::detect(std::string_view text) const {
  return detector_.detect(text, models_.sources());
}

}  // namespace heed
