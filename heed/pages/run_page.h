#pragma once
#include <string>

#include "heed/training/run_history.h"

namespace heed {

/// What the page of a run says beside the log.
struct RunPageOptions {
  std::string title;     // the run's name
  bool running = false;  // somebody trains it now
};

/// A run as one HTML document that needs nothing but a browser: no network, no other file.
std::string run_page(const RunHistory& history, const RunPageOptions& options);

}  // namespace heed
