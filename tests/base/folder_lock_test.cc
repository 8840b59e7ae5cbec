#include "heed/base/folder_lock.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "heed/base/error.h"
#include "tests/support/temporary_folder.h"

namespace heed {
namespace {

class TheFolderLock : public WithFolder {};

TEST_F(TheFolderLock, keeps_others_out_while_it_lives) {
  {
    const FolderLock lock(folder_);
    EXPECT_THROW(FolderLock{folder_}, FileError);
  }
  EXPECT_NO_THROW(FolderLock{folder_});
}

TEST_F(TheFolderLock, needs_a_folder) {
  EXPECT_THROW(FolderLock{folder_ / "missing"}, FileError);
  EXPECT_THROW(FolderLock{file("file", "x")}, FileError);
}

/// As on a file system without locks.
int no_locks(int, int) {
  errno = ENOLCK;
  return -1;
}

TEST_F(TheFolderLock, keeps_others_out_where_a_file_system_has_no_locks) {
  {
    const FolderLock lock(folder_, no_locks);
    try {
      const FolderLock other(folder_, no_locks);
      FAIL() << "two hold the folder";
    } catch (const FileError& error) {
      EXPECT_NE(std::string(error.what()).find(message("process ", ::getpid(), " on ")), std::string::npos)
          << error.what();
    }
  }
  EXPECT_NO_THROW(FolderLock(folder_, no_locks));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "lock"));
}

TEST_F(TheFolderLock, takes_over_what_a_program_of_this_machine_left_when_it_was_killed) {
  const pid_t child = ::fork();
  if (child == 0) {
    new FolderLock(folder_, no_locks);
    ::_exit(0);  // without a destructor
  }
  ::waitpid(child, nullptr, 0);
  ASSERT_TRUE(std::filesystem::exists(folder_ / "lock"));
  EXPECT_NO_THROW(FolderLock(folder_, no_locks));
}

TEST_F(TheFolderLock, leaves_alone_what_a_program_of_another_machine_holds) {
  for (const char* content : {"elsewhere 1 7\n", ""}) {
    file("lock", content);
    EXPECT_THROW(FolderLock(folder_, no_locks), FileError);
    EXPECT_TRUE(std::filesystem::exists(folder_ / "lock"));
  }
}

}  // namespace
}  // namespace heed
