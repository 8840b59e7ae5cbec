#include "heed/base/interrupt.h"

#include <unistd.h>

#include <atomic>

namespace heed {
namespace {

// A signal handler sees nothing but globals.
std::atomic<int> received{0};
static_assert(std::atomic<int>::is_always_lock_free, "signal handlers may not lock");

extern "C" void note_signal(int signal) {
  int none = 0;
  if (!received.compare_exchange_strong(none, signal)) ::_exit(128 + signal);
}

}  // namespace

Interrupt::Interrupt() {
  received = 0;
  struct sigaction action {};
  action.sa_handler = note_signal;
  action.sa_flags = SA_RESTART;  // reading and writing go on
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, &previous_interrupt_);
  ::sigaction(SIGTERM, &action, &previous_terminate_);
  ::sigaction(SIGHUP, &action, &previous_hangup_);
  // nohup ignores it, so that work goes on without a terminal.
  if (previous_hangup_.sa_handler == SIG_IGN) ::sigaction(SIGHUP, &previous_hangup_, nullptr);
}

Interrupt::~Interrupt() {
  ::sigaction(SIGINT, &previous_interrupt_, nullptr);
  ::sigaction(SIGTERM, &previous_terminate_, nullptr);
  ::sigaction(SIGHUP, &previous_hangup_, nullptr);
}

int Interrupt::signal() const { return received; }

}  // namespace heed
