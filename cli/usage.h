#pragma once
#include <CLI/CLI.hpp>

#include "heed/base/error.h"

namespace heed {

/// For flags that do not go together: wrong usage (exit status 2, and where help is) unless the condition
/// holds.
template <class... Parts>
void require_usage(bool condition, const Parts&... parts) {
  if (!condition) throw CLI::ValidationError(message(parts...));
}

}  // namespace heed
