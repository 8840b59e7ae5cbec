#include <cstdlib>
#include <iostream>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/machine_options.h"
#include "cli/program.h"
#include "heed/api/deepl.h"
#include "heed/api/heed_api.h"
#include "heed/api/libretranslate.h"
#include "heed/api/openai.h"
#include "heed/api/openapi.h"
#include "heed/api/status_routes.h"
#include "heed/operators/access_log.h"
#include "heed/operators/gate.h"
#include "heed/pages/serve_page.h"
#include "heed/service/open_predictor.h"

namespace heed {
namespace {

struct ServeOptions {
  std::vector<std::string> models;
  std::optional<std::filesystem::path> access_log;
  bool log_texts = false;
  double patience = 20;
  Index queue_tokens = 100'000;
  std::optional<Index> characters, texts;
  Index alternatives_limit = 10, cache_megabytes = 64;
  std::optional<Index> model_megabytes;
  bool preload = true;
  http::ServerOptions server;
  GateOptions gate;
  DecodingConfig decoding;
  PrecisionOptions precision;
  WorkerOptions machine;

  static constexpr std::string_view title = "Requests";
  static constexpr auto fields() {
    using S = ServeOptions;
    return std::tuple(
        field(
            "access_log", &S::access_log,
            "append a line of JSON for each request to this file (-: standard error); opened anew on SIGHUP"),
        field("log_texts", &S::log_texts, "with --access-log: log queries and bodies, too"),
        field("patience", &S::patience,
              "seconds that clients wait: what would be answered later is refused at once (503)",
              {0.01, 86400}),
        field("queue_tokens", &S::queue_tokens, "maximum number of tokens that wait for workers", {1}),
        field("characters", &S::characters, "maximum length of a request's texts", {1}),
        field("texts", &S::texts, "maximum number of a request's texts", {1}),
        field("alternatives_limit", &S::alternatives_limit, "maximum number of alternatives of a translation",
              {0, 100}),
        field("cache_megabytes", &S::cache_megabytes, "size of the cache of recent sentences (0: none)", {0}),
        field("model_megabytes", &S::model_megabytes,
              "maximum size of the weights of all translators that are loaded at once", {1}),
        field("preload", &S::preload, "load translators at the start, not on first use"));
  }
};

/// What the folders of the command line are for.
struct ServedModels {
  std::vector<OfferedModel> translators;
  std::vector<std::filesystem::path> named;
};

ServedModels served(const std::vector<std::string>& models) {
  ServedModels all;
  for (const std::string& model : models) {
    // What names languages translates; a folder may have a = in its name.
    const bool folder = std::filesystem::is_directory(model);
    if (folder && task_of_model(model) != "translation")
      all.named.emplace_back(model);
    else
      all.translators.push_back(offered_model(model));
  }
  return all;
}

/// All that serves.
class Service {
 public:
  explicit Service(const ServeOptions& options)
      : options_(options), models_(served(options.models)), gate_(options.gate), recent_(cache_bytes()) {
    Backend& backend = options.machine.on.chosen_backend();
    if (options.access_log)
      log_.emplace(*options.access_log, options.log_texts ? LoggedTexts::yes : LoggedTexts::no);
    named_.emplace(models_.named, backend, options.precision.type());
    if (!models_.translators.empty()) shelf_.emplace(models_.translators, backend, shelf_options());
    const auto [workers, threads] = options.machine.team();
    // A long document waits in rounds of its own: a sentence that comes later is translated between them.
    queue_.emplace(QueueOptions{.workers = workers,
                                .threads = threads,
                                .capacity = options.queue_tokens,
                                .rounds = {.tokens_of_order = 8192, .texts_of_order = 256}});
    add_routes();
    server_.emplace(options.server, router_,
                    http::ServerEvents{.answered = [this](const http::Answered& answered) { tell(answered); },
                                       .reload = [this] { reload(); }});
    measurements_.add_gauge("heed_http_connections", "Open connections.",
                            [this] { return static_cast<double>(server_->connections()); });
    measurements_.add_gauge("heed_http_requests_in_flight", "Requests that are being answered.",
                            [this] { return static_cast<double>(server_->requests_in_flight()); });
  }

  /// Serves until a signal ends it. Whether all requests were answered.
  bool run() {
    server_->obey_signals();
    if (shelf_ && options_.preload)
      for (const OfferedModel& model : models_.translators)
        shelf_->open(model.languages, [](const ReadyModel&, const std::exception_ptr&) {});
    std::cerr << "heed: serving at " << server_->address() << '\n';
    return server_->run();
  }

 private:
  std::size_t cache_bytes() const { return static_cast<std::size_t>(options_.cache_megabytes) << 20; }
  std::chrono::milliseconds patience() const {
    return std::chrono::milliseconds(static_cast<std::int64_t>(1000 * options_.patience));
  }
  ShelfOptions shelf_options() const {
    ShelfOptions shelf{.precision = options_.precision.type(),
                       .tell = [](const std::string& what) { std::cerr << message("heed: ", what, "\n"); }};
    if (options_.model_megabytes) shelf.memory = static_cast<std::uintmax_t>(*options_.model_megabytes) << 20;
    return shelf;
  }
  api::TranslationLimits limits() const {
    api::TranslationLimits limits{.alternatives = options_.alternatives_limit, .patience = patience()};
    if (options_.characters) limits.characters = *options_.characters;
    if (options_.texts) limits.texts = *options_.texts;
    return limits;
  }

  void add_routes() {
    const bool keys = options_.gate.api_keys && options_.gate.require_key;
    if (shelf_) {
      detector_ = compact_language_detector();
      translation_.emplace(*shelf_, *queue_, recent_, *detector_);
      libretranslate_.emplace(*translation_,
                              api::LibreTranslateOptions{
                                  .limits = limits(), .decoding = options_.decoding, .keys_required = keys});
      libretranslate_->add_routes(router_);
      deepl_.emplace(*translation_, api::DeepLOptions{.limits = limits(), .decoding = options_.decoding});
      deepl_->add_routes(router_);
    }
    openai_.emplace(*named_, *queue_, models_.translators,
                    api::OpenAIOptions{.limits = limits(), .patience = patience()});
    openai_->add_routes(router_);
    own_.emplace(shelf_ ? &*shelf_ : nullptr, *named_, *queue_,
                 api::HeedApiOptions{.limits = limits(), .decoding = options_.decoding});
    own_->add_routes(router_);
    const api::StatusSources sources{shelf_ ? &*shelf_ : nullptr, *queue_, recent_};
    api::add_health(router_, sources);
    api::declare_requests(measurements_);
    api::add_metrics(router_, measurements_, sources);
    api::add_openapi(router_);
    router_.add({.method = "GET",
                 .pattern = "/",
                 .handler = http::answering([](http::Request&) { return page(); }),
                 .runs = http::Runs::on_io_thread,
                 .access = http::Access::open});
    router_.wrap([this](const http::Route& route) {
      return route.access == http::Access::keyed ? gate_.guarded(route.handler) : route.handler;
    });
  }

  static http::Response page() {
    const std::string nonce = random_nonce();
    return {.content_type = "text/html; charset=utf-8",
            .body = serve_page(nonce),
            .headers = {{"Content-Security-Policy", serve_page_policy(nonce)},
                        {"Referrer-Policy", "no-referrer"},
                        {"Cache-Control", "no-store"}}};
  }

  void tell(const http::Answered& answered) {
    api::measure(measurements_, answered);
    if (log_) log_->write(answered);
  }

  /// Each part by itself: what cannot be read again stays as it was.
  void reload() {
    const auto attempt = [](auto part) {
      try {
        part();
      } catch (const std::exception& error) {
        std::cerr << message("heed: reload: ", error.what(), "\n");
      }
    };
    attempt([&] { gate_.reload(); });
    attempt([&] {
      if (log_) log_->reopen();
    });
    attempt([&] { named_->reload(); });
    attempt([&] {
      if (shelf_) shelf_->look_for_changes();
    });
    std::cerr << "heed: reloaded\n";
  }

  const ServeOptions& options_;
  ServedModels models_;
  Measurements measurements_;
  std::optional<AccessLog> log_;
  Gate gate_;
  RecentTranslations recent_;
  std::unique_ptr<LanguageDetector> detector_;
  http::Router router_;
  std::optional<NamedModels> named_;
  std::optional<ModelShelf> shelf_;
  std::optional<TextTranslation> translation_;
  std::optional<http::Server> server_;
  std::optional<TranslationQueue> queue_;
  std::optional<api::LibreTranslate> libretranslate_;
  std::optional<api::DeepL> deepl_;
  std::optional<api::OpenAI> openai_;
  std::optional<api::HeedApi> own_;
};

void serve(const ServeOptions& options) {
  outlive_readers();
  Service service(options);
  const bool all_answered = service.run();
  std::cerr << "heed: "
            << (all_answered ? "served until the end\n"
                             : "some requests were not answered within --grace and were cut off\n");
  std::cerr.flush();
  // Workers may have a batch of which nobody waits for the result, and hold what would be destroyed.
  std::_Exit(all_answered ? 0 : 1);
}

}  // namespace

void add_serve(CLI::App& program) {
  CLI::App* command =
      program.add_subcommand("serve", "answer requests over HTTP: translate, go on with text, look inside");
  auto options = std::make_shared<ServeOptions>();
  command
      ->add_option("models", options->models,
                   "folders of models; en-de=FOLDER where a translator's does not say its languages")
      ->required()
      ->option_text("MODEL...");
  add_settings(*command, settings_of(options->server, options->gate, *options, options->decoding));
  add_settings(*command, options->machine.settings());
  add_settings(*command, settings_of(options->precision));
  add_environment(*command, "HEED_SERVE_");
  command->footer(
      "Each flag has a variable of the environment, too: HEED_SERVE_PORT is --port.\n"
      "docs/serve.md describes what is answered.");
  command->final_callback([options] { serve(*options); });
}

}  // namespace heed
