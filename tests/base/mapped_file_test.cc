#include "heed/base/mapped_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

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

}  // namespace
}  // namespace heed
