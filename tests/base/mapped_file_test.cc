#include "heed/base/mapped_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "heed/base/error.h"
#include "heed/base/files.h"

namespace heed {
namespace {

TEST(MappedFile, shows_the_bytes_and_never_changes_the_file) {
  const std::string path = testing::TempDir() + std::to_string(::getpid()) + "mapped";
  write_file(path, "content");
  MappedFile file(path);
  ASSERT_EQ(file.bytes(), 7u);
  EXPECT_EQ(std::string(reinterpret_cast<char*>(file.data()), 7), "content");
  file.data()[0] = std::byte{'C'};
  EXPECT_EQ(read_file(path), "content");
}

TEST(MappedFile, is_read_again_after_it_was_forgotten) {
  const std::string path = testing::TempDir() + std::to_string(::getpid()) + "forgotten";
  write_file(path, "as it was");
  const MappedFile file(path);
  file.data()[0] = std::byte{'x'};
  file.forget();
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(file.data()), file.bytes()), "as it was");
  std::filesystem::remove(path);
}

TEST(MappedFile, copies_parts_and_says_where_it_ends) {
  const std::string path = testing::TempDir() + std::to_string(::getpid()) + "parts";
  write_file(path, "as it was");
  const MappedFile file(path);
  std::string part(4, ' ');
  file.read(3, std::as_writable_bytes(std::span(part)));
  EXPECT_EQ(part, "it w");
  EXPECT_THROW(file.read(6, std::as_writable_bytes(std::span(part))), FileError);
  std::filesystem::resize_file(path, 2);
  EXPECT_THROW(file.read(3, std::as_writable_bytes(std::span(part))), FileError);
  std::filesystem::remove(path);
}

TEST(MappedFile, may_be_empty) {
  const std::string path = testing::TempDir() + std::to_string(::getpid()) + "empty";
  write_file(path, "");
  EXPECT_EQ(MappedFile(path).bytes(), 0u);
}

TEST(MappedFile, refuses_what_is_no_file) {
  const std::string pipe = testing::TempDir() + std::to_string(::getpid()) + "pipe";
  ::unlink(pipe.c_str());
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_THROW(MappedFile{pipe}, FileError);
  EXPECT_THROW(MappedFile{testing::TempDir()}, FileError);
  EXPECT_THROW(MappedFile{"/no/such/file"}, FileError);
}

/// A file that is mapped while another program writes to it.
class ChangedFile : public testing::Test {
 protected:
  ChangedFile() {
    write_file(path_, std::string(20'000, 'a'));
    watch_mapped_files();
  }
  ~ChangedFile() override { std::filesystem::remove(path_); }

  /// As cp does: into the same file.
  void overwrite(const std::string& content) const {
    ::usleep(20'000);  // file systems tell times some milliseconds apart
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << content;
  }
  static std::string complaint() {
    try {
      require_mapped_files_unchanged();
    } catch (const FileError& error) {
      return error.what();
    }
    return {};
  }

  const std::string path_ = testing::TempDir() + std::to_string(::getpid()) + "changed";
};

TEST_F(ChangedFile, is_noticed_while_it_is_mapped_and_after) {
  const auto expected = path_ + ": was changed by another program while it was in use";
  {
    const MappedFile file(path_);
    EXPECT_EQ(complaint(), "");
    overwrite(std::string(20'000, 'b'));
    EXPECT_FALSE(file.unchanged());
    EXPECT_TRUE(complaint().starts_with(expected));
  }
  EXPECT_TRUE(complaint().starts_with(expected));
  EXPECT_EQ(complaint(), "");  // told once
  { const MappedFile file(path_); }
  EXPECT_EQ(complaint(), "");
}

TEST_F(ChangedFile, is_not_one_that_was_replaced) {
  const MappedFile file(path_);
  write_file(path_, "another file");
  EXPECT_EQ(complaint(), "");
  EXPECT_EQ(file.data()[19'999], std::byte{'a'});
}

TEST_F(ChangedFile, that_is_cut_short_ends_the_program_with_a_message) {
  const auto touch = [&] {
    const MappedFile file(path_);
    overwrite("short");
    static volatile std::byte last = file.data()[19'999];
    static_cast<void>(last);
  };
  EXPECT_EXIT(touch(), testing::ExitedWithCode(1), "changed: was cut short while it was in use");
}

TEST_F(ChangedFile, explains_no_other_bus_error) {
  EXPECT_EXIT(std::raise(SIGBUS), testing::KilledBySignal(SIGBUS), "");
}

}  // namespace
}  // namespace heed
