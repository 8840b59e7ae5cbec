#pragma once
#include <csignal>
#include <optional>

namespace heed {

/// While one lives, Ctrl-C (SIGINT), SIGTERM and a terminal that goes away (SIGHUP, unless it is ignored) ask
/// long work to finish cleanly instead of ending the program: loops poll requested(). A second signal ends
/// the program at once, with status 130 for Ctrl-C.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  bool requested() const { return signal() != 0; }
  /// The signal that came, or 0.
  int signal() const;
  /// What a program that stopped for it exits with: 130 for Ctrl-C.
  int exit_status() const { return 128 + signal(); }

 private:
  struct sigaction previous_interrupt_, previous_terminate_, previous_hangup_;
};

/// An Interrupt from the first time on that somebody asks for it: until then there is nothing to save, and
/// Ctrl-C simply ends the program.
class DeferredInterrupt {
 public:
  bool requested() {
    if (!interrupt_) interrupt_.emplace();
    return interrupt_->requested();
  }
  /// What a program that stopped for it exits with.
  int exit_status() const { return interrupt_.value().exit_status(); }

 private:
  std::optional<Interrupt> interrupt_;
};

}  // namespace heed
