#include "heed/http/handler_pool.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace heed::http {

class HandlerPool::Threads {
 public:
  Threads(std::size_t threads, std::size_t waiting) : most_threads_(threads), most_waiting_(waiting) {}
  ~Threads() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
      tasks_.clear();
    }
    change_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  bool submit(std::function<void()> task) {
    const std::lock_guard lock(mutex_);
    if (ending_ || tasks_.size() >= most_waiting_) return false;
    if (tasks_.size() >= idle_ && threads_.size() < most_threads_) {
      try {
        threads_.emplace_back([this] { work(); });
      } catch (const std::system_error&) {
        if (threads_.empty()) return false;  // the system has no thread left, and nobody else would do it
      }
    }
    tasks_.push_back(std::move(task));
    change_.notify_one();
    return true;
  }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      ++idle_;
      change_.wait(lock, [&] { return ending_ || !tasks_.empty(); });
      --idle_;
      if (ending_) return;
      std::function<void()> task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      task();
      task = {};  // what it holds must not live until the next one
      lock.lock();
    }
  }

  const std::size_t most_threads_, most_waiting_;
  std::mutex mutex_;
  std::condition_variable change_;
  std::deque<std::function<void()>> tasks_;
  std::vector<std::thread> threads_;
  std::size_t idle_ = 0;
  bool ending_ = false;
};

HandlerPool::HandlerPool(std::size_t threads, std::size_t waiting)
    : threads_(std::make_unique<Threads>(threads, waiting)) {}
HandlerPool::~HandlerPool() = default;

bool HandlerPool::submit(std::function<void()> task) { return threads_->submit(std::move(task)); }

}  // namespace heed::http
