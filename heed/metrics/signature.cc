#include "heed/metrics/signature.h"

#include "heed/base/error.h"
#include "heed/base/version.h"

namespace heed {

std::string make_signature(const std::vector<std::pair<std::string_view, std::string>>& settings) {
  std::string signature;
  for (const auto& [key, value] : settings) signature += message(key, ':', value, '|');
  return signature + message("version:heed-", version());
}

}  // namespace heed
