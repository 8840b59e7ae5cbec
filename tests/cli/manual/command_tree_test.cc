#include "cli/manual/command_tree.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "cli/flags.h"
#include "cli/manual/completion.h"
#include "heed/training/training_config.h"

namespace heed {
namespace {

const OptionDescription& option(const CommandDescription& command, const std::string& flag) {
  const auto found = std::ranges::find_if(command.options, [&](const OptionDescription& o) {
    return std::ranges::find(o.flags, flag) != o.flags.end();
  });
  EXPECT_NE(found, command.options.end()) << flag;
  return *found;
}

const CommandDescription& command(const CommandDescription& heed, std::string_view name) {
  const auto all = all_of(heed);
  return **std::ranges::find_if(all, [&](const CommandDescription* c) { return c->name() == name; });
}

struct Settings {
  bool split = true;
  TrainingPrecision precision = TrainingPrecision::automatic;
  std::vector<std::filesystem::path> files;
  Index count = 3;

  static constexpr auto fields() {
    return std::tuple(field("split", &Settings::split, "split it"),
                      field("precision", &Settings::precision, "in"),
                      field("files", &Settings::files, "what to read"),
                      field("count", &Settings::count, "how many", {}, {"number"}));
  }
};

TEST(CommandTree, says_what_options_take) {
  CLI::App app("what it does");
  Settings settings;
  add_settings(app, settings_of(settings));
  const CommandDescription described = describe(app, {"heed"});
  EXPECT_EQ(option(described, "--split").flags, (std::vector<std::string>{"--split", "--no-split"}));
  EXPECT_EQ(option(described, "--split").written, "--[no-]split");
  EXPECT_FALSE(option(described, "--split").takes_value());
  EXPECT_EQ(option(described, "--precision").choices,
            (std::vector<std::string>{"auto", "float32", "bfloat16"}));
  EXPECT_EQ(option(described, "--files").completion, Completion::files);
  EXPECT_TRUE(option(described, "--files").many);
  EXPECT_EQ(option(described, "--count").completion, Completion::nothing);
  EXPECT_EQ(option(described, "--count").description, "how many [3]");
}

TEST(CommandTree, leaves_out_former_names) {
  CLI::App app;
  Settings settings;
  add_settings(app, settings_of(settings));
  for (const OptionDescription& described : describe(app, {"heed"}).options)
    EXPECT_EQ(std::ranges::find(described.flags, "--number"), described.flags.end());
}

TEST(CommandTree, of_heed_holds_nested_commands_and_their_arguments) {
  const CommandDescription heed = describe_heed();
  EXPECT_EQ(heed.path, (std::vector<std::string>{"heed"}));
  EXPECT_TRUE(command(heed, "heed data sample").arguments.empty());
  const CommandDescription& report = command(heed, "heed report");
  ASSERT_EQ(report.arguments.size(), 1u);
  EXPECT_EQ(report.arguments[0].symbol, "RUN");
  EXPECT_TRUE(report.arguments[0].required);
  EXPECT_EQ(report.arguments[0].completion, Completion::files);
}

TEST(CommandTree, of_heed_train_has_the_options_of_every_task) {
  const CommandDescription heed = describe_heed();
  const CommandDescription& train = command(heed, "heed train");
  EXPECT_EQ(option(train, "--train-source").heading.find("With --task"), std::string::npos);
  EXPECT_EQ(option(train, "--train-text").heading, "With --task text-generation");
  EXPECT_EQ(option(train, "--train-texts").heading, "With --task text-classification");
  const std::vector<OptionDescription> once = options_by_flag(train);
  for (const char* flag : {"--learning-rate", "--tokenizer"})
    EXPECT_EQ(std::ranges::count_if(once, [&](const auto& o) { return o.flags.back() == flag; }), 1) << flag;
}

TEST(CommandTree, says_nothing_that_depends_on_the_machine) {
  const CommandDescription heed = describe_heed();
  for (const CommandDescription* described : all_of(heed))
    for (const OptionDescription& o : described->options)
      EXPECT_TRUE(o.flags.back() != "--threads" || o.description.find('[') == std::string::npos)
          << described->name() << ": " << o.description;
}

}  // namespace
}  // namespace heed
