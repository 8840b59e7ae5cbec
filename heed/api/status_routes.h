#pragma once
#include "heed/http/router.h"
#include "heed/http/server.h"
#include "heed/operators/measurements.h"
#include "heed/serving/model_shelf.h"
#include "heed/serving/recent_translations.h"
#include "heed/serving/translation_queue.h"

namespace heed::api {

/// What /health tells of; a shelf is there where translators are served.
struct StatusSources {
  const ModelShelf* translators = nullptr;
  const TranslationQueue& queue;
  const RecentTranslations& recent;
};

/// GET /health: never waits for a worker; 503 while the first model is being loaded. The sources must outlive
/// the router.
void add_health(http::Router& router, StatusSources sources);

/// GET /metrics, and the families of what the queue and the shelf do. They must outlive the router.
void add_metrics(http::Router& router, Measurements& measurements, StatusSources sources);

/// Counts a request that was answered: by route, method and status, of which there are a few.
void declare_requests(Measurements& measurements);
void measure(Measurements& measurements, const http::Answered& answered);

}  // namespace heed::api
