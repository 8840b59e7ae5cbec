#include "heed/api/deepl.h"

#include <algorithm>
#include <set>

#include "heed/api/api_errors.h"
#include "heed/http/parameters.h"
#include "heed/text/language_codes.h"
#include "heed/text/language_titles.h"
#include "heed/text/unicode.h"

namespace heed::api {
namespace {

using nlohmann::ordered_json;

// Clients show what is left of a limit; heed has none of this kind.
constexpr std::uint64_t no_limit = 1'000'000'000'000;

std::string in_capitals(std::string code) {
  std::transform(code.begin(), code.end(), code.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return code;
}

/// The language alone, as DeepL names sources.
std::string base_of(const std::string& code) { return in_capitals(code.substr(0, code.find_first_of("-_"))); }

bool is_true(const std::string& value) { return value == "1" || value == "true"; }

Splitting splitting_of(const std::string& value, TextFormat format) {
  if (value == "0") return Splitting::none;
  if (value == "nonewlines") return Splitting::punctuation;
  if (value == "1") return Splitting::sentences;
  if (!value.empty()) refuse("Value for 'split_sentences' not supported.");
  return format == TextFormat::text ? Splitting::sentences : Splitting::punctuation;
}

}  // namespace

http::Response deepl_error(int status, std::string_view message) {
  return http::json_response(nlohmann::json{{"message", message}}, status);
}

DeepL::DeepL(const TextTranslation& translation, const DeepLOptions& options)
    : translation_(translation), options_(options) {}

TextRequest DeepL::request_of(const nlohmann::json& parameters, Index most_characters) const {
  TextRequest request;
  request.texts = texts_parameter(parameters, "text");
  if (request.texts.empty()) refuse("Parameter 'text' not specified.");
  if (std::ssize(request.texts) > options_.limits.texts) refuse("Too many texts in request.", 413);
  Index characters = 0;
  for (const std::string& text : request.texts) {
    require_utf8(text, "Parameter 'text'", "send text in UTF-8");
    characters += count_code_points(text);
  }
  if (characters > most_characters)
    refuse(message("Request size of ", characters, " characters exceeds the limit of ", most_characters, "."),
           413);

  const ModelShelf& models = translation_.models();
  const auto offered = [&](const std::string& code, std::string LanguagePair::*side) {
    return std::any_of(models.offered().begin(), models.offered().end(),
                       [&](const OfferedModel& model) { return closeness(model.languages.*side, code) > 0; });
  };
  request.target = text_parameter(parameters, "target_lang", "");
  if (request.target.empty()) refuse("Parameter 'target_lang' not specified.");
  if (!offered(request.target, &LanguagePair::target)) refuse("Value for 'target_lang' not supported.");
  request.source = text_parameter(parameters, "source_lang", "");
  if (!request.source.empty()) {
    if (!offered(request.source, &LanguagePair::source)) refuse("Value for 'source_lang' not supported.");
    if (models.route(request.source, request.target).empty() &&
        closeness(request.source, request.target) == 0)
      refuse(message("No model translates from ", request.source, " to ", request.target, "."));
  }

  if (!text_parameter(parameters, "glossary_id", "").empty())
    refuse("There is no glossary with this 'glossary_id'.", 404);
  const std::string formality = text_parameter(parameters, "formality", "default");
  if (formality == "more" || formality == "less")
    refuse("'formality' is not supported for given 'target_lang'.");
  const std::string tags = text_parameter(parameters, "tag_handling", "");
  if (tags == "html" || tags == "xml")
    request.format = tags == "xml" ? TextFormat::xml : TextFormat::html;
  else if (!tags.empty())
    refuse("Value for 'tag_handling' not supported.");
  for (const char* name : {"ignore_tags", "splitting_tags", "non_splitting_tags"})
    if (std::ranges::any_of(texts_parameter(parameters, name),
                            [](const auto& tag) { return !is_blank(tag); }))
      refuse(message("'", name, "' is not supported."));
  request.splitting = splitting_of(text_parameter(parameters, "split_sentences", ""), request.format);
  request.decoding = options_.decoding;
  return request;
}

void DeepL::translate(const nlohmann::json& parameters, const Patience& patience, const Answer& answer,
                      std::optional<Index> key_limit) const {
  TextRequest request = request_of(parameters, options_.limits.characters_for(key_limit));
  request.patience = patience;
  std::vector<Index> billed;
  for (const std::string& text : request.texts) billed.push_back(count_code_points(text));
  const bool show = is_true(text_parameter(parameters, "show_billed_characters", ""));
  translation_.translate(
      std::move(request),
      [this, billed, show, answer](const std::vector<TranslatedText>& texts, std::exception_ptr error) {
        if (error) return answer({}, error);
        ordered_json translations = ordered_json::array();
        for (std::size_t i = 0; i < texts.size(); ++i) {
          ordered_json translation{{"detected_source_language", base_of(texts[i].source)},
                                   {"text", texts[i].text}};
          if (show) translation["billed_characters"] = billed[i];
          characters_ += static_cast<std::uint64_t>(billed[i]);
          translations.push_back(std::move(translation));
        }
        answer({{"translations", std::move(translations)}}, nullptr);
      });
}

ordered_json DeepL::languages(const nlohmann::json& parameters) const {
  const std::string type = text_parameter(parameters, "type", "source");
  if (type != "source" && type != "target") refuse("Value for 'type' not supported.");
  std::set<std::string> codes;
  for (const OfferedModel& model : translation_.models().offered())
    codes.insert(type == "source" ? base_of(model.languages.source) : in_capitals(model.languages.target));
  ordered_json all = ordered_json::array();
  for (const std::string& code : codes) {
    ordered_json language{{"language", code}, {"name", language_title(code)}};
    if (type == "target") language["supports_formality"] = false;
    all.push_back(std::move(language));
  }
  return all;
}

ordered_json DeepL::usage() const {
  return {{"character_count", characters_.load()}, {"character_limit", no_limit}};
}

void DeepL::add_routes(http::Router& router) const {
  router.add({.method = "POST",
              .pattern = "/v2/translate",
              .handler =
                  [this](http::Request& request, const http::Reply& reply) {
                    translate(
                        http::parameters_of(request),
                        {.deadline = request.arrival + options_.limits.patience, .gone = request.client_gone},
                        replying(request, reply, deepl_error), request.character_limit);
                  },
              .errors = deepl_error});
  for (const char* method : {"GET", "POST"}) {
    router.add({.method = method,
                .pattern = "/v2/languages",
                .handler = http::answering([this](http::Request& request) {
                  return http::json_response(languages(http::parameters_of(request)));
                }),
                .errors = deepl_error});
    router.add({.method = method,
                .pattern = "/v2/usage",
                .handler = http::answering([this](http::Request&) { return http::json_response(usage()); }),
                .errors = deepl_error});
  }
}

}  // namespace heed::api
