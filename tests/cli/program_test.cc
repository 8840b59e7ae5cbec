#include "cli/program.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "cli/flags.h"
#include "heed/base/files.h"
#include "heed/base/settings_yaml.h"
#include "heed/model/classifier.h"
#include "heed/model/model_options.h"
#include "tests/support/captured_run.h"

namespace heed {

enum class Fruit { apple, pear };
template <>
struct EnumNames<Fruit> {
  static constexpr std::array names{std::pair{"apple", Fruit::apple}, std::pair{"pear", Fruit::pear}};
};

namespace {

struct StackConfig {
  Index layers = 6;
  static constexpr auto fields() {
    return std::tuple(field("layers", &StackConfig::layers, "how many", {.min = 1}));
  }
};

struct TasteConfig {
  static constexpr std::string_view title = "Taste";
  double learning_rate = 0.5;
  bool sweet = true;
  Fruit fruit = Fruit::apple;
  std::vector<Index> sizes{1, 2};
  std::vector<std::string> names;
  std::optional<Index> limit = 9;
  StackConfig encoder;
  Index portion = 1;
  bool peeled = false;
  std::vector<Index> slices;

  static constexpr auto fields() {
    return std::tuple(
        field("learning_rate", &TasteConfig::learning_rate, "how fast a step goes down the hill", {.min = 0}),
        field("sweet", &TasteConfig::sweet, "with sugar"), field("fruit", &TasteConfig::fruit, "which"),
        field("sizes", &TasteConfig::sizes, "small to large"), field("names", &TasteConfig::names, "of whom"),
        field("limit", &TasteConfig::limit, "at most"),
        field("encoder", &TasteConfig::encoder, "one side", {}, {"left"}),
        field("portion", &TasteConfig::portion, "how much", {1}, {"amount"}),
        field("peeled", &TasteConfig::peeled, "without its skin", {}, {"bare"}),
        field("slices", &TasteConfig::slices, "widths", {}, {"cuts"}));
  }
};

TasteConfig taste;  // what the last run of the command saw

void add_taste(CLI::App& program) {
  CLI::App* command = program.add_subcommand("taste", "try a fruit");
  auto options = std::make_shared<TasteConfig>();
  add_settings(*command, settings_of(*options));
  add_config_file(*command, settings_of(*options));
  auto input = std::make_shared<std::string>();
  command->add_option("input", *input, "what to taste")->required();
  command->final_callback([options, input, command] {
    if (*input == "again") {  // what an earlier run was given
      set_from_yaml_text(settings_of(*options), "learning_rate: 7\nlimit: 7\nencoder: {layers: 7}",
                         "earlier");
      set_what_was_given(*command);
    }
    require<DataError>(*input != "stone", "taste: a stone cannot be tasted; give it something soft");
    if (*input == "planet") throw std::bad_alloc();
    if (*input == "interrupted") throw CLI::RuntimeError(130);
    taste = *options;
  });
}

Outcome run(std::vector<std::string> arguments) { return heed::run(std::move(arguments), add_taste); }

TEST(Program, flags_set_the_fields_of_the_config) {
  ASSERT_EQ(run({"taste", "--learning-rate", "3e-4", "--no-sweet", "--fruit=pear", "--sizes", "3,4",
                 "--limit", "none", "--encoder-layers", "2", "--names", "a,b", "--names", "c", "x"})
                .status,
            0);
  EXPECT_EQ(taste.learning_rate, 3e-4);
  EXPECT_FALSE(taste.sweet);
  EXPECT_EQ(taste.fruit, Fruit::pear);
  EXPECT_EQ(taste.sizes, (std::vector<Index>{3, 4}));
  EXPECT_EQ(taste.names, (std::vector<std::string>{"a,b", "c"}));
  EXPECT_EQ(taste.limit, std::nullopt);
  EXPECT_EQ(taste.encoder.layers, 2);
}

TEST(Program, flags_win_over_the_file_which_wins_over_defaults) {
  const std::string file = testing::TempDir() + std::to_string(::getpid()) + "taste.yaml";
  write_file(file, "learning_rate: 2\nfruit: pear\nencoder:\n  layers: 4\n");
  ASSERT_EQ(run({"taste", "--learning-rate", "3", "--config", file, "x"}).status, 0);
  EXPECT_EQ(taste.learning_rate, 3);
  EXPECT_EQ(taste.fruit, Fruit::pear);
  EXPECT_EQ(taste.encoder.layers, 4);
  EXPECT_TRUE(taste.sweet);
}

TEST(Program, what_was_given_wins_over_an_earlier_run) {
  const std::string file = testing::TempDir() + std::to_string(::getpid()) + "given.yaml";
  write_file(file, "learning_rate: 2\nlimit: 3\n");
  ASSERT_EQ(run({"taste", "again", "--learning-rate", "1", "--config", file}).status, 0);
  EXPECT_EQ(taste.learning_rate, 1);
  EXPECT_EQ(taste.limit, 3);
  EXPECT_EQ(taste.encoder.layers, 7);
}

TEST(Program, former_names_of_flags_are_understood_told_and_hidden) {
  const Outcome outcome =
      run({"taste", "again", "--amount", "2", "--bare", "--cuts", "3,4", "--amount=5", "--left-layers", "2"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(taste.portion, 5);
  EXPECT_TRUE(taste.peeled);
  EXPECT_EQ(taste.slices, (std::vector<Index>{3, 4}));
  EXPECT_EQ(taste.encoder.layers, 2);
  EXPECT_EQ(outcome.err,
            "heed: --amount is now called --portion\nheed: --bare is now called --peeled\n"
            "heed: --cuts is now called --slices\nheed: --left-layers is now called --encoder-layers\n");
  ASSERT_EQ(run({"taste", "x", "--no-bare"}).status, 0);
  EXPECT_FALSE(taste.peeled);
  const std::string help = run({"help", "taste"}).out;
  for (const char* former : {"amount", "bare", "cuts", "left"})
    EXPECT_EQ(help.find(former), std::string::npos) << help;
  EXPECT_NE(help.find("--portion N"), std::string::npos);
}

TEST(Program, help_shows_what_an_option_is_unless_it_is_given) {
  const Outcome outcome = heed::run({"help", "model"}, [](CLI::App& program) {
    static ModelOptions options(Classifier::family);
    options.set_default("pooling", Pooling::none);
    add_settings(*program.add_subcommand("model", "make a model"), options.settings());
  });
  for (const char* shown : {"what the model is made of [transformer]", "[none]"})
    EXPECT_NE(outcome.out.find(shown), std::string::npos) << outcome.out;
}

TEST(Program, a_flag_under_two_of_its_names_is_wrong_usage) {
  for (const bool former_first : {false, true}) {
    const Outcome outcome = run({"taste", "x", former_first ? "--amount=1" : "--portion=2",
                                 former_first ? "--portion=2" : "--amount=1"});
    EXPECT_EQ(outcome.status, 2);
    EXPECT_NE(outcome.err.find("--amount and --portion are the same option; keep one of them"),
              std::string::npos)
        << outcome.err;
  }
}

TEST(Program, a_former_name_in_the_config_file_is_told_once) {
  const std::string file = testing::TempDir() + std::to_string(::getpid()) + "former.yaml";
  write_file(file, "amount: 4\n");
  const Outcome outcome = run({"taste", "again", "--config", file});
  EXPECT_EQ(taste.portion, 4);
  EXPECT_EQ(outcome.err, "heed: config " + file + ":1: amount is now called portion\n");
  EXPECT_EQ(run({"taste", "x", "--portion", "3", "--config", file}).status, 0);
  EXPECT_EQ(taste.portion, 3);
}

TEST(Program, an_unknown_key_in_the_file_fails_with_a_suggestion) {
  const std::string file = testing::TempDir() + std::to_string(::getpid()) + "wrong.yaml";
  write_file(file, "sweet: false\nlearning-rate: 2\n");
  const Outcome outcome = run({"taste", "x", "--config", file});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err,
            "heed: config " + file + ":2: unknown key 'learning-rate'; did you mean 'learning_rate'?\n");
}

TEST(Program, wrong_usage_exits_2_and_says_where_help_is) {
  const auto complaint = [](std::vector<std::string> arguments) {
    const Outcome outcome = run(std::move(arguments));
    EXPECT_EQ(outcome.status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_NE(outcome.err.find("\nRun 'heed help"), std::string::npos);
    return outcome.err.substr(0, outcome.err.find("\nRun"));
  };
  EXPECT_EQ(complaint({"tast"}), "heed: unknown subcommand 'tast'; did you mean 'taste'?");
  EXPECT_EQ(complaint({"help", "tast"}), "heed: unknown subcommand 'tast'; did you mean 'taste'?");
  EXPECT_EQ(complaint({"--verson"}), "heed: unknown flag '--verson'; did you mean '--version'?");
  EXPECT_EQ(complaint({"taste", "--learnin-rate=3"}),
            "heed taste: unknown flag '--learnin-rate'; did you mean '--learning-rate'?");
  EXPECT_EQ(complaint({"taste", "a", "b"}), "heed taste: unexpected argument 'b'");
  EXPECT_EQ(complaint({"taste"}), "heed taste: input is required");
  EXPECT_EQ(complaint({"taste", "x", "--learning-rate", "fast"}),
            "heed taste: --learning-rate: expected a number of at least 0, found 'fast'");
  EXPECT_EQ(complaint({"taste", "x", "--learning-rate", "-1"}),
            "heed taste: --learning-rate: expected a number of at least 0, found '-1'");
  EXPECT_EQ(complaint({"taste", "x", "--fruit", "stone"}),
            "heed taste: --fruit: expected one of apple, pear, found 'stone'");
  EXPECT_NE(complaint({}).find("heed: a subcommand is missing"), std::string::npos);
}

TEST(Program, a_failed_job_exits_1_with_its_message) {
  const Outcome outcome = run({"taste", "stone"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err, "heed: taste: a stone cannot be tasted; give it something soft\n");
  EXPECT_EQ(run({"taste", "planet"}).err,
            "heed: not enough memory; try smaller batches or a smaller model\n");
  EXPECT_EQ(run({"taste", "interrupted"}).status, 130);
}

TEST(Program, help_lists_flags_with_defaults_under_their_titles) {
  const Outcome outcome = run({"help", "taste"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
  for (const char* part : {"try a fruit", "Usage: heed taste [OPTIONS] input", "Taste:", "--learning-rate X",
                           "how fast a step goes down the hill [0.5]", "--[no-]sweet", "--fruit apple|pear",
                           "--encoder-layers N", "--config FILE"})
    EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.out;
  EXPECT_EQ(run({"taste", "--help"}).out, outcome.out);
}

TEST(Program, help_lists_the_subcommands) {
  const Outcome outcome = run({"help"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.out.find("taste         try a fruit"), std::string::npos) << outcome.out;
}

TEST(Program, tells_its_version) { EXPECT_EQ(run({"--version"}).out, "heed " + std::string("0.1.0\n")); }

}  // namespace
}  // namespace heed
