#pragma once
#include <array>
#include <csignal>
#include <optional>

namespace heed {

/// While one lives, what asks a program to end asks long work to finish cleanly instead: loops poll
/// requested(). These are Ctrl-C (SIGINT), SIGTERM, the notices of schedulers (SIGUSR1, SIGUSR2, SIGXCPU) and
/// a terminal that goes away (SIGHUP). All but the first two are left alone where they are ignored. Whoever
/// ends a job often sends several at once; only one that comes more than a second after the first ends the
/// program there and then, with status 130 for Ctrl-C.
class Interrupt {
 public:
  /// `answer` is written to standard error as soon as the first signal comes. It must outlive the Interrupt.
  explicit Interrupt(const char* answer = "");
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  bool requested() const { return signal() != 0; }
  /// The signal that came, or 0.
  int signal() const;
  /// What a program that stopped for it exits with: 130 for Ctrl-C.
  int exit_status() const { return 128 + signal(); }

 private:
  static constexpr std::array signals{SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU};

  std::array<struct sigaction, signals.size()> previous_;
};

/// An Interrupt from the first time on that somebody asks for it: until then there is nothing to save, and
/// Ctrl-C simply ends the program.
class DeferredInterrupt {
 public:
  explicit DeferredInterrupt(const char* answer = "") : answer_(answer) {}

  bool requested() {
    if (!interrupt_) interrupt_.emplace(answer_);
    return interrupt_->requested();
  }
  /// What a program that stopped for it exits with.
  int exit_status() const { return interrupt_.value().exit_status(); }

 private:
  const char* answer_;
  std::optional<Interrupt> interrupt_;
};

}  // namespace heed
