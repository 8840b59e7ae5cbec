#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <regex>

#include "tests/architecture/source_tree.h"

namespace heed::architecture {
namespace {

/// The folders whose code updates weights: the trainer, and the lesson, which shows training itself.
constexpr std::array<std::string_view, 3> trainers{
    "heed/training/", "heed/lesson/",
    "heed/classification/",  // until its networks train through the trainer
};

/// Whether a source calls Adam::step: on something called adam, or, where it knows the class, on anything.
bool steps_an_optimizer(const std::string& source) {
  static const std::regex on_adam(R"(\b[Aa]dam\w*\s*(\.|->)\s*step\s*\()"),
      on_anything(R"((\.|->)\s*step\s*\()"), knows(R"(\bAdam\b)");
  const std::string code = code_of(source);
  return std::regex_search(code, on_adam) ||
         (std::regex_search(code, knows) && std::regex_search(code, on_anything));
}

TEST(Optimizer, is_stepped_by_the_trainer_and_the_lesson_only) {
  int stepping = 0;
  for (const char* folder : {"heed", "cli"})
    for (const std::filesystem::path& file : sources(folder)) {
      if (!steps_an_optimizer(content(file))) continue;
      ++stepping;
      const std::string path = std::filesystem::relative(file, root).string();
      EXPECT_TRUE(std::ranges::any_of(trainers, [&](std::string_view f) { return path.starts_with(f); }))
          << path << " steps an optimizer: give heed/training an objective instead";
    }
  EXPECT_GE(stepping, 2);
}

TEST(Optimizer, no_folder_on_the_list_has_stopped_stepping_it) {
  for (const std::string_view folder : trainers) {
    const auto files = sources(folder);
    EXPECT_TRUE(std::ranges::any_of(files, [](const auto& f) { return steps_an_optimizer(content(f)); }))
        << folder << " steps no optimizer any more: take it off the list";
  }
}

}  // namespace
}  // namespace heed::architecture
