#include "heed/api/libretranslate.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include "heed/api/api_errors.h"
#include "heed/http/parameters.h"
#include "heed/text/language_codes.h"
#include "heed/text/language_titles.h"
#include "heed/text/lowercased.h"
#include "heed/text/unicode.h"

namespace heed::api {
namespace {

using nlohmann::ordered_json;

/// LibreTranslate has codes of its own for some languages, which some clients send.
std::string modern_code(const std::string& code) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> own{
      std::pair{"pb", "pt-BR"}, {"zt", "zh-Hant"}, {"zh", "zh-Hans"}};
  for (const auto& [former, now] : own)
    if (lowercased(code) == former) return std::string(now);
  return code;
}

std::string required(const nlohmann::json& parameters, const char* name) {
  std::string value = text_parameter(parameters, name, "");
  if (value.empty()) refuse(message("Invalid request: missing ", name, " parameter"));
  return value;
}

Index count_parameter(const nlohmann::json& parameters, const char* name, Index limit) {
  const std::string text(trimmed(text_parameter(parameters, name, "0")));
  Index count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (text.empty()) return 0;
  if (error != std::errc() || end != text.data() + text.size())
    refuse(message("Invalid request: ", name, " parameter is not a number"));
  if (count > limit) refuse(message("Invalid request: ", name, " parameter must be <= ", limit));
  return std::max<Index>(count, 0);
}

/// A language of a text as clients read it. Confidence has one digit behind the point.
ordered_json json_of(const DetectedLanguage& found) {
  return {{"confidence", std::round(found.confidence * 10) / 10}, {"language", found.language}};
}

bool is_array(const nlohmann::json& parameters, const char* name) {
  const auto value = parameters.find(name);
  return value != parameters.end() && value->is_array();
}

ordered_json answer_of(const std::vector<TranslatedText>& texts, const TextRequest& asked, bool array) {
  ordered_json translated = ordered_json::array(), detected = ordered_json::array(),
               alternatives = ordered_json::array(), pivots = ordered_json::array();
  bool pivoted = false;
  for (const TranslatedText& text : texts) {
    translated.push_back(text.text);
    alternatives.push_back(text.alternatives);
    // What it was translated from, which is not always what comes first.
    double confidence = 0;
    for (const DetectedLanguage& found : text.detected)
      if (found.language == text.source) confidence = found.confidence;
    detected.push_back(json_of({text.source, confidence}));
    pivots.push_back(text.pivot.empty() ? ordered_json() : ordered_json(text.pivot));
    pivoted = pivoted || !text.pivot.empty();
  }
  const auto put = [&](ordered_json& answer, const char* name, const ordered_json& values) {
    answer[name] = array ? values : values.front();
  };
  ordered_json answer;
  put(answer, "translatedText", translated);
  if (asked.source.empty()) put(answer, "detectedLanguage", detected);
  if (asked.alternatives > 0) put(answer, "alternatives", alternatives);
  if (pivoted) put(answer, "pivotLanguage", pivots);
  return answer;
}

}  // namespace

LibreTranslate::LibreTranslate(const TextTranslation& translation, const LibreTranslateOptions& options)
    : translation_(translation), options_(options) {}

std::string LibreTranslate::known_language(const std::string& code) const {
  const std::string wanted = modern_code(code);
  for (const OfferedModel& model : translation_.models().offered())
    if (closeness(model.languages.source, wanted) > 0 || closeness(model.languages.target, wanted) > 0)
      return wanted;
  refuse(message(printable(code, 35), " is not supported"));
}

TextRequest LibreTranslate::request_of(const nlohmann::json& parameters, Index most_characters) const {
  TextRequest request;
  request.texts = texts_parameter(parameters, "q");
  if (request.texts.empty() || (!is_array(parameters, "q") && request.texts.front().empty()))
    refuse("Invalid request: missing q parameter");
  const std::string source = required(parameters, "source"), target = required(parameters, "target");
  const TranslationLimits& limits = options_.limits;
  if (std::ssize(request.texts) > limits.texts)
    refuse(message("Invalid request: request (", request.texts.size(), ") exceeds text limit (", limits.texts,
                   ")"));
  Index characters = 0;
  for (const std::string& text : request.texts) {
    require_utf8(text, "Invalid request: q", "send text in UTF-8");
    characters += count_code_points(text);
  }
  if (characters > most_characters)
    refuse(message("Invalid request: request (", characters, ") exceeds text limit (", most_characters, ")"));
  if (lowercased(source) != "auto") request.source = known_language(source);
  request.target = known_language(target);
  const std::string format = text_parameter(parameters, "format", "text");
  const auto known = format.empty() ? TextFormat::text : enum_named<TextFormat>(format);
  if (!known || *known == TextFormat::xml) refuse(message(printable(format, 35), " format is not supported"));
  request.format = *known;
  request.alternatives = count_parameter(parameters, "alternatives", limits.alternatives);
  const bool same = closeness(request.source, request.target) > 0;
  if (!request.source.empty() && !same && translation_.models().route(request.source, request.target).empty())
    refuse(message(language_title(request.target), " (", request.target,
                   ") is not available as a target language from ", language_title(request.source), " (",
                   request.source, ")"));
  request.decoding = options_.decoding;
  return request;
}

void LibreTranslate::translate(const nlohmann::json& parameters, const Patience& patience,
                               const Answer& answer, std::optional<Index> key_limit) const {
  TextRequest request = request_of(parameters, options_.limits.characters_for(key_limit));
  request.patience = patience;
  TextRequest asked = request;
  asked.texts.clear();
  translation_.translate(std::move(request),
                         [asked, array = is_array(parameters, "q"), answer](
                             const std::vector<TranslatedText>& texts, std::exception_ptr error) {
                           if (error) return answer({}, error);
                           answer(answer_of(texts, asked, array), nullptr);
                         });
}

ordered_json LibreTranslate::detect(const nlohmann::json& parameters) const {
  std::string all;
  for (const std::string& text : texts_parameter(parameters, "q")) {
    require_utf8(text, "Invalid request: q", "send text in UTF-8");
    all += (all.empty() ? "" : "\n") + text;
  }
  if (all.empty()) refuse("Invalid request: missing q parameter");
  ordered_json found = ordered_json::array();
  for (const DetectedLanguage& language : translation_.detect(all)) found.push_back(json_of(language));
  if (found.empty()) found.push_back(json_of({"en", 0}));
  return found;
}

ordered_json LibreTranslate::languages(std::string_view in) const {
  const ModelShelf& models = translation_.models();
  std::set<std::string> codes;
  for (const OfferedModel& model : models.offered())
    codes.insert({model.languages.source, model.languages.target});
  ordered_json all = ordered_json::array();
  for (const std::string& code : codes) {
    const std::vector<std::string> reached = models.targets(code);
    std::set<std::string> targets(reached.begin(), reached.end());
    targets.insert(code);  // clients expect it
    all.push_back({{"code", code}, {"name", language_title(code, in)}, {"targets", targets}});
  }
  return all;
}

ordered_json LibreTranslate::settings() const {
  const auto side = [](const std::string& code) -> ordered_json {
    return {{"code", code}, {"name", language_title(code)}};
  };
  const LanguagePair& first = translation_.models().offered().front().languages;
  const Index characters = options_.limits.characters;
  return {{"charLimit", characters == std::numeric_limits<Index>::max() ? -1 : characters},
          {"frontendTimeout", options_.typing_pause.count()},
          {"apiKeys", options_.keys_required},
          {"keyRequired", options_.keys_required},
          {"suggestions", false},
          {"filesTranslation", false},
          {"supportedFilesFormat", ordered_json::array()},
          {"language",
           {{"source", {{"code", "auto"}, {"name", "Auto Detect"}}}, {"target", side(first.target)}}}};
}

void LibreTranslate::add_routes(http::Router& router) const {
  router.add({.method = "POST",
              .pattern = "/translate",
              .handler = [this](http::Request& request, const http::Reply& reply) {
                translate(
                    http::parameters_of(request),
                    {.deadline = request.arrival + options_.limits.patience, .gone = request.client_gone},
                    replying(request, reply, http::plain_error), request.character_limit);
              }});
  router.add({.method = "POST",
              .pattern = "/detect",
              .handler = http::answering([this](http::Request& request) {
                return http::json_response(detect(http::parameters_of(request)));
              })});
  router.add(
      {.method = "GET",
       .pattern = "/languages",
       .handler = http::answering([this](http::Request& request) {
         const nlohmann::json parameters = http::parameters_of(request);
         const std::string asked = text_parameter(parameters, "lang", "");
         return http::json_response(languages(
             is_language_code(asked) ? asked : first_accepted_language(request.header("Accept-Language"))));
       }),
       .access = http::Access::open});
  router.add({.method = "GET",
              .pattern = "/frontend/settings",
              .handler = http::answering([this](http::Request&) { return http::json_response(settings()); }),
              .access = http::Access::open});
  router.add({.method = "POST",
              .pattern = "/suggest",
              .handler = http::answering([](http::Request&) -> http::Response {
                refuse("Suggestions are disabled on this server.", 403);
              })});
  router.add({.method = "POST",
              .pattern = "/translate_file",
              .handler = http::answering([](http::Request&) -> http::Response {
                refuse("Files translation are disabled on this server.", 403);
              })});
}

}  // namespace heed::api
