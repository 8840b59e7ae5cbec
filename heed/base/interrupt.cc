#include "heed/base/interrupt.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <ctime>

namespace heed {
namespace {

// A signal handler sees nothing but globals.
std::atomic<int> received{0};
std::atomic<std::int64_t> received_at{0};  // milliseconds; 0: not yet known
std::atomic<const char*> answer_to_first{nullptr};
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<std::int64_t>::is_always_lock_free &&
                  std::atomic<const char*>::is_always_lock_free,
              "signal handlers may not lock");

constexpr std::int64_t one_request = 1000;  // milliseconds in which all signals are one

std::int64_t milliseconds_now() {
  std::timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return std::int64_t{time.tv_sec} * 1000 + time.tv_nsec / 1'000'000;
}

void say_at_once(const char* text) {
  // Nothing can be done about a standard error that is gone.
  if (text && ::write(STDERR_FILENO, text, std::strlen(text)) < 0) return;
}

extern "C" void note_signal(int signal) {
  const int error = errno;
  int none = 0;
  if (received.compare_exchange_strong(none, signal)) {
    received_at = milliseconds_now();
    say_at_once(answer_to_first);
  } else if (const std::int64_t first = received_at; first > 0 && milliseconds_now() - first > one_request) {
    ::_exit(128 + signal);
  }
  errno = error;
}

}  // namespace

Interrupt::Interrupt(const char* answer) {
  received_at = 0;
  received = 0;
  answer_to_first = answer;
  struct sigaction action {};
  action.sa_handler = note_signal;
  action.sa_flags = SA_RESTART;  // reading and writing go on
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < signals.size(); ++i) {
    ::sigaction(signals[i], &action, &previous_[i]);
    // As nohup does with SIGHUP, so that work goes on without a terminal. A shell does it with SIGINT to what
    // it starts in the background, which still is to save.
    const bool ignored = previous_[i].sa_handler == SIG_IGN;
    if (ignored && signals[i] != SIGINT && signals[i] != SIGTERM)
      ::sigaction(signals[i], &previous_[i], nullptr);
  }
}

Interrupt::~Interrupt() {
  for (std::size_t i = 0; i < signals.size(); ++i) ::sigaction(signals[i], &previous_[i], nullptr);
  answer_to_first = nullptr;
}

int Interrupt::signal() const { return received; }

}  // namespace heed
