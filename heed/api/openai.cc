#include "heed/api/openai.h"

#include <fmt/format.h>

#include <chrono>
#include <random>

#include "heed/api/api_errors.h"
#include "heed/api/chat_template.h"
#include "heed/api/json_fields.h"
#include "heed/base/json_text.h"
#include "heed/http/parameters.h"
#include "heed/service/chat.h"

namespace heed::api {
namespace {

using nlohmann::ordered_json;

std::int64_t now() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// What a client asks for.
struct Completion {
  bool chat = false, stream = false, echo = false, tells_usage = false, logprobs = false;
  std::string model;
  std::vector<std::string> prompts;
  Dialogue conversation;  // of a chat
  GenerationConfig generation;

  /// As a model reads it that has not learned from dialogues: as a play, which goes on until somebody else
  /// speaks.
  void write_as_play() {
    prompts = {chat_prompt(conversation)};
    for (std::string& stop : chat_stops()) generation.stop.push_back(std::move(stop));
  }
};

void require_zero(JsonFields& fields, const char* name) {
  if (fields.number(name, -2, 2, 0) != 0)
    refuse(message("'", name, "' is not supported; 'repetition_penalty' is"));
}

/// What completions of both kinds have.
void read_common(JsonFields& fields, Completion& asked, const OpenAIOptions& options) {
  GenerationConfig& how = asked.generation;
  asked.model = fields.text("model");
  asked.stream = fields.flag("stream", false);
  how.samples = fields.whole("n", 1, 128, 1);
  // Zero is the likeliest token each time, as if it were the limit.
  const double temperature = fields.number("temperature", 0, 2, 1);
  how.top_k = fields.whole("top_k", 0, 1 << 20, 0);
  if (temperature < 0.01)
    how.top_k = 1;
  else
    how.temperature = temperature;
  how.top_p = fields.number("top_p", 0, 1, 1);
  how.min_p = fields.number("min_p", 0, 1, 0);
  how.repetition_penalty = fields.number("repetition_penalty", 0.01, 100, 1);
  how.seed = static_cast<std::uint32_t>(
      fields.find("seed") ? static_cast<std::uint64_t>(fields.whole("seed", INT64_MIN, INT64_MAX, 0))
                          : std::random_device()());
  how.stop = fields.texts("stop");
  require_zero(fields, "presence_penalty");
  require_zero(fields, "frequency_penalty");
  if (const auto* bias = fields.find("logit_bias"); bias && !bias->empty())
    refuse("'logit_bias' is not supported");
  if (const auto* stream_options = fields.find("stream_options")) {
    if (!stream_options->is_object()) JsonFields::refuse("stream_options", "an object");
    JsonFields inner(*stream_options);
    asked.tells_usage = inner.flag("include_usage", false);
    inner.ignore({"include_obfuscation"});
    inner.require_all_known();
  }
  fields.ignore(
      {"user", "metadata", "store", "service_tier", "safety_identifier", "prompt_cache_key", "api_key"});
  if (std::ssize(asked.prompts) > options.limits.texts)
    refuse(message("the request has ", asked.prompts.size(), " prompts; ", options.limits.texts,
                   " are allowed"));
  if (std::ssize(how.stop) > options.stops)
    refuse(message("'stop' has ", how.stop.size(), " texts; ", options.stops, " are allowed"));
  const Index wanted = std::max<Index>(how.max_tokens, 1) * how.samples * std::ssize(asked.prompts);
  if (wanted > options.tokens)
    refuse(message("the request asks for ", wanted, " tokens; this server writes ", options.tokens,
                   " at most for one"));
  fields.require_all_known();
}

Completion completion_of(const nlohmann::json& parameters, const OpenAIOptions& options) {
  JsonFields fields(parameters);
  Completion asked;
  const nlohmann::json* prompt = fields.find("prompt");
  const bool texts =
      !prompt || prompt->is_string() ||
      (prompt->is_array() && std::ranges::all_of(*prompt, [](const auto& p) { return p.is_string(); }));
  if (!texts) refuse("'prompt' is not a string or an array of strings; prompts of tokens are not supported");
  asked.prompts = fields.texts("prompt");
  if (asked.prompts.empty()) asked.prompts.emplace_back();  // the beginning of a document
  asked.generation.max_tokens = fields.whole("max_tokens", 0, options.tokens, 16);
  asked.echo = fields.flag("echo", false);
  asked.logprobs = fields.find("logprobs") && fields.whole("logprobs", 0, 5, 0) >= 0;
  if (asked.logprobs && fields.whole("logprobs", 0, 5, 0) > 1)
    refuse("'logprobs' is more than 1: log-probabilities are told of the tokens that were written alone");
  if (asked.logprobs && (asked.stream || asked.echo))
    refuse("'logprobs' is not supported with 'stream' or 'echo'");
  const Index n = fields.whole("n", 1, 128, 1);
  if (fields.whole("best_of", 1, 128, n) != n) refuse("'best_of' other than 'n' is not supported");
  if (!fields.text("suffix").empty()) refuse("'suffix' is not supported");
  read_common(fields, asked, options);
  return asked;
}

Completion chat_completion_of(const nlohmann::json& parameters, const OpenAIOptions& options) {
  JsonFields fields(parameters);
  Completion asked;
  asked.chat = true;
  const nlohmann::json* messages = fields.find("messages");
  if (!messages) refuse("'messages' is missing");
  asked.conversation = conversation_of(*messages);
  asked.prompts.resize(1);
  const Index usual = GenerationConfig().max_tokens;
  asked.generation.max_tokens = fields.whole("max_completion_tokens", 0, options.tokens,
                                             fields.whole("max_tokens", 0, options.tokens, usual));
  if (fields.flag("logprobs", false)) refuse("'logprobs' is not supported in chats");
  if (const auto* tools = fields.find("tools"); tools && !tools->empty()) refuse("'tools' are not supported");
  if (const auto* format = fields.find("response_format");
      format && (!format->is_object() || format->value("type", "") != "text"))
    refuse("'response_format' other than text is not supported");
  fields.ignore({"parallel_tool_calls", "tool_choice", "reasoning_effort", "modalities", "top_logprobs"});
  read_common(fields, asked, options);
  return asked;
}

/// Why OpenAI's clients think a text ended.
const char* reason_of(FinishReason reason) {
  return reason == FinishReason::eos || reason == FinishReason::stop ? "stop" : "length";
}

/// Builds what is sent of a completion.
class Writer {
 public:
  Writer(Completion asked, NamedModel model, std::uint64_t request)
      : asked_(std::move(asked)), model_(std::move(model)), created_(now()) {
    id_ = fmt::format("{}-{}-{}", asked_.chat ? "chatcmpl" : "cmpl", created_, request);
  }

  const Completion& asked() const { return asked_; }
  const Generator& generator() const { return *model_.generator; }
  /// Whether the model reads a conversation with its own marks of roles.
  bool answers_dialogue() const { return asked_.chat && generator().answers_dialogues(); }

  ordered_json whole(const std::vector<std::vector<GeneratedText>>& texts) const {
    ordered_json choices = ordered_json::array();
    for (std::size_t prompt = 0; prompt < texts.size(); ++prompt)
      for (const GeneratedText& text : texts[prompt]) {
        ordered_json choice{{"index", choices.size()}};
        if (asked_.chat)
          choice["message"] = {{"role", "assistant"}, {"content", said(text.text)}, {"refusal", nullptr}};
        else
          choice["text"] = (asked_.echo ? asked_.prompts[prompt] : "") + text.text;
        choice["logprobs"] = asked_.logprobs ? logprobs(text) : ordered_json();
        choice["finish_reason"] = reason_of(text.finish_reason);
        choices.push_back(std::move(choice));
      }
    return with(asked_.chat ? "chat.completion" : "text_completion", std::move(choices), usage(texts));
  }

  /// A part of a text, or its end.
  std::string part(Index index, std::string_view text, const char* finish_reason = nullptr) const {
    ordered_json choice{{"index", index}};
    if (!asked_.chat)
      choice["text"] = text;
    else if (finish_reason)
      choice["delta"] = ordered_json::object();
    else
      choice["delta"] = {{"content", text}};
    choice["logprobs"] = nullptr;
    choice["finish_reason"] = finish_reason ? ordered_json(finish_reason) : ordered_json();
    return event(with(kind_of_part(), ordered_json::array({choice}), {}));
  }
  /// Who speaks: the first part of a text in a chat.
  std::string speaker(Index index) const {
    const ordered_json choice{{"index", index},
                              {"delta", {{"role", "assistant"}, {"content", ""}}},
                              {"logprobs", nullptr},
                              {"finish_reason", nullptr}};
    return event(with(kind_of_part(), ordered_json::array({choice}), {}));
  }
  std::string last(const std::vector<std::vector<GeneratedText>>& texts) const {
    std::string text;
    if (asked_.tells_usage) text = event(with(kind_of_part(), ordered_json::array(), usage(texts)));
    return text + "data: [DONE]\n\n";
  }
  static std::string event(const ordered_json& value) { return "data: " + text_of_json(value) + "\n\n"; }

  /// What the assistant says, or its beginning: the play has a blank before it.
  std::string said(std::string_view text) const {
    return std::string(text.starts_with(' ') && !answers_dialogue() ? text.substr(1) : text);
  }

 private:
  const char* kind_of_part() const { return asked_.chat ? "chat.completion.chunk" : "text_completion"; }

  ordered_json with(const char* object, ordered_json choices, const ordered_json& usage) const {
    ordered_json all{{"id", id_},
                     {"object", object},
                     {"created", created_},
                     {"model", model_.name},
                     {"choices", std::move(choices)}};
    if (!usage.is_null()) all["usage"] = usage;
    return all;
  }
  ordered_json usage(const std::vector<std::vector<GeneratedText>>& texts) const {
    std::size_t read = 0, written = 0;
    if (answers_dialogue())
      read =
          static_cast<std::size_t>(chat_prompt_tokens(generator(), asked_.conversation, asked_.generation));
    else
      for (const std::string& prompt : asked_.prompts)
        read += generator().tokenizers().source->encode(prompt).size();
    for (const auto& of_prompt : texts)
      for (const GeneratedText& text : of_prompt) written += text.tokens.size();
    return {{"prompt_tokens", read}, {"completion_tokens", written}, {"total_tokens", read + written}};
  }
  static ordered_json logprobs(const GeneratedText& text) {
    ordered_json numbers = ordered_json::array();
    for (std::size_t i = 0; i < text.tokens.size(); ++i) numbers.push_back(text.token_log_probability[i]);
    return {{"tokens", text.tokens},
            {"token_logprobs", numbers},
            {"top_logprobs", nullptr},
            {"text_offset", nullptr}};
  }

  Completion asked_;
  NamedModel model_;
  std::int64_t created_;
  std::string id_;
};

/// Writes all texts, one prompt after the other. `take` is told each part as it comes and says whether to go
/// on.
std::vector<std::vector<GeneratedText>> generate(const Writer& writer,
                                                 const std::function<bool(Index, std::string_view)>& take) {
  const Completion& asked = writer.asked();
  std::vector<std::vector<GeneratedText>> texts;
  if (writer.answers_dialogue())
    return {answer_dialogue(writer.generator(), asked.conversation, asked.generation, 0, take).texts};
  bool go_on = true;
  for (std::size_t prompt = 0; prompt < asked.prompts.size() && go_on; ++prompt) {
    const Index first = static_cast<Index>(prompt) * asked.generation.samples;
    texts.push_back(writer.generator().generate(
        asked.prompts[prompt], asked.generation, prompt,
        [&](Index sample, std::string_view text) { return go_on = take(first + sample, text); }));
  }
  return texts;
}

/// An answer that begins with the first part, so that what is wrong before it is an error with its status.
class Stream {
 public:
  Stream(const Writer& writer, const http::Reply& reply)
      : writer_(writer),
        reply_(reply),
        begun_(writer.asked().prompts.size() * static_cast<std::size_t>(writer.asked().generation.samples)) {}

  bool begun() const { return head_; }

  void run() {
    const bool chat = writer_.asked().chat;
    const auto texts = generate(writer_, [&](Index index, std::string_view text) {
      const bool first = begin(index);
      return reply_.write(writer_.part(index, chat && first ? writer_.said(text) : std::string(text)));
    });
    Index index = 0;
    for (const auto& of_prompt : texts)
      for (const GeneratedText& text : of_prompt) {
        begin(index);  // of a text that is empty
        reply_.write(writer_.part(index++, "", reason_of(text.finish_reason)));
      }
    reply_.write(writer_.last(texts));
    reply_.end();
  }

 private:
  /// Whether it is the first part of this text.
  bool begin(Index index) {
    if (!head_)
      reply_.begin({.content_type = "text/event-stream", .headers = {{"Cache-Control", "no-store"}}});
    head_ = true;
    if (begun_[static_cast<std::size_t>(index)]) return false;
    begun_[static_cast<std::size_t>(index)] = true;
    const Completion& asked = writer_.asked();
    if (asked.chat) reply_.write(writer_.speaker(index));
    if (asked.echo)
      reply_.write(
          writer_.part(index, asked.prompts[static_cast<std::size_t>(index / asked.generation.samples)]));
    return true;
  }

  const Writer& writer_;
  const http::Reply& reply_;
  std::vector<bool> begun_;  // by text
  bool head_ = false;
};

/// Answers with what a worker makes of it. An error that comes after the answer began is its last part.
void answer(const Writer& writer, const std::stop_token& gone, const Answer& tell, const http::Reply& reply) {
  Stream stream(writer, reply);
  try {
    if (writer.asked().stream) return stream.run();
    const auto texts = generate(writer, [&](Index, std::string_view) { return !gone.stop_requested(); });
    tell(writer.whole(texts), nullptr);
  } catch (...) {
    if (!stream.begun()) return tell({}, std::current_exception());
    const Failure failure = failure_of(std::current_exception());
    reply.write("data: " + openai_error(failure.status, failure.message).body + "\n");
    reply.end();
  }
}

}  // namespace

http::Response openai_error(int status, std::string_view message) {
  const char* type = "invalid_request_error";
  ordered_json code = nullptr;
  if (status == 401 || status == 403) code = "invalid_api_key";
  if (status == 404) code = "model_not_found";
  if (status == 429) type = "rate_limit_error", code = "rate_limit_exceeded";
  if (status >= 500) type = "server_error";
  return http::json_response(
      ordered_json{{"error", {{"message", message}, {"type", type}, {"param", nullptr}, {"code", code}}}},
      status);
}

OpenAI::OpenAI(const NamedModels& models, TranslationQueue& queue, std::vector<OfferedModel> translators,
               const OpenAIOptions& options)
    : models_(models), queue_(queue), translators_(std::move(translators)), options_(options) {}

ordered_json OpenAI::models() const {
  ordered_json data = ordered_json::array();
  const auto add = [&](const std::string& name, std::int64_t created,
                       std::string_view task) -> ordered_json& {
    data.push_back(
        {{"id", name}, {"object", "model"}, {"created", created}, {"owned_by", "heed"}, {"task", task}});
    return data.back();
  };
  for (const NamedModel& model : models_.all()) {
    ordered_json& entry = add(model.name, model.created, model.task);
    if (model.classifier) entry["labels"] = model.classifier->labels();
  }
  for (const OfferedModel& model : translators_) {
    ordered_json& entry = add(model_name(model.folder), 0, "translation");
    entry["source"] = model.languages.source;
    entry["target"] = model.languages.target;
  }
  return {{"object", "list"}, {"data", data}};
}

void OpenAI::complete(http::Request& request, const http::Reply& reply, bool chat) const {
  const nlohmann::json parameters = http::parameters_of(request);
  Completion asked = chat ? chat_completion_of(parameters, options_) : completion_of(parameters, options_);
  auto model = models_.find(asked.model, "text-generation");
  if (!model)
    refuse(asked.model.empty() ? "'model' is missing; /v1/models lists those that there are"
                               : message("there is no language model called ", printable(asked.model),
                                         "; /v1/models lists those that there are"),
           asked.model.empty() ? 400 : 404);
  if (chat && !model->generator->answers_dialogues()) asked.write_as_play();
  Index tokens = asked.generation.max_tokens * asked.generation.samples * std::ssize(asked.prompts);
  Index characters = 0;
  const auto read = [&](const std::string& text) {
    tokens += tokens_about(text.size());
    characters += count_code_points(text);
  };
  if (chat)
    for (const Turn& turn : asked.conversation) read(turn.text);
  else
    for (const std::string& prompt : asked.prompts) read(prompt);
  if (const Index most = options_.limits.characters_for(request.character_limit); characters > most)
    refuse(message("the request has ", characters, " characters; ", most, " are allowed"), 413);
  const auto writer = std::make_shared<const Writer>(std::move(asked), *std::move(model), request.id);
  const Answer tell = replying(request, reply, openai_error);
  try {
    queue_.run(tokens, {.deadline = request.arrival + options_.patience, .gone = request.client_gone},
               [writer, tell, reply, gone = request.client_gone](const std::exception_ptr& error) {
                 if (error) return tell({}, error);
                 answer(*writer, gone, tell, reply);
               });
  } catch (...) {  // the queue takes no more
    tell({}, std::current_exception());
  }
}

void OpenAI::add_routes(http::Router& router) const {
  const auto add = [&](const char* method, const char* pattern, http::Handler handler, http::Access access) {
    router.add({.method = method,
                .pattern = pattern,
                .handler = std::move(handler),
                .runs = access == http::Access::open ? http::Runs::on_io_thread : http::Runs::in_pool,
                .access = access,
                .errors = openai_error});
  };
  const auto list = [this](http::Request&) { return http::json_response(models()); };
  const auto one = [this](http::Request& request) {
    const ordered_json all = models();
    for (const ordered_json& model : all["data"])
      if (model["id"] == request.captures.front()) return http::json_response(model);
    refuse(message("there is no model called ", printable(request.captures.front())), 404);
  };
  add("GET", "/v1/models", http::answering(list), http::Access::open);
  add("GET", "/v1/models/{model}", http::answering(one), http::Access::open);
  add(
      "POST", "/v1/completions",
      [this](http::Request& request, const http::Reply& reply) { complete(request, reply, false); },
      http::Access::keyed);
  add(
      "POST", "/v1/chat/completions",
      [this](http::Request& request, const http::Reply& reply) { complete(request, reply, true); },
      http::Access::keyed);
}

}  // namespace heed::api
