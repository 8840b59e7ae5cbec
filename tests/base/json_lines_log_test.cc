#include "heed/base/json_lines_log.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "heed/base/error.h"
#include "heed/base/files.h"

namespace heed {
namespace {

std::filesystem::path fresh_file(const std::string& name) {
  const std::filesystem::path file = testing::TempDir() + std::to_string(::getpid()) + name;
  std::filesystem::remove(file);
  return file;
}

std::vector<nlohmann::json> lines_of(const std::filesystem::path& file) {
  std::vector<nlohmann::json> lines;
  std::istringstream in(read_file(file));
  for (std::string line; std::getline(in, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

TEST(JsonLinesLog, begins_with_its_schema_and_appends_one_object_a_line) {
  const auto file = fresh_file("log.jsonl");
  JsonLinesLog log(file);
  log.write("step", {{"step", 3}, {"loss", 2.5}, {"sample", "two\nlines"}});
  const auto lines = lines_of(file);  // flushed: the log is still open
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0]["schema"], "heed-log");
  EXPECT_EQ(lines[0]["version"], JsonLinesLog::version);
  EXPECT_EQ(lines[1]["event"], "step");
  EXPECT_EQ(lines[1]["loss"], 2.5);
  EXPECT_EQ(lines[1]["sample"], "two\nlines");
  EXPECT_TRUE(std::regex_match(lines[1]["time"].get<std::string>(),
                               std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)")));
}

TEST(JsonLinesLog, goes_on_after_a_line_that_a_crash_cut_off) {
  const auto file = fresh_file("cut.jsonl");
  write_file(file, "{}\n{\"event\": \"st");
  JsonLinesLog(file).write("end", {});
  std::istringstream in(read_file(file));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[1], "{\"event\": \"st");
  EXPECT_EQ(nlohmann::json::parse(lines[2])["schema"], "heed-log");
}

TEST(JsonLinesLog, survives_numbers_and_bytes_that_json_has_no_words_for) {
  const auto file = fresh_file("odd.jsonl");
  JsonLinesLog(file).write("step", {{"loss", std::nan("")}, {"sample", "\xff"}});
  EXPECT_TRUE(lines_of(file)[1]["loss"].is_null());
  EXPECT_EQ(lines_of(file)[1]["sample"], "\xEF\xBF\xBD");
}

TEST(JsonLinesLog, says_why_a_file_cannot_be_opened) {
  EXPECT_THROW(JsonLinesLog("/no/such/folder/log.jsonl"), FileError);
}

TEST(JsonLinesLog, warns_once_when_the_disk_is_full_and_lets_the_work_go_on) {
  testing::internal::CaptureStderr();
  JsonLinesLog log("/dev/full");
  log.write("step", {{"step", 1}});
  log.write("step", {{"step", 2}});
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "heed: log /dev/full: cannot be written: No space left on device; the work goes on, and the log "
            "once it can\n");
}

TEST(JsonLinesLog, writes_what_waited_once_there_is_room_again) {
  const auto file = fresh_file("room.jsonl");
  JsonLinesLog log(file);
  rlimit before{}, none{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  none = before;
  none.rlim_cur = std::filesystem::file_size(file) + 10;  // in the middle of a line
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  ::setrlimit(RLIMIT_FSIZE, &none);
  testing::internal::CaptureStderr();
  log.write("step", {{"step", 1}});
  log.write("step", {{"step", 2}});
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_NE(testing::internal::GetCapturedStderr().find("File too large"), std::string::npos);
  log.write("step", {{"step", 3}});
  const auto lines = lines_of(file);
  ASSERT_EQ(lines.size(), 4u);
  for (int step = 1; step <= 3; ++step) EXPECT_EQ(lines[static_cast<std::size_t>(step)]["step"], step);
}

}  // namespace
}  // namespace heed
