#include "heed/base/interrupt.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

namespace heed {
namespace {

TEST(Interrupt, notes_the_first_signal_and_lets_the_program_go_on) {
  Interrupt interrupt;
  EXPECT_FALSE(interrupt.requested());
  std::raise(SIGTERM);
  EXPECT_TRUE(interrupt.requested());
  EXPECT_EQ(interrupt.exit_status(), 143);
}

TEST(Interrupt, starts_afresh_each_time) {
  {
    Interrupt interrupt;
    std::raise(SIGINT);
    EXPECT_EQ(interrupt.exit_status(), 130);
  }
  EXPECT_FALSE(Interrupt().requested());
}

TEST(DeferredInterrupt, takes_no_signal_before_somebody_asks_for_it) {
  static int taken = 0;
  const auto before = std::signal(SIGTERM, [](int) { ++taken; });
  {
    DeferredInterrupt interrupt;
    std::raise(SIGTERM);
    EXPECT_EQ(taken, 1);
    EXPECT_FALSE(interrupt.requested());
    std::raise(SIGTERM);
    EXPECT_EQ(taken, 1);
    EXPECT_TRUE(interrupt.requested());
    EXPECT_EQ(interrupt.exit_status(), 143);
  }
  std::signal(SIGTERM, before);
}

TEST(Interrupt, notes_that_the_terminal_went_away_unless_that_is_ignored) {
  {
    Interrupt interrupt;
    std::raise(SIGHUP);
    EXPECT_EQ(interrupt.signal(), SIGHUP);
  }
  std::signal(SIGHUP, SIG_IGN);
  {
    Interrupt interrupt;
    std::raise(SIGHUP);
    EXPECT_FALSE(interrupt.requested());
  }
  std::signal(SIGHUP, SIG_DFL);
}

TEST(Interrupt, takes_what_schedulers_send_for_a_request_unless_it_is_ignored) {
  for (const int signal : {SIGUSR1, SIGUSR2, SIGXCPU}) {
    {
      Interrupt interrupt;
      std::raise(signal);
      EXPECT_EQ(interrupt.exit_status(), 128 + signal);
    }
    std::signal(signal, SIG_IGN);
    {
      Interrupt interrupt;
      std::raise(signal);
      EXPECT_FALSE(interrupt.requested());
    }
    std::signal(signal, SIG_DFL);
  }
}

TEST(Interrupt, takes_signals_within_a_second_for_one) {
  Interrupt interrupt;
  for (const int signal : {SIGTERM, SIGTERM, SIGHUP, SIGINT}) std::raise(signal);
  EXPECT_EQ(interrupt.signal(), SIGTERM);
}

TEST(InterruptDeathTest, ends_the_program_at_a_signal_that_comes_later) {
  const auto interrupt_twice = [] {
    Interrupt interrupt;
    std::raise(SIGINT);
    ::usleep(1'100'000);
    std::raise(SIGTERM);
  };
  EXPECT_EXIT(interrupt_twice(), testing::ExitedWithCode(143), "");
}

TEST(InterruptDeathTest, answers_the_first_signal_at_once) {
  const auto raise_twice = [] {
    Interrupt interrupt("stopping soon\n");
    std::raise(SIGINT);
    std::raise(SIGINT);
    std::_Exit(7);
  };
  EXPECT_EXIT(raise_twice(), testing::ExitedWithCode(7), "^stopping soon\n$");
}

TEST(InterruptDeathTest, leaves_signals_alone_afterwards) {
  { Interrupt interrupt; }
  EXPECT_EXIT(std::raise(SIGINT), testing::KilledBySignal(SIGINT), "");
}

}  // namespace
}  // namespace heed
