#include "heed/operators/rate_limit.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace heed {

std::optional<RateLimit::Clock::duration> RateLimit::count(const std::string& caller, Index per_minute,
                                                           Clock::time_point now) {
  const Clock::duration minute = std::chrono::minutes(1), each = minute / per_minute;
  const std::lock_guard lock(mutex_);
  const auto place = by_name_.find(caller);
  const Clock::time_point used_up =
      std::max(now, place == by_name_.end() ? now : place->second->used_up) + each;
  if (used_up - now > minute) return used_up - now - minute;
  if (place != by_name_.end()) {
    place->second->used_up = used_up;
    recent_.splice(recent_.begin(), recent_, place->second);
    return std::nullopt;
  }
  if (recent_.size() == callers_) {
    by_name_.erase(recent_.back().name);
    recent_.pop_back();
  }
  recent_.push_front({caller, used_up});
  by_name_.emplace(caller, recent_.begin());
  return std::nullopt;
}

std::string counted_address(const std::string& address) {
  std::array<unsigned char, 16> bytes{};
  if (::inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return address;
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
  return std::string(text.data()) + "/64";
}

}  // namespace heed
