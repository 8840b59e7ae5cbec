#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "heed/backend/cpu/level.h"
#include "tests/support/captured_run.h"

namespace heed {
namespace {

/// HEED_CPU set to a value, and as it was when the test ends.
class Variable {
 public:
  explicit Variable(const char* value) {
    if (const char* before = std::getenv("HEED_CPU")) before_ = before;
    ::setenv("HEED_CPU", value, 1);
  }
  ~Variable() { before_.empty() ? ::unsetenv("HEED_CPU") : ::setenv("HEED_CPU", before_.c_str(), 1); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  std::string before_;
};

nlohmann::json examined(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"doctor", "--json"});
  const Outcome outcome = run(std::move(arguments));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  return nlohmann::json::parse(outcome.out);
}

TEST(Doctor, tells_people_about_every_part_of_the_machine) {
  const Outcome outcome = run({"doctor"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const char* part : {"Program", "Processor", "Instructions", "Threads", "Memory", "Devices", "Disk",
                           "Advice", "ICU", "huge pages", "pinned", "training", "cuda"})
    EXPECT_NE(outcome.out.find(part), std::string::npos) << part;
}

TEST(Doctor, tells_programs_the_same) {
  const nlohmann::json json = examined({"--threads", "1"});
  EXPECT_EQ(json["threads"]["used"], 1);
  EXPECT_EQ(json["threads"]["places"].size(), 1u);
  EXPECT_GE(json["processor"]["allowed"].size(), 1u);
  EXPECT_GT(json["memory"]["free_bytes"], 0);
  EXPECT_GT(json["disk"]["total_bytes"], 0);
  EXPECT_EQ(json["devices"][1]["name"], "cuda");
  EXPECT_EQ(json["devices"][1]["in_this_build"], false);
  EXPECT_FALSE(json["versions"]["ICU"].get<std::string>().empty());
  EXPECT_EQ(json["instructions"]["levels"].size(), cpu_levels.size());
}

TEST(Doctor, says_which_instructions_are_used_and_who_wants_that) {
  {
    const Variable variable("baseline");
    const nlohmann::json json = examined({});
    EXPECT_EQ(json["instructions"]["used"], "baseline");
    EXPECT_EQ(json["instructions"]["chosen_by"], "HEED_CPU");
    EXPECT_EQ(json["training_precision"], "float32");
  }
  const nlohmann::json json = examined({"--cpu", "baseline"});
  EXPECT_EQ(json["instructions"]["chosen_by"], "--cpu");
  EXPECT_EQ(examined({"--backend", "reference"})["instructions"]["used"], nullptr);
}

TEST(Doctor, tells_all_it_can_where_heed_could_not_compute_and_fails) {
  const Variable variable("quantum");
  const Outcome outcome = run({"doctor"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.out.find("there is no level \"quantum\""), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("Disk"), std::string::npos);
}

TEST(Doctor, advises_against_more_threads_than_processors) {
  const std::string many = std::to_string(examined({})["processor"]["allowed"].size() + 1);
  const nlohmann::json json = examined({"--threads", many});
  EXPECT_NE(json["advice"].dump().find(many + " threads share"), std::string::npos) << json["advice"];
}

TEST(Doctor, looks_at_the_disk_of_a_folder_that_is_there) {
  const std::string folder = std::filesystem::temp_directory_path().string();
  EXPECT_EQ(examined({folder})["disk"]["folder"], std::filesystem::canonical(folder).string());
  const Outcome outcome = run({"doctor", "/no/such/folder"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("/no/such/folder: its disk cannot be looked at"), std::string::npos);
}

}  // namespace
}  // namespace heed
