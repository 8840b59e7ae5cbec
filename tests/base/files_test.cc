#include "heed/base/files.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ostream>

#include "heed/base/error.h"
#include "heed/base/index.h"
#include "tests/support/size_limit.h"

namespace heed {
namespace {

class Files : public testing::Test {
 protected:
  Files() { std::filesystem::create_directories(folder_); }
  ~Files() override { std::filesystem::remove_all(folder_); }

  Index files() const {
    return std::distance(std::filesystem::directory_iterator(folder_), std::filesystem::directory_iterator());
  }
  template <class Action>
  static std::string said(const Action& action) {
    try {
      action();
    } catch (const FileError& error) {
      return error.what();
    }
    return "nothing";
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) / ("heed_files_" + std::to_string(::getpid()));
  const std::filesystem::path file_ = folder_ / "file";
};

TEST_F(Files, read_back_what_was_written) {
  const std::string content("zero \0 and\r\nhigh \xff bytes", 24);
  write_file(file_, content);
  EXPECT_EQ(read_file(file_), content);
  write_file(file_, "");
  EXPECT_EQ(read_file(file_), "");
  EXPECT_EQ(files(), 1);
}

TEST_F(Files, are_written_in_pieces) {
  write_file(file_, [](std::ostream& out) { out << "one " << 2; });
  EXPECT_EQ(read_file(file_), "one 2");
}

TEST_F(Files, keep_their_content_when_writing_throws) {
  write_file(file_, "old");
  EXPECT_THROW(write_file(file_,
                          [](std::ostream& out) {
                            out << "new";
                            throw DataError("no more");
                          }),
               DataError);
  EXPECT_EQ(read_file(file_), "old");
  EXPECT_EQ(files(), 1);  // nothing half-written is left lying about
}

TEST_F(Files, keep_their_content_when_the_disk_is_full) {
  write_file(file_, "old");
  const std::string error = [&] {
    const SizeLimit limit(10000);
    return said([&] { write_file(file_, std::string(1000000, 'x')); });
  }();
  EXPECT_EQ(error, file_.string() + ": cannot be written: File too large; what was there before is kept");
  EXPECT_EQ(read_file(file_), "old");
  EXPECT_EQ(files(), 1);
}

TEST_F(Files, keep_their_content_when_the_last_bytes_do_not_fit) {
  write_file(file_, "old");
  const std::string error = [&] {
    const SizeLimit limit(10);
    return said([&] { write_file(file_, "eleven byte"); });  // fails not before the buffer is flushed
  }();
  EXPECT_NE(error.find("cannot be written: File too large"), std::string::npos) << error;
  EXPECT_EQ(read_file(file_), "old");
}

TEST_F(Files, that_would_not_fit_are_not_begun) {
  write_file(file_, "old");
  bool begun = false;
  const std::string error = said([&] {
    write_file(
        file_, [&](std::ostream&) { begun = true; }, std::uintmax_t{1} << 60);
  });
  EXPECT_NE(error.find(": cannot be written: it needs 1048576"), std::string::npos) << error;
  EXPECT_NE(error.find(" left; what was there before is kept"), std::string::npos) << error;
  EXPECT_FALSE(begun);
  EXPECT_EQ(read_file(file_), "old");
}

TEST_F(Files, stay_links_to_where_they_are_written) {
  const auto link = folder_ / "link";
  write_file(file_, "old");
  std::filesystem::create_symlink("file", link);
  write_file(link, "new");
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(read_file(file_), "new");
  EXPECT_EQ(files(), 2);
}

TEST_F(Files, that_are_pipes_stay_pipes) {
  ASSERT_EQ(::mkfifo(file_.c_str(), 0600), 0);
  const int reader = ::open(file_.c_str(), O_RDONLY | O_NONBLOCK);
  write_file(file_, "text");
  char found[8] = {};
  EXPECT_EQ(::read(reader, found, sizeof found), 4);
  ::close(reader);
  EXPECT_STREQ(found, "text");
  EXPECT_TRUE(std::filesystem::is_fifo(file_));
}

TEST_F(Files, say_why_they_cannot_be_read) {
  EXPECT_EQ(said([&] { read_file(file_); }),
            file_.string() + ": cannot be opened: No such file or directory");
  EXPECT_EQ(said([&] { read_file(folder_); }), folder_.string() + ": is a folder where a file is expected");
}

TEST_F(Files, say_why_they_cannot_be_written) {
  const auto nowhere = folder_ / "missing" / "file";
  EXPECT_EQ(said([&] { write_file(nowhere, "x"); }),
            nowhere.string() + ": cannot be written: No such file or directory");
  std::filesystem::create_directories(file_ / "inside");
  EXPECT_EQ(said([&] { write_file(file_, "x"); }), file_.string() + ": cannot be replaced: Is a directory");
  EXPECT_EQ(files(), 1);
}

TEST_F(Files, of_writers_that_were_killed_are_removed) {
  const pid_t gone = ::fork();
  if (gone == 0) ::_exit(0);
  ::waitpid(gone, nullptr, 0);
  const auto partial = [&](const std::string& name) {
    write_file(folder_ / (name + ".partial"), "x");
    return folder_ / (name + ".partial");
  };
  const auto killed = partial(message("file.", gone)), before = partial(message("file.", ::getpid())),
             being_written = partial("file.1"), foreign = partial("notes"), word = partial("file.x7");
  remove_partial_files(folder_, PartialFiles::of_the_dead);
  EXPECT_FALSE(std::filesystem::exists(killed));
  EXPECT_FALSE(std::filesystem::exists(before));
  EXPECT_TRUE(std::filesystem::exists(being_written));
  EXPECT_TRUE(std::filesystem::exists(foreign));
  EXPECT_TRUE(std::filesystem::exists(word));
  remove_partial_files(folder_, PartialFiles::of_all);
  EXPECT_FALSE(std::filesystem::exists(being_written));
  EXPECT_TRUE(std::filesystem::exists(foreign));
}

TEST_F(Files, can_be_asked_whether_they_can_be_written_and_stay_as_they_are) {
  require_writable(file_);
  EXPECT_EQ(files(), 0);
  write_file(file_, "old");
  require_writable(file_);
  EXPECT_EQ(read_file(file_), "old");
  EXPECT_EQ(files(), 1);
  require_writable("/dev/null");
  EXPECT_EQ(said([&] { require_writable(folder_); }),
            folder_.string() + ": is a folder where a file is expected");
  EXPECT_EQ(said([&] { require_writable(folder_ / "absent" / "file"); }),
            (folder_ / "absent" / "file").string() + ": cannot be written: No such file or directory");
  EXPECT_EQ(said([&] { require_writable(file_ / "inside"); }),
            (file_ / "inside").string() + ": cannot be written: Not a directory");
}

TEST_F(Files, lie_in_folders_that_are_made_or_refused) {
  make_folder(folder_ / "a" / "b");
  make_folder(folder_ / "a" / "b");
  EXPECT_TRUE(std::filesystem::is_directory(folder_ / "a" / "b"));
  write_file(file_, "x");
  EXPECT_NE(said([&] { make_folder(file_); }).find(file_.string() + ": cannot be made a folder: "),
            std::string::npos);
  EXPECT_EQ(said([&] { make_folder(file_ / "inside"); }),
            (file_ / "inside").string() + ": cannot be made a folder: Not a directory");
}

}  // namespace
}  // namespace heed
