#include "heed/api/heed_api.h"

#include <atomic>
#include <cmath>

#include "heed/api/api_errors.h"
#include "heed/api/attention_bytes.h"
#include "heed/api/json_fields.h"
#include "heed/base/settings_json.h"
#include "heed/http/parameters.h"
#include "heed/serving/waiting_texts.h"
#include "heed/text/unicode.h"

namespace heed::api {
namespace {

using nlohmann::ordered_json;

ordered_json json_of(const TranslatedLine& line) {
  ordered_json translations = ordered_json::array();
  for (const Translation& t : line.translations)
    translations.push_back({{"text", t.text},
                            {"score", t.score},
                            {"log_probability", t.log_probability},
                            {"complete", t.complete},
                            {"tokens", t.tokens},
                            {"ids", t.ids},
                            {"token_log_probability", t.token_log_probability}});
  return {{"translations", translations}, {"sentences", line.sentences}, {"parts", line.parts}};
}

/// Lines on their way back from workers, in whatever order they come.
class Lines {
 public:
  Lines(std::size_t count, ordered_json head, Answer tell)
      : lines_(count), waiting_(count), head_(std::move(head)), tell_(std::move(tell)) {}

  void take(std::size_t number, Outcome outcome) {
    if (outcome.error) {
      if (!failed_.exchange(true)) tell_({}, outcome.error);
    } else {
      lines_[number] = json_of(outcome.translation);
    }
    if (--waiting_ > 0 || failed_) return;
    head_["lines"] = std::move(lines_);
    tell_(head_, nullptr);
  }

 private:
  std::vector<ordered_json> lines_;
  std::atomic<std::size_t> waiting_;
  std::atomic<bool> failed_ = false;
  ordered_json head_;
  Answer tell_;
};

/// Numbers that JSON has no word for are null.
ordered_json number(float value) { return std::isfinite(value) ? ordered_json(value) : ordered_json(); }

ordered_json numbers(const std::vector<float>& values) {
  ordered_json all = ordered_json::array();
  for (const float value : values) all.push_back(number(value));
  return all;
}

ordered_json json_of(const Inspection& seen) {
  ordered_json layers = ordered_json::array(), likely = ordered_json::array();
  for (const Inspection::Layer& layer : seen.layers)
    layers.push_back(
        {{"name", layer.name}, {"heads", layer.heads}, {"queries", layer.queries}, {"keys", layer.keys}});
  for (const auto& at_place : seen.likely) {
    ordered_json tokens = ordered_json::array();
    for (const LikelyToken& token : at_place)
      tokens.push_back({{"token", token.token}, {"log_probability", number(token.log_probability)}});
    likely.push_back(std::move(tokens));
  }
  return {{"source_tokens", seen.source_tokens},
          {"target_inputs", seen.target_inputs},
          {"target_tokens", seen.target_tokens},
          {"target_ids", seen.target_ids},
          {"token_log_probability", numbers(seen.token_log_probabilities)},
          {"likely", likely},
          {"layers", layers}};
}

/// What is to be looked at.
struct Look {
  std::string text, translation, layer;
  std::vector<Index> ids;  // of the translation; none: those of its text
  Index likely = 5;
};

std::vector<Index> ids_of(JsonFields& fields) {
  const nlohmann::json* ids = fields.find("target_ids");
  if (!ids) return {};
  if (!ids->is_array() || !std::ranges::all_of(*ids, [](const auto& id) { return id.is_number_integer(); }))
    JsonFields::refuse("target_ids", "an array of whole numbers");
  return ids->get<std::vector<Index>>();
}

/// All that is known but the weights, or those of one layer.
template <class Inspect>
http::Response answer_of(const Look& look, const Inspect& inspect_with) {
  std::string bytes;
  InspectionOptions how{.likely = look.layer.empty() ? look.likely : 0};
  if (!look.layer.empty())
    how.weights = [&](std::string_view layer, const Tensor& weights) {
      if (layer == look.layer) bytes = attention_bytes(weights);
    };
  const Inspection seen = inspect_with(how);
  if (look.layer.empty()) return http::json_response(json_of(seen));
  if (bytes.empty())
    refuse(
        message("the model has no layer ", printable(look.layer), "; /v1/attention lists those that it has"),
        404);
  return {.content_type = "application/octet-stream", .body = std::move(bytes)};
}

http::Response answer_of(const Look& look, const Translator& translator) {
  std::vector<Index> tokens = look.ids;
  if (tokens.empty()) tokens = translation_tokens(translator, look.translation);
  if (tokens.back() != special::eos) tokens.push_back(special::eos);
  return answer_of(look,
                   [&](const InspectionOptions& how) { return inspect(translator, look.text, tokens, how); });
}

http::Response answer_of(const Look& look, const Generator& generator) {
  return answer_of(look, [&](const InspectionOptions& how) { return inspect(generator, look.text, how); });
}

}  // namespace

HeedApi::HeedApi(ModelShelf* translators, const NamedModels& models, TranslationQueue& queue,
                 const HeedApiOptions& options)
    : translators_(translators), models_(models), queue_(queue), options_(options) {}

Patience HeedApi::patience(const http::Request& request) const {
  return {.deadline = request.arrival + options_.limits.patience, .gone = request.client_gone};
}

LanguagePair HeedApi::direction(const std::string& source, const std::string& target) const {
  if (!translators_) refuse("no translator is served here", 404);
  const std::vector<OfferedModel>& offered = translators_->offered();
  if (source.empty() && target.empty() && offered.size() == 1) return offered.front().languages;
  for (const OfferedModel& model : offered)
    if (model.languages.source == source && model.languages.target == target) return model.languages;
  refuse(message("no model translates from '", printable(source), "' to '", printable(target),
                 "'; /v1/models lists those that there are"),
         404);
}

NamedModel HeedApi::named(const std::string& name, const char* task) const {
  auto model = models_.find(name, task);
  if (!model)
    refuse(
        message("there is no model for ", task, name.empty() ? ", or several" : " called " + printable(name),
                "; /v1/models lists those that there are"),
        404);
  return *std::move(model);
}

void HeedApi::require_length(const http::Request& request, const std::vector<std::string>& texts) const {
  const TranslationLimits& limits = options_.limits;
  if (std::ssize(texts) > limits.texts)
    refuse(message("the request has ", texts.size(), " texts; ", limits.texts, " are allowed"));
  Index characters = 0;
  for (const std::string& text : texts) {
    require_utf8(text, "text");
    characters += count_code_points(text);
  }
  const Index most = limits.characters_for(request.character_limit);
  if (characters > most)
    refuse(message("the request has ", characters, " characters; ", most, " are allowed"), 413);
}

void HeedApi::run(const http::Request& request, const http::Reply& reply, std::size_t bytes,
                  std::function<http::Response()> work) const {
  const Answer tell = replying(request, reply, http::plain_error);
  try {
    queue_.run(tokens_about(bytes), patience(request),
               [tell, reply, work = std::move(work)](const std::exception_ptr& error) {
                 if (error) return tell({}, error);
                 try {
                   reply.send(work());
                 } catch (...) {
                   tell({}, std::current_exception());
                 }
               });
  } catch (...) {  // the queue takes no more
    tell({}, std::current_exception());
  }
}

void HeedApi::translate(http::Request& request, const http::Reply& reply) const {
  const nlohmann::json parameters = http::parameters_of(request);
  JsonFields fields(parameters);
  std::vector<std::string> texts = fields.texts("text");
  if (texts.empty()) refuse("'text' is missing: a string, or an array of strings");
  require_length(request, texts);
  const LanguagePair languages = direction(fields.text("source"), fields.text("target"));
  fields.ignore({"api_key"});
  DecodingConfig decoding = options_.decoding;
  Steering steering;
  if (fields.others().contains("decoding_batch_tokens"))
    refuse("'decoding_batch_tokens' is for the server to choose");
  set_from_json(settings_of(decoding, steering), fields.others(), "request");
  if (decoding.beam > options_.beam)
    refuse(message("'beam' is ", decoding.beam, "; ", options_.beam, " are allowed"));
  if (decoding.n_best > options_.beam)
    refuse(message("'n_best' is ", decoding.n_best, "; ", options_.beam, " are allowed"));
  for (const auto& [name, texts_of] :
       {std::pair{"terms", &steering.terms}, std::pair{"suppress", &steering.suppressed}})
    if (std::ssize(*texts_of) > options_.phrases)
      refuse(message("'", name, "' has ", texts_of->size(), " texts; ", options_.phrases, " are allowed"));
  if (!decoding.sample && decoding.n_best > decoding.beam)
    refuse(message("'n_best' is ", decoding.n_best, ", more than the 'beam' of ", decoding.beam));
  const Answer tell = replying(request, reply, http::plain_error);
  ordered_json head{{"source", languages.source}, {"target", languages.target}};
  const auto lines = std::make_shared<Lines>(texts.size(), std::move(head), tell);
  translators_->open(
      languages, [this, texts = std::move(texts), decoding, steering, lines, tell,
                  patience = patience(request)](const ReadyModel& model, std::exception_ptr error) {
        if (error) return tell({}, error);
        try {
          queue_.submit(
              {.translator = model.translator,
               .texts = texts,
               .decoding = model.translator->with_batch_size(decoding),
               .patience = patience,
               .steering = std::vector<Steering>(steering.empty() ? 0 : texts.size(), steering)},
              [lines](std::size_t number, Outcome outcome) { lines->take(number, std::move(outcome)); });
        } catch (...) {
          tell({}, std::current_exception());
        }
      });
}

void HeedApi::attention(http::Request& request, const http::Reply& reply) const {
  const nlohmann::json parameters = http::parameters_of(request);
  JsonFields fields(parameters);
  Look look{.text = fields.text("text"),
            .translation = fields.text("translation"),
            .layer = request.captures.empty() ? std::string() : request.captures.front(),
            .ids = ids_of(fields),
            .likely = fields.whole("likely", 0, 50, 5)};
  require_length(request, {look.text, look.translation});
  const std::string name = fields.text("model"), source = fields.text("source"),
                    target = fields.text("target");
  fields.ignore({"api_key"});
  fields.require_all_known();
  const std::size_t bytes = look.text.size() + look.translation.size();
  const bool names_model = !name.empty() || (!translators_ && source.empty() && target.empty());
  if (names_model) {
    const NamedModel model = named(name, "text-generation");
    return run(request, reply, bytes, [look, model] { return answer_of(look, *model.generator); });
  }
  const LanguagePair languages = direction(source, target);
  if (look.ids.empty() && look.translation.empty()) refuse("'translation' or 'target_ids' is missing");
  const Answer tell = replying(request, reply, http::plain_error);
  translators_->open(languages, [this, &request, reply, look, bytes, tell](const ReadyModel& model,
                                                                           std::exception_ptr error) {
    if (error) return tell({}, error);
    try {
      run(request, reply, bytes,
          [look, translator = model.translator] { return answer_of(look, *translator); });
    } catch (...) {
      tell({}, std::current_exception());
    }
  });
}

void HeedApi::classify(http::Request& request, const http::Reply& reply) const {
  const nlohmann::json parameters = http::parameters_of(request);
  JsonFields fields(parameters);
  const std::vector<std::string> texts = fields.texts("text");
  if (texts.empty()) refuse("'text' is missing: a string, or an array of strings");
  require_length(request, texts);
  const NamedModel model = named(fields.text("model"), "text-classification");
  fields.ignore({"api_key"});
  fields.require_all_known();
  std::size_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  run(request, reply, bytes, [texts, model] {
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    const std::vector<float> probabilities = (*model.classifier)(views);
    const std::vector<std::string>& labels = model.classifier->labels();
    ordered_json results = ordered_json::array();
    for (std::size_t text = 0; text < texts.size(); ++text) {
      const float* of_text = probabilities.data() + text * labels.size();
      std::vector<std::size_t> order(labels.size());
      for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
      std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return of_text[a] > of_text[b]; });
      ordered_json classes = ordered_json::array();
      for (const std::size_t i : order)
        classes.push_back({{"label", labels[i]}, {"probability", number(of_text[i])}});
      results.push_back({{"label", labels[order.front()]}, {"classes", classes}});
    }
    return http::json_response(ordered_json{{"model", model.name}, {"results", results}});
  });
}

void HeedApi::score(http::Request& request, const http::Reply& reply) const {
  const nlohmann::json parameters = http::parameters_of(request);
  JsonFields fields(parameters);
  const std::string text = fields.text("text");
  if (text.empty()) refuse("'text' is missing");
  require_length(request, {text});
  const NamedModel model = named(fields.text("model"), "text-generation");
  fields.ignore({"api_key"});
  fields.require_all_known();
  run(request, reply, text.size(), [text, model] {
    const ScoredText scored = model.generator->score(text, /*overlap=*/true);
    if (scored.predicted == 0) refuse("the text has no token whose probability is known; give a longer one");
    return http::json_response(ordered_json{{"model", model.name},
                                            {"tokens", scored.tokens},
                                            {"token_log_probability", numbers(scored.token_log_probability)},
                                            {"log_probability", scored.log_probability},
                                            {"perplexity", scored.perplexity()},
                                            {"bits_per_byte", scored.bits_per_byte()}});
  });
}

void HeedApi::add_routes(http::Router& router) const {
  const auto add = [&](const char* pattern,
                       void (HeedApi::*handler)(http::Request&, const http::Reply&) const) {
    router.add({.method = "POST",
                .pattern = pattern,
                .handler = [this, handler](http::Request& request, const http::Reply& reply) {
                  (this->*handler)(request, reply);
                }});
  };
  if (translators_) add("/v1/translate", &HeedApi::translate);
  add("/v1/attention", &HeedApi::attention);
  add("/v1/attention/{layer}", &HeedApi::attention);
  add("/v1/classify", &HeedApi::classify);
  add("/v1/score", &HeedApi::score);
}

}  // namespace heed::api
