#include "heed/base/startable_threads.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace heed {
namespace {

/// What startable_threads(wanted) is for a user who may have so many processes.
Index startable_with(rlim_t processes, Index wanted) {
  const pid_t child = ::fork();
  if (child == 0) {
    // The limit counts a user's processes and threads, and does not hold for the superuser.
    const rlimit limit{processes, processes};
    if (::setuid(64'123) != 0 || ::setrlimit(RLIMIT_NPROC, &limit) != 0) ::_exit(100);
    ::_exit(static_cast<int>(startable_threads(wanted)));
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 101;
}

TEST(StartableThreads, are_as_many_as_are_wanted_where_nothing_limits_them) {
  for (const Index wanted : {1, 2, 9}) EXPECT_EQ(startable_threads(wanted), wanted);
}

TEST(StartableThreads, are_no_more_than_the_system_allows) {
  if (::getuid() != 0) GTEST_SKIP() << "only the superuser can become a user who has no other processes";
  EXPECT_EQ(startable_with(4, 16), 4);
  EXPECT_EQ(startable_with(4, 3), 3);
  EXPECT_EQ(startable_with(1, 16), 1);
}

}  // namespace
}  // namespace heed
