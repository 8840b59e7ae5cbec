#include <nlohmann/json.hpp>

#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

class HeedLearn : public HeedProgram {
 protected:
  /// Temporary files of the program come into a folder that the test can look into.
  HeedLearn() {
    std::filesystem::create_directory(folder_ / "tmp");
    ::setenv("TMPDIR", (folder_ / "tmp").c_str(), 1);
  }
  ~HeedLearn() override { ::unsetenv("TMPDIR"); }

  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
      const std::string name = entry.path().lexically_relative(folder_).string();
      if (name != "tmp" && !name.ends_with(".err")) names.push_back(name);
    }
    return names;
  }
};

TEST_F(HeedLearn, writes_a_page_that_needs_no_network_and_leaves_nothing_else) {
  const Outcome outcome = heed("learn --minutes 0.005 --output road.html");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("heed: wrote road.html: open it in a browser\n"), std::string::npos)
      << outcome.err;
  EXPECT_EQ(files(), std::vector<std::string>{"road.html"});
  const std::string page = content("road.html");
  EXPECT_TRUE(page.starts_with("<!DOCTYPE html>"));
  for (const char* reference : {"http:", "https:", "src=", "url(", "@import", "<link", "{{"})
    EXPECT_EQ(page.find(reference), std::string::npos) << reference;
  const std::string open = "<script type=\"application/json\" id=\"report\">";
  const std::size_t begin = page.find(open) + open.size();
  const auto report = nlohmann::json::parse(page.substr(begin, page.find("</script", begin) - begin));
  for (const char* part : {"before", "counting", "by_hand", "trained"})
    EXPECT_TRUE(report.contains(part)) << part;
}

TEST_F(HeedLearn, replaces_a_page_of_before_and_takes_a_sentence) {
  file("lesson.html", "an older page");
  const Outcome outcome = heed("learn --minutes 0.005 --sentence 'May 3, 2021 <b>'");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(content("lesson.html").find("May 3, 2021 \\u003cb\\u003e"), std::string::npos);
}

TEST_F(HeedLearn, refuses_before_it_trains_a_page_that_cannot_be_written) {
  std::filesystem::create_directory(folder_ / "folder");
  const std::string endless = "learn --minutes 1000 --output ";
  expect_failure(endless + "no/such/folder/page.html",
                 "heed: no/such/folder/page.html: cannot be written: No such file or directory");
  expect_failure(endless + "folder", "heed: folder: is a folder where a file is expected");
  expect_failure(endless + "/proc/heed.html", "heed: /proc/heed.html: cannot be written: ");
}

TEST_F(HeedLearn, refuses_before_it_trains_a_sentence_that_it_cannot_show) {
  expect_failure("learn --minutes 1000 --sentence ' '",
                 "heed: --sentence has no words; give some, or leave it out");
  expect_failure("learn --minutes 1000 --sentence \"$(printf 'x%.0s' $(seq 200))\"",
                 "pieces, the lesson has room for 60; give a shorter one");
  expect_failure("learn --minutes 1000 --sentence \"$(printf '\\377')\"", "--sentence");
  expect_failure("learn --minutes 0", "--minutes", 2);
  expect_failure("learn --sentences x", "unknown flag '--sentences'; did you mean", 2);
  EXPECT_TRUE(files().empty());
}

TEST_F(HeedLearn, stopped_by_ctrl_c_leaves_nothing_behind) {
  file("lesson.html", "an older page");
  for (const int signal : {SIGINT, SIGTERM}) {
    RunningProgram run(folder_, {"learn", "--minutes", "1000"});
    ASSERT_TRUE(run.has_said("training a small model"));
    ::usleep(300'000);
    run.signal(signal);
    const Outcome stopped = run.end();
    EXPECT_EQ(stopped.status, 128 + signal) << stopped.err;
    EXPECT_NE(stopped.err.find("heed: stopped; nothing was written\n"), std::string::npos) << stopped.err;
    EXPECT_EQ(files(), std::vector<std::string>{"lesson.html"});
    EXPECT_EQ(content("lesson.html"), "an older page");
  }
}

}  // namespace
}  // namespace heed
