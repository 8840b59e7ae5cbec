#pragma once
#include <cstddef>
#include <functional>
#include <memory>

namespace heed::http {

/// Threads that run handlers, so that whoever reads and writes connections never waits for one. A thread is
/// started when all others are busy, up to the limit; they are not the workers that compute.
class HandlerPool {
 public:
  /// At most so many threads, and so many tasks that wait for one.
  HandlerPool(std::size_t threads, std::size_t waiting);
  /// Waits for the tasks that run; those that wait are dropped.
  ~HandlerPool();
  HandlerPool(const HandlerPool&) = delete;
  HandlerPool& operator=(const HandlerPool&) = delete;

  /// Has a task run soon. False, and nothing happens, if too many wait already.
  bool submit(std::function<void()> task);

 private:
  class Threads;
  std::unique_ptr<Threads> threads_;
};

}  // namespace heed::http
