#pragma once
#include <condition_variable>
#include <mutex>
#include <string>

#include "heed/http/handler.h"

namespace heed::http {

/// Keeps an answer for a test to look at.
class CapturedExchange : public Exchange {
 public:
  void send(Response whole) override { take(std::move(whole), true); }
  void begin(Response head) override { take(std::move(head), false); }
  bool write(std::string part) override {
    const std::lock_guard lock(mutex_);
    response_.body += part;
    return true;
  }
  void end() override {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    change_.notify_all();
  }
  void came_from(Caller) override {}
  /// The answer, once it is whole.
  Response response() {
    std::unique_lock lock(mutex_);
    change_.wait(lock, [&] { return ended_; });
    return response_;
  }

 private:
  void take(Response response, bool whole) {
    const std::lock_guard lock(mutex_);
    response_ = std::move(response);
    ended_ = whole;
    change_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable change_;
  Response response_;
  bool ended_ = false;
};

}  // namespace heed::http
