#include "heed/api/status_routes.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>

#include "heed/base/process_memory.h"
#include "heed/base/version.h"

namespace heed::api {
namespace {

using nlohmann::ordered_json;

/// Methods by which requests are counted; there are as many others as anybody likes.
std::string_view counted_method(const std::string& method) {
  constexpr std::array<std::string_view, 3> known{"GET", "POST", "OPTIONS"};
  const auto* const found = std::ranges::find(known, method);
  return found == known.end() ? "other" : *found;
}

http::Response health(const StatusSources& sources) {
  const ShelfFacts facts = sources.translators ? sources.translators->facts() : ShelfFacts{};
  const bool loading = facts.loading > 0 && facts.loaded == 0;
  const QueueFacts queue = sources.queue.facts();
  return http::json_response(
      ordered_json{
          {"status", loading ? "loading model" : "ok"},
          {"version", version()},
          {"translators", {{"offered", facts.offered}, {"loaded", facts.loaded}, {"loading", facts.loading}}},
          {"queue",
           {{"waiting_texts", queue.waiting_texts},
            {"waiting_tokens", queue.waiting_tokens},
            {"busy_workers", queue.busy_workers}}}},
      loading ? 503 : 200);
}

}  // namespace

void add_health(http::Router& router, StatusSources sources) {
  for (const char* pattern : {"/health", "/v1/health"})
    router.add({.method = "GET",
                .pattern = pattern,
                .handler = http::answering([sources](http::Request&) { return health(sources); }),
                .runs = http::Runs::on_io_thread,
                .access = http::Access::open});
}

void add_metrics(http::Router& router, Measurements& measurements, StatusSources sources) {
  const auto gauge = [&](const char* name, const char* help, auto member) {
    measurements.add_gauge(name, help,
                           [sources, member] { return static_cast<double>(sources.queue.facts().*member); });
  };
  const auto counter = [&](const char* name, const char* help, auto member) {
    measurements.add_counter(
        name, help, [sources, member] { return static_cast<double>(sources.queue.facts().*member); });
  };
  gauge("heed_queue_texts", "Texts that wait for a worker.", &QueueFacts::waiting_texts);
  gauge("heed_queue_tokens", "Tokens, about, of texts that wait.", &QueueFacts::waiting_tokens);
  gauge("heed_busy_workers", "Workers that have a batch.", &QueueFacts::busy_workers);
  gauge("heed_tokens_per_second", "Tokens that all workers translated a second, of late.",
        &QueueFacts::tokens_per_second);
  counter("heed_batches_total", "Batches that workers translated.", &QueueFacts::batches);
  counter("heed_texts_total", "Texts that workers translated.", &QueueFacts::texts);
  counter("heed_tokens_total", "Tokens of these texts.", &QueueFacts::tokens);
  counter("heed_failed_texts_total", "Texts that could not be translated.", &QueueFacts::failed);
  counter("heed_abandoned_texts_total", "Texts that waited until nobody needed them.", &QueueFacts::hopeless);
  counter("heed_refused_orders_total", "Requests for which the queue had no room.", &QueueFacts::refused);
  measurements.add_counter("heed_cache_hits_total", "Sentences that were translated before.",
                           [sources] { return static_cast<double>(sources.recent.facts().hits); });
  measurements.add_counter("heed_cache_misses_total", "Sentences that were not.",
                           [sources] { return static_cast<double>(sources.recent.facts().misses); });
  measurements.add_gauge("heed_cache_bytes", "Bytes of translations that are kept.",
                         [sources] { return static_cast<double>(sources.recent.facts().bytes); });
  if (const ModelShelf* const shelf = sources.translators) {
    measurements.add_gauge("heed_models_loaded", "Translators that are loaded.",
                           [shelf] { return static_cast<double>(shelf->facts().loaded); });
    measurements.add_gauge("heed_models_bytes", "Bytes of their weights.",
                           [shelf] { return static_cast<double>(shelf->facts().bytes); });
    measurements.add_counter("heed_model_load_failures_total", "Translators that could not be loaded.",
                             [shelf] { return static_cast<double>(shelf->facts().failures); });
  }
  measurements.add_gauge("process_resident_memory_bytes", "Resident memory.",
                         [] { return static_cast<double>(resident_bytes()); });
  router.add({.method = "GET",
              .pattern = "/metrics",
              .handler = http::answering([&measurements](http::Request&) {
                return http::Response{.content_type = Measurements::content_type,
                                      .body = measurements.text()};
              }),
              .runs = http::Runs::on_io_thread});
}

void declare_requests(Measurements& measurements) {
  measurements.add_counter("heed_http_requests_total",
                           "Requests, by what was answered (0: the client had gone).");
  measurements.add_counter("heed_http_response_bytes_total", "Bytes of answers' bodies.");
  measurements.add_histogram("heed_http_request_seconds", "Time from a request's last byte to its answer's.",
                             {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30});
}

void measure(Measurements& measurements, const http::Answered& answered) {
  // Of paths that lead nowhere there are as many as anybody likes.
  const std::string_view route =
      answered.request.route.empty() ? "none" : std::string_view(answered.request.route);
  const std::string status = std::to_string(answered.status);
  measurements.count(
      "heed_http_requests_total",
      {{"route", route}, {"method", counted_method(answered.request.method)}, {"status", status}});
  measurements.count("heed_http_response_bytes_total", {{"route", route}},
                     static_cast<double>(answered.bytes));
  measurements.observe("heed_http_request_seconds", {{"route", route}}, answered.seconds);
}

}  // namespace heed::api
