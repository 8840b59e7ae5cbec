#include "heed/base/utc_time.h"

#include <chrono>
#include <cstdio>
#include <ctime>

namespace heed {

std::string utc_time_text() {
  const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::system_clock::now().time_since_epoch());
  const std::time_t seconds = since.count() / 1000;
  std::tm time{};
  ::gmtime_r(&seconds, &time);
  char date[32], text[48];
  std::strftime(date, sizeof date, "%FT%T", &time);
  std::snprintf(text, sizeof text, "%s.%03dZ", date, static_cast<int>(since.count() % 1000));
  return text;
}

}  // namespace heed
