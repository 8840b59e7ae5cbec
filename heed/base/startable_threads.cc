#include "heed/base/startable_threads.h"

#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace heed {

Index startable_threads(Index wanted) {
  std::mutex mutex;
  std::condition_variable counted;
  bool done = false;
  std::vector<std::thread> started;
  try {
    started.reserve(static_cast<std::size_t>(wanted));
    while (std::ssize(started) + 1 < wanted)
      started.emplace_back([&] {
        std::unique_lock lock(mutex);
        counted.wait(lock, [&] { return done; });
      });
  } catch (const std::system_error&) {
  }
  {
    const std::lock_guard lock(mutex);
    done = true;
  }
  counted.notify_all();
  for (std::thread& thread : started) thread.join();
  return std::ssize(started) + 1;
}

}  // namespace heed
