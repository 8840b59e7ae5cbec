#pragma once
#include <chrono>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "heed/base/index.h"

namespace heed {

/// So many requests a minute for each of many callers, all at once or spread: who has made that many waits
/// until the next one's time has come (the generic cell rate algorithm). Safe to be used by any thread; what
/// it remembers is bounded.
class RateLimit {
 public:
  using Clock = std::chrono::steady_clock;

  /// Whose requests are counted is forgotten, those of the longest ago first, where there are more callers.
  explicit RateLimit(std::size_t callers = 65536) : callers_(callers) {}

  /// Counts a request. If it is one too many, it is not counted, and the result is when the next one may
  /// come.
  std::optional<Clock::duration> count(const std::string& caller, Index per_minute, Clock::time_point now);

 private:
  struct Caller {
    std::string name;
    Clock::time_point used_up;  // when all requests so far would have been due
  };
  std::size_t callers_;
  std::mutex mutex_;
  std::list<Caller> recent_;  // the one who asked last comes first
  std::unordered_map<std::string, std::list<Caller>::iterator> by_name_;
};

/// Whom an address's requests count for: itself, or of IPv6 its network of 64 bits, of which everybody has as
/// many addresses as he likes.
std::string counted_address(const std::string& address);

}  // namespace heed
