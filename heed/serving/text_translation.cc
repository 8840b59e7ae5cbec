#include "heed/serving/text_translation.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "heed/markup/markup_text.h"
#include "heed/markup/protected_spans.h"
#include "heed/serving/aligned_spans.h"
#include "heed/text/language_codes.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

using Route = std::vector<LanguagePair>;

// What is detected with so much confidence is so, whether or not there is a model for it.
constexpr double certain = 50;
// Numbers and the like of a sentence beyond which it is no sentence but a table, and none is kept by force.
constexpr Index most_protected = 200;

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
  /// A text that a sentence was made into.
  struct Version {
    std::string text;
    SpanLinks links = {};              // to the sentence as it was in the beginning
    std::vector<TextSpan> spans = {};  // what must come through unchanged: in the order of the beginning
  };
  /// A sentence of a block of a text, on its way from one language to the next.
  struct Sentence {
    std::size_t text, block;
    std::vector<Version> versions;   // the best first; in the beginning what is to be translated
    std::vector<std::size_t> own{};  // its first spans are these of its block's that are not translated
  };
  /// A text taken apart: blocks of markup, or one block.
  struct Text {
    std::unique_ptr<MarkupText> markup = nullptr;  // none: plain text
    std::vector<Document> blocks = {};
  };
  struct Group {
    std::vector<Sentence> sentences;
    std::atomic<std::size_t> open = 0;  // of the leg at work
  };

  void take_apart() {
    results_.resize(request_.texts.size());
    texts_.resize(request_.texts.size());
    for (std::size_t i = 0; i < request_.texts.size(); ++i) {
      const std::string& text = request_.texts[i];
      require_utf8(text, request_.texts.size() == 1 ? std::string("the text") : message("text ", i + 1),
                   "send text in UTF-8");
      TranslatedText& result = results_[i];
      result.source = request_.source;
      if (request_.format != TextFormat::text)
        texts_[i].markup = std::make_unique<MarkupText>(
            text, request_.format == TextFormat::xml ? MarkupDialect::xml : MarkupDialect::html);
      if (request_.source.empty()) {
        result.detected = all_.detect(seen(i));
        result.source = source_of(result.detected, all_.models_, request_.target);
      }
      const Route route = all_.models_.route(result.source, request_.target);
      if (route.empty()) {
        require<NoSuchDirection>(closeness(result.source, request_.target) > 0, "no model translates from ",
                                 result.source.empty() ? "any language" : result.source, " to ",
                                 request_.target);
        result.text = text;  // in the target's language already
        continue;
      }
      if (route.size() > 1) result.pivot = route.front().target;
      result.text = text;  // where it has nothing to translate
      if (request_.format == TextFormat::text)
        add_block(i, text, {}, request_.splitting, route);
      else
        take_markup_apart(i, route);
    }
  }

  /// What people read of a text.
  std::string seen(std::size_t i) const {
    if (!texts_[i].markup) return request_.texts[i];
    std::string all;
    for (const MarkupBlock& block : texts_[i].markup->blocks()) all += block.text + "\n";
    return all;
  }

  void take_markup_apart(std::size_t i, const Route& route) {
    for (const MarkupBlock& block : texts_[i].markup->blocks()) {
      Splitting splitting = request_.splitting;
      if (!block.lines && splitting == Splitting::sentences) splitting = Splitting::punctuation;
      if (block.lines && splitting != Splitting::sentences) splitting = Splitting::sentences;
      add_block(i, block.text, block.untranslated, splitting, route);
    }
  }

  void add_block(std::size_t text, const std::string& block, const std::vector<TextSpan>& untranslated,
                 Splitting splitting, const Route& route) {
    const std::size_t number = texts_[text].blocks.size();
    std::vector<Document>& blocks = texts_[text].blocks;
    blocks.emplace_back(block, route.front().source, splitting);
    if (!untranslated.empty() && !each_within_a_sentence(untranslated, blocks.back()))
      blocks.back() = Document(block, route.front().source, Splitting::none);
    const Document& document = blocks.back();
    const std::vector<Index> begins = document.begins();
    for (std::size_t i = 0; i < begins.size(); ++i) {
      const std::string& sentence = document.sentences()[i];
      Sentence added{text, number, {{sentence}}};
      Version& version = added.versions.front();
      for (std::size_t own = 0; own < untranslated.size(); ++own) {
        const TextSpan span{untranslated[own].begin - begins[i], untranslated[own].end - begins[i]};
        if (!is_within(span, sentence)) continue;
        version.spans.push_back(span);
        added.own.push_back(own);
      }
      if (request_.protect) add_protected(version);
      groups_[route].sentences.push_back(std::move(added));
    }
  }

  static bool is_within(const TextSpan& span, std::string_view sentence) {
    return span.begin >= 0 && span.end <= std::ssize(sentence);
  }

  static bool each_within_a_sentence(const std::vector<TextSpan>& spans, const Document& document) {
    const std::vector<Index> begins = document.begins();
    std::size_t sentence = 0;
    for (const TextSpan& span : spans) {
      while (sentence + 1 < begins.size() && begins[sentence + 1] <= span.begin) ++sentence;
      if (begins.empty() || !is_within({span.begin - begins[sentence], span.end - begins[sentence]},
                                       document.sentences()[sentence]))
        return false;
    }
    return true;
  }

  /// Adds what a text itself has to keep, where the markup names nothing.
  static void add_protected(Version& version) {
    const std::vector<TextSpan> found = protected_spans(version.text);
    if (std::ssize(found) > most_protected) return;
    const auto named = std::ssize(version.spans);
    for (const TextSpan& span : found)
      if (std::none_of(version.spans.begin(), version.spans.begin() + named,
                       [&](const TextSpan& other) { return overlap(span, other) > 0; }))
        version.spans.push_back(span);
  }

  void next_leg(const Route& route, std::size_t leg) {
    if (leg == route.size()) return done_with_group();
    try {
      all_.models_.open(route[leg],
                        [self = shared_from_this(), &route, leg](ReadyModel model, std::exception_ptr error) {
                          if (error) return self->fail(error);
                          try {
                            self->translate(route, leg, model);
                          } catch (...) {
                            self->fail(std::current_exception());
                          }
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
    // Tags stand around what was made from the words that they stood around, as a head of attention has it.
    decoding.alignments = request_.format != TextFormat::text && model.translator->alignment_head().known();
    decoding = model.translator->with_batch_size(decoding);
    const auto fingerprint = std::make_shared<const std::string>(model.fingerprint);
    Order order{
        .translator = model.translator, .texts = {}, .decoding = decoding, .patience = request_.patience};
    std::vector<std::size_t> ordered;
    for (std::size_t i = 0; i < group.sentences.size(); ++i) {
      Sentence& sentence = group.sentences[i];
      if (const auto known = all_.recent_.find({fingerprint, decoding, sentence.versions.front().text})) {
        take(sentence, *known);
        continue;
      }
      order.texts.push_back(sentence.versions.front().text);
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
            try {
              if (outcome.error) std::rethrow_exception(outcome.error);
              self->take(group.sentences[ordered[text]], outcome.translation);
              self->all_.recent_.keep({fingerprint, decoding, (*texts)[text]}, outcome.translation);
            } catch (...) {
              self->note(std::current_exception());
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

  void take(Sentence& sentence, const TranslatedLine& line) const {
    const Version before = std::move(sentence.versions.front());
    sentence.versions.clear();
    for (const Translation& t : line.translations) {
      ProtectedTranslation kept =
          with_protected_spans(before.text, before.spans, t.text, aligned_spans(t.token_links));
      SpanLinks links = std::move(kept.links);
      if (request_.format == TextFormat::text)
        links.clear();
      else if (t.token_links.empty())
        links = links_in_order(before.text, kept.text);
      if (!before.links.empty()) links = through(links, before.links);
      sentence.versions.push_back({std::move(kept.text), std::move(links), std::move(kept.spans)});
    }
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
    std::vector<std::vector<std::vector<const Sentence*>>> sentences(results_.size());
    for (std::size_t i = 0; i < results_.size(); ++i) sentences[i].resize(texts_[i].blocks.size());
    for (const auto& [route, group] : groups_)
      for (const Sentence& sentence : group.sentences)
        sentences[sentence.text][sentence.block].push_back(&sentence);
    for (std::size_t i = 0; i < results_.size(); ++i) {
      if (texts_[i].blocks.empty()) continue;
      TranslatedText& result = results_[i];
      result.text = version(texts_[i], sentences[i], 0);
      for (Index n = 1; n <= request_.alternatives; ++n) {
        std::string other = version(texts_[i], sentences[i], static_cast<std::size_t>(n));
        const auto& there = result.alternatives;
        if (other != result.text && std::find(there.begin(), there.end(), other) == there.end() &&
            !is_blank(other))
          result.alternatives.push_back(std::move(other));
      }
    }
  }

  /// A text of the n-th translation of each sentence, or the last that there is.
  static std::string version(const Text& text, const std::vector<std::vector<const Sentence*>>& sentences,
                             std::size_t n) {
    std::vector<TranslatedBlock> blocks;
    for (std::size_t b = 0; b < text.blocks.size(); ++b) {
      const std::size_t untranslated = text.markup ? text.markup->blocks()[b].untranslated.size() : 0;
      blocks.push_back(block(text.blocks[b], sentences[b], n, untranslated));
    }
    return text.markup ? text.markup->with(blocks) : std::move(blocks.front().text);
  }

  static TranslatedBlock block(const Document& document, const std::vector<const Sentence*>& sentences,
                               std::size_t n, std::size_t untranslated) {
    std::vector<const Version*> versions;
    std::vector<std::string> translations;
    for (const Sentence* sentence : sentences) {
      versions.push_back(&sentence->versions[std::min(n, sentence->versions.size() - 1)]);
      translations.push_back(versions.back()->text);
    }
    TranslatedBlock block{document.with(translations), {}, std::vector<TextSpan>(untranslated, nowhere)};
    const std::vector<Index> from = document.begins(), to = document.begins_with(translations);
    for (std::size_t i = 0; i < sentences.size(); ++i) {
      const auto moved = [](const TextSpan& span, Index by) {
        return TextSpan{span.begin + by, span.end + by};
      };
      for (const SpanLink& link : versions[i]->links)
        block.links.push_back({moved(link.target, to[i]), moved(link.source, from[i])});
      for (std::size_t s = 0; s < sentences[i]->own.size(); ++s)
        block.untranslated[sentences[i]->own[s]] = moved(versions[i]->spans[s], to[i]);
    }
    return block;
  }

  const TextTranslation& all_;
  const TextRequest request_;
  const Ready ready_;
  std::vector<Text> texts_;
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
