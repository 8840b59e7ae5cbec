#pragma once
#include <string>

#include "heed/training/run_history.h"

namespace heed {

/// What a report says beside the log.
struct ReportOptions {
  std::string title;     // the run's name
  bool running = false;  // somebody trains it now
};

/// A run as one HTML document that needs nothing but a browser: no network, no other file.
std::string report_page(const RunHistory& history, const ReportOptions& options);

}  // namespace heed
