#include "heed/base/folder_lock.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace heed
