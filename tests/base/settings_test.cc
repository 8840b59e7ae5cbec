#include "heed/base/settings.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "heed/base/files.h"
#include "heed/base/settings_json.h"
#include "heed/base/settings_yaml.h"

namespace heed {

enum class Order { post, pre };
template <>
struct EnumNames<Order> {
  static constexpr std::array names{std::pair{"post", Order::post}, std::pair{"pre", Order::pre}};
};

enum class Cut { none, short_ones };
template <>
struct EnumNames<Cut> {
  static constexpr std::array names{std::pair{"none", Cut::none}, std::pair{"short", Cut::short_ones}};
};

namespace {

struct StackConfig {
  Index layers = 6;
  Order norm = Order::post;

  bool operator==(const StackConfig&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("layers", &StackConfig::layers, "how many layers lie on each other", {.min = 1}),
                      field("norm", &StackConfig::norm, "where layer normalization stands"));
  }
};

struct ModelConfig {
  static constexpr std::string_view title = "Model";
  StackConfig encoder;
  float dropout = 0.1f;
  bool tied = true;

  bool operator==(const ModelConfig&) const = default;
  static constexpr auto fields() {
    return std::tuple(
        field("encoder", &ModelConfig::encoder, "the source's side"),
        field("dropout", &ModelConfig::dropout, "the chance to drop a value", {.min = 0, .max = 0.9}),
        field("tied", &ModelConfig::tied, "share the embeddings"));
  }
};

struct TrainConfig {
  double learning_rate = 1e-4;
  int seed = 1;
  std::string language = "de";
  std::filesystem::path out{};
  std::optional<Index> max_steps{};
  std::vector<double> betas{0.9, 0.98};

  bool operator==(const TrainConfig&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("learning_rate", &TrainConfig::learning_rate, "the peak"),
                      field("seed", &TrainConfig::seed, ""), field("language", &TrainConfig::language, ""),
                      field("out", &TrainConfig::out, "where the model goes"),
                      field("max_steps", &TrainConfig::max_steps, "stop here", {.min = 1}),
                      field("betas", &TrainConfig::betas, "", {.min = 0, .max = 1}));
  }
};

struct RenamedConfig {
  Index size = 1;
  StackConfig stack;

  static constexpr auto fields() {
    return std::tuple(field("size", &RenamedConfig::size, "", {1}, {"length", "extent"}),
                      field("stack", &RenamedConfig::stack, "", {}, {"pile"}));
  }
};

/// Choices that may be left open: one of them is called none, or none is.
struct OpenConfig {
  std::optional<Cut> cut{};
  std::optional<Order> norm{};
  std::vector<Order> norms{};

  bool operator==(const OpenConfig&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("cut", &OpenConfig::cut, ""), field("norm", &OpenConfig::norm, ""),
                      field("norms", &OpenConfig::norms, ""));
  }
};

/// What a file or a flag says, read into a config in which everything was given before.
OpenConfig open_config(const std::string& yaml) {
  OpenConfig config{.cut = Cut::short_ones, .norm = Order::pre};
  set_from_yaml_text(settings_of(config), yaml, "run.yaml");
  return config;
}

/// What reading a YAML text into both configs complains about.
std::string complaint(const std::string& yaml) {
  ModelConfig model;
  TrainConfig train;
  try {
    set_from_yaml_text(settings_of(model, train), yaml, "run.yaml");
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "none";
}

TEST(Settings, come_back_from_json_as_they_were) {
  const ModelConfig model{{2, Order::pre}, 0.3f, false};
  EXPECT_EQ(from_json<ModelConfig>(to_json(model), "test"), model);
  TrainConfig train{.language = "ä\"", .out = "a b", .max_steps = 7, .betas = {}};
  EXPECT_EQ(from_json<TrainConfig>(to_json(train), "test"), train);
  train.max_steps = std::nullopt;
  EXPECT_EQ(from_json<TrainConfig>(to_json(train), "test"), train);
}

TEST(Settings, json_nests_groups_in_order_and_shows_floats_as_they_were_written) {
  EXPECT_EQ(to_json(ModelConfig{}).dump(),
            R"({"encoder":{"layers":6,"norm":"post"},"dropout":0.1,"tied":true})");
}

TEST(Settings, absent_keys_keep_their_defaults) {
  EXPECT_EQ(from_json<ModelConfig>(nlohmann::ordered_json::object(), "test"), ModelConfig{});
  EXPECT_EQ(complaint(""), "none");
  EXPECT_EQ(complaint("# nothing\nencoder:\n"), "none");
}

TEST(Settings, one_flat_yaml_file_fills_several_configs) {
  ModelConfig model;
  TrainConfig train;
  set_from_yaml_text(settings_of(model, train),
                     "encoder:\n  layers: 3\n  norm: pre\ndropout: 0.2\ntied: no\nlearning_rate: 3e-4\n"
                     "seed: 1e3\nlanguage: 'no'\nout: 2024\nmax_steps: 10\nbetas: [0.5, 1]\n",
                     "run.yaml");
  EXPECT_EQ(model, (ModelConfig{{3, Order::pre}, 0.2f, false}));
  EXPECT_EQ(train, (TrainConfig{3e-4, 1000, "no", "2024", 10, {0.5, 1}}));
}

TEST(Settings, refuse_lists_nested_until_the_stack_ends) {
  ModelConfig model;
  for (const std::size_t depth : {20u, 300'000u}) {
    const std::string list = std::string(depth, '[') + std::string(depth, ']');
    EXPECT_THROW(set_from_json_text(settings_of(model), list, "config.json"), ConfigError) << depth;
    EXPECT_THROW(set_from_json_text(settings_of(model), "{\"dropout\": " + list + "}", "config.json"),
                 ConfigError)
        << depth;
    EXPECT_THROW(set_from_yaml_text(settings_of(model), "dropout: " + list, "run.yaml"), ConfigError)
        << depth;
  }
}

TEST(Settings, yaml_text_reads_back) {
  ModelConfig model{{2, Order::pre}, 0.3f, false}, model_again;
  TrainConfig train{.language = "a: #b", .max_steps = 5}, train_again;
  const std::string text = yaml_text(settings_of(model, train));
  set_from_yaml_text(settings_of(model_again, train_again), text, "again");
  EXPECT_EQ(model_again, model) << text;
  EXPECT_EQ(train_again, train) << text;
}

TEST(Settings, unknown_keys_name_file_line_and_the_nearest_key) {
  EXPECT_EQ(complaint("seed: 1\n\nlearning_rat: 3\n"),
            "config run.yaml:3: unknown key 'learning_rat'; did you mean 'learning_rate'?");
  EXPECT_EQ(complaint("encoder:\n  layer: 1\n"),
            "config run.yaml:2: unknown key 'encoder.layer'; did you mean 'encoder.layers'?");
  EXPECT_EQ(complaint("banana: 1\n"), "config run.yaml:1: unknown key 'banana'");
}

TEST(Settings, values_that_do_not_fit_say_what_was_expected_and_found) {
  EXPECT_EQ(complaint("dropout: 2"),
            "config run.yaml:1: dropout: expected a number from 0 to 0.9, found '2'");
  EXPECT_EQ(complaint("dropout: .nan"),
            "config run.yaml:1: dropout: expected a number from 0 to 0.9, found '.nan'");
  EXPECT_EQ(complaint("\nencoder: {layers: 1.5}"),
            "config run.yaml:2: encoder.layers: expected a whole number of at least 1, found '1.5'");
  EXPECT_EQ(complaint("encoder: {norm: middle}"),
            "config run.yaml:1: encoder.norm: expected one of post, pre, found 'middle'");
  EXPECT_EQ(complaint("tied: 1"), "config run.yaml:1: tied: expected true or false, found '1'");
  EXPECT_EQ(
      complaint("seed: 3000000000"),
      "config run.yaml:1: seed: expected a whole number from -2147483648 to 2147483647, found '3000000000'");
  EXPECT_EQ(
      complaint("seed: {a: 1}"),
      "config run.yaml:1: seed: expected a whole number from -2147483648 to 2147483647, found keys with "
      "values");
  EXPECT_EQ(complaint("betas: 0.9"),
            "config run.yaml:1: betas: expected a list, each of it a number from 0 to 1, found '0.9'");
  EXPECT_EQ(complaint("encoder: 3"), "config run.yaml:1: encoder: expected lines of 'key: value', found '3'");
}

TEST(Settings, the_word_none_is_a_choice_where_one_is_called_so_and_leaves_open_where_not) {
  EXPECT_EQ(open_config("cut: none\nnorm: none").cut, Cut::none);
  EXPECT_EQ(open_config("cut: none\nnorm: none").norm, std::nullopt);
  for (const std::string open : {"null", "~", ""})
    EXPECT_EQ(open_config("cut: " + open + "\nnorm: " + open), OpenConfig{}) << open;
  EXPECT_EQ(open_config("cut: short").cut, Cut::short_ones);
}

TEST(Settings, choices_that_may_be_left_open_come_back_as_they_were) {
  for (const std::optional<Cut> cut : {std::optional<Cut>(), {Cut::none}, {Cut::short_ones}}) {
    OpenConfig config{.cut = cut}, from_yaml{.cut = Cut::short_ones, .norm = Order::pre};
    EXPECT_EQ(from_json<OpenConfig>(to_json(config), "test"), config);
    set_from_yaml_text(settings_of(from_yaml), yaml_text(settings_of(config)), "again");
    EXPECT_EQ(from_yaml, config);
  }
}

TEST(Settings, carry_which_words_they_take) {
  OpenConfig open;
  const Settings settings = settings_of(open);
  EXPECT_EQ(settings[0].choices, (std::vector<std::string>{"none", "short"}));
  EXPECT_EQ(settings[0].expected, "one of none, short, or null");
  EXPECT_TRUE(settings[0].is_choice({FieldValue::Plain{"none"}}));
  EXPECT_FALSE(settings[0].is_choice({}));
  EXPECT_EQ(settings[1].expected, "one of post, pre, or none");
  EXPECT_FALSE(settings[1].is_choice({FieldValue::Plain{"none"}}));
  EXPECT_EQ(settings[2].choices, (std::vector<std::string>{"post", "pre"}));
  TrainConfig train;
  EXPECT_TRUE(settings_of(train)[0].choices.empty());
  EXPECT_FALSE(settings_of(train)[0].free_text);
  EXPECT_TRUE(settings_of(train)[2].free_text);
}

TEST(Settings, malformed_yaml_names_the_line) {
  EXPECT_EQ(complaint("seed: 1\nbetas: [0.9\n").substr(0, 38), "config run.yaml:3: not valid YAML: end");
  EXPECT_EQ(complaint("seed: 1\nseed: 2\n"), "config run.yaml:2: 'seed' is given twice; keep one of them");
  EXPECT_EQ(complaint("- a\n- b\n"), "config run.yaml:1: expected lines of 'key: value', found ['a', 'b']");
}

TEST(Settings, json_errors_name_the_file_and_the_key) {
  const auto complain = [](const char* text) -> std::string {
    ModelConfig model;
    try {
      set_from_json_text(settings_of(model), text, "model/config.json");
    } catch (const ConfigError& error) {
      return error.what();
    }
    return "none";
  };
  EXPECT_EQ(complain(R"({"encoder": {"layers": "six"}})"),
            "model/config.json: encoder.layers: expected a whole number of at least 1, found 'six'");
  EXPECT_EQ(complain(R"({"encoder": {"layers": "6"}})"),
            "model/config.json: encoder.layers: expected a whole number of at least 1, found '6'");
  EXPECT_EQ(complain(R"({"dropot": 1})"), "model/config.json: unknown key 'dropot'; did you mean 'dropout'?");
  EXPECT_EQ(complain("[]"), "model/config.json: expected keys with values, found []");
  EXPECT_EQ(complain("{").substr(0, 35), "model/config.json: not valid JSON: ");
}

TEST(Settings, a_missing_file_is_named) {
  ModelConfig model;
  EXPECT_THROW(set_from_yaml_file(settings_of(model), "/no/such/run.yaml"), FileError);
}

TEST(Settings, former_names_are_read_from_json_and_no_longer_written) {
  RenamedConfig config;
  set_from_json_text(settings_of(config), R"({"extent": 3, "pile": {"layers": 4}})", "config.json");
  EXPECT_EQ(to_json(config).dump(), R"({"size":3,"stack":{"layers":4,"norm":"post"}})");
}

TEST(Settings, former_names_in_yaml_are_told) {
  RenamedConfig config;
  std::string told;
  const auto notice = [&](const std::string& text) { told += text + "|"; };
  set_from_yaml_text(settings_of(config), "length: 3\npile:\n  layers: 4\n", "run.yaml", notice);
  EXPECT_EQ(config.size, 3);
  EXPECT_EQ(config.stack.layers, 4);
  EXPECT_EQ(told,
            "config run.yaml:1: length is now called size|config run.yaml:2: pile is now called stack|");
  told.clear();
  set_from_yaml_text(settings_of(config), "size: 2\n", "run.yaml", notice);
  EXPECT_EQ(told, "");
}

TEST(Settings, a_setting_under_two_of_its_names_is_refused) {
  const auto complain = [](auto read, const char* text) -> std::string {
    RenamedConfig config;
    try {
      read(settings_of(config), text);
    } catch (const ConfigError& error) {
      return error.what();
    }
    return "none";
  };
  const auto yaml = [](const Settings& settings, const char* text) {
    set_from_yaml_text(settings, text, "run.yaml");
  };
  const auto json = [](const Settings& settings, const char* text) {
    set_from_json_text(settings, text, "config.json");
  };
  EXPECT_EQ(complain(yaml, "size: 1\nlength: 1\n"),
            "config run.yaml:2: 'size' and 'length' are the same setting; keep 'size'");
  EXPECT_EQ(complain(json, R"({"length": 1, "extent": 1})"),
            "config.json: 'length' and 'extent' are the same setting; keep 'size'");
}

TEST(Settings, two_settings_of_one_name_are_refused) {
  ModelConfig one, two;
  EXPECT_THROW(settings_of(one, two), std::logic_error);
}

}  // namespace
}  // namespace heed
