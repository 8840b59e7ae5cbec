#include "heed/model/model_options.h"

#include "heed/model/recurrent_config.h"
#include "heed/model/transformer_config.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

constexpr Vocabularies joint{.inputs = 100, .outputs = 100, .joint = true};
constexpr Vocabularies apart{.inputs = 100, .outputs = 90, .joint = false};

TransformerConfig transformer_of(const ModelOptions& options, const Vocabularies& vocabularies = joint) {
  return options.config(vocabularies).as<TransformerConfig>();
}

/// What a person gives: a word of the command line or of a YAML file.
void give(ModelOptions& options, std::string_view name, const std::string& word) {
  find_setting(options.settings(), name, "test").set({FieldValue::Plain{word}}, name);
}

TEST(ModelOptions, begin_with_the_preset_and_change_what_is_given) {
  ModelOptions options;
  options.preset = "small";
  options.set("decoder_layers", 1).set("dropout", 0.05);
  const TransformerConfig config = transformer_of(options);
  EXPECT_EQ(config.width, 256);
  EXPECT_EQ(config.hidden, 1024);
  EXPECT_EQ(config.encoder_layers, 3);
  EXPECT_EQ(config.decoder_layers, 1);
  EXPECT_DOUBLE_EQ(config.dropout, 0.05);
}

TEST(ModelOptions, know_the_presets_of_the_paper) {
  const TransformerConfig base = transformer_preset("base"), big = transformer_preset("big");
  EXPECT_EQ(base.width, 512);
  EXPECT_EQ(base.hidden, 2048);
  EXPECT_EQ(base.heads, 8);
  EXPECT_EQ(base.encoder_layers, 6);
  EXPECT_EQ(big.width, 1024);
  EXPECT_EQ(big.hidden, 4096);
  EXPECT_EQ(big.heads, 16);
  EXPECT_DOUBLE_EQ(big.dropout, 0.3);
}

TEST(ModelOptions, tie_as_much_as_the_vocabularies_allow) {
  EXPECT_EQ(transformer_of(ModelOptions()).tying, Tying::all);
  EXPECT_EQ(transformer_of(ModelOptions(), apart).tying, Tying::target_output);
}

TEST(ModelOptions, make_recurrent_models_too) {
  ModelOptions options;
  options.architecture = "gru";
  options.set("attention", RecurrentAttention::luong).set("hidden", 64);
  const auto config = options.config(apart).as<RecurrentConfig>();
  EXPECT_EQ(config.cell, RecurrentCell::gru);
  EXPECT_EQ(config.attention, RecurrentAttention::luong);
  EXPECT_EQ(config.hidden, 64);
  EXPECT_EQ(config.tying, Tying::target_output);
}

TEST(ModelOptions, refuse_what_the_architecture_does_not_have) {
  ModelOptions transformer, lstm;
  transformer.set("attention", RecurrentAttention::bahdanau);
  EXPECT_EQ(message_of<ConfigError>([&] { transformer.config(joint); }),
            "attention is for the architectures rnn, lstm, gru; a model of architecture transformer has "
            "none: leave it out");
  lstm.architecture = "lstm";
  lstm.set("heads", 4);
  EXPECT_EQ(message_of<ConfigError>([&] { lstm.config(joint); }),
            "heads is for the architecture transformer; a model of architecture lstm has none: leave it out");
  ModelOptions preset;
  preset.architecture = "lstm", preset.preset = "small";
  EXPECT_EQ(message_of<ConfigError>([&] { preset.config(joint); }),
            "preset small is for other architectures: lstm has none; leave it out");
}

TEST(ModelOptions, refuse_an_unknown_preset_and_heads_that_do_not_fit) {
  ModelOptions unknown, uneven;
  unknown.preset = "huge";
  uneven.set("width", 100).set("heads", 3);
  EXPECT_THROW(unknown.config(joint), ConfigError);
  EXPECT_THROW(uneven.config(joint), ConfigError);
}

TEST(ModelOptions, list_each_field_of_every_architecture_once_but_no_vocabulary) {
  ModelOptions options;
  std::vector<std::string> names;
  for (const Setting& setting : options.settings()) names.push_back(setting.name);
  const auto count = [&](std::string_view name) { return std::ranges::count(names, name); };
  EXPECT_EQ(names.front(), "architecture");
  for (const char* name : {"preset", "width", "heads", "attention", "dropout", "tying"})
    EXPECT_EQ(count(name), 1) << name;
  EXPECT_EQ(count("source_vocabulary") + count("target_vocabulary"), 0);
}

TEST(ModelOptions, hold_what_is_given_until_it_is_none_again) {
  ModelOptions options;
  give(options, "width", "64");
  give(options, "norm", "pre");
  EXPECT_EQ(transformer_of(options).width, 64);
  EXPECT_EQ(transformer_of(options).norm, NormOrder::pre);
  give(options, "width", "none");
  EXPECT_EQ(transformer_of(options).width, transformer_preset("tiny").width);
  EXPECT_EQ(as_index(find_setting(options.settings(), "width", "test").get()), std::nullopt);
}

TEST(ModelOptions, take_none_as_a_choice_where_it_is_one) {
  ModelOptions options;
  give(options, "tying", "none");
  EXPECT_EQ(transformer_of(options).tying, Tying::none);
  options.unset("tying");
  EXPECT_EQ(transformer_of(options).tying, Tying::all);
}

TEST(ModelOptions, have_defaults_that_are_less_than_what_is_asked_for_and_more_than_a_preset) {
  ModelOptions options;
  options.set_default("tying", Tying::none).set_default("width", 32);
  options.preset = "small";
  EXPECT_EQ(transformer_of(options).tying, Tying::none);
  EXPECT_EQ(transformer_of(options).width, 32);
  EXPECT_EQ(transformer_of(options).hidden, transformer_preset("small").hidden);
  give(options, "tying", "all");
  give(options, "width", "64");
  EXPECT_EQ(transformer_of(options).tying, Tying::all);
  EXPECT_EQ(transformer_of(options).width, 64);
  give(options, "tying", "null");
  EXPECT_EQ(transformer_of(options).tying, Tying::none);
}

TEST(ModelOptions, ask_for_no_default) {
  ModelOptions options;
  options.set_default("tying", Tying::none).set_default("attention", RecurrentAttention::luong);
  TransformerConfig before = transformer_preset("tiny");
  before.tying = Tying::all;
  EXPECT_EQ(options.like(before).as<TransformerConfig>().tying, Tying::all);
  const Settings settings = options.settings();
  const Setting& tying = find_setting(settings, "tying", "test");
  EXPECT_TRUE(is_none(tying.get()));
  EXPECT_EQ(as_text(tying.usual), "none");
  options.architecture = "gru";
  EXPECT_EQ(options.config(apart).as<RecurrentConfig>().attention, RecurrentAttention::luong);
}

TEST(ModelOptions, may_have_another_architecture_or_preset_by_default) {
  ModelOptions options;
  options.set_default("preset", "small").set_default("architecture", "lstm");
  EXPECT_EQ(options.config(joint).architecture().name, "lstm");  // which has no presets
  options.architecture = "transformer";
  EXPECT_EQ(transformer_of(options).width, transformer_preset("small").width);
  options.preset = "base";
  EXPECT_EQ(transformer_of(options).width, transformer_preset("base").width);
  const Settings settings = ModelOptions().settings();
  EXPECT_EQ(as_text(find_setting(settings, "architecture", "test").usual), "transformer");
  EXPECT_EQ(as_text(find_setting(settings, "preset", "test").usual), "tiny");
}

TEST(ModelOptions, refuse_defaults_that_no_architecture_has_or_that_do_not_fit) {
  ModelOptions options;
  EXPECT_THROW(options.set_default("pooling", "none"), ConfigError);  // of classifiers
  EXPECT_THROW(options.set_default("width", "wide"), ConfigError);
}

TEST(ModelOptions, say_which_values_a_field_takes) {
  ModelOptions options;
  EXPECT_EQ(message_of<ConfigError>([&] { give(options, "width", "wide"); }),
            "width: expected a whole number from 1 to 65536, found 'wide'");
  EXPECT_EQ(message_of<ConfigError>([&] { give(options, "architecture", "lstn"); }),
            "architecture: expected one of transformer, rnn, lstm, gru, or none, found 'lstn'");
  EXPECT_EQ(transformer_of(options).width, transformer_preset("tiny").width);
}

TEST(ModelOptions, change_only_the_dropout_rates_of_a_model_that_goes_on) {
  TransformerConfig before = transformer_preset("small");
  before.source_vocabulary = before.target_vocabulary = 100;
  ModelOptions options;
  options.set("dropout", 0.4).set("width", 32);
  const auto after = options.with_dropouts(before).as<TransformerConfig>();
  EXPECT_DOUBLE_EQ(after.dropout, 0.4);
  EXPECT_EQ(after.width, 256);
}

TEST(ModelOptions, leave_open_what_a_model_has) {
  TransformerConfig before = transformer_preset("small");
  before.source_vocabulary = before.target_vocabulary = 100;
  before.norm = NormOrder::pre, before.dropout = 0.4;
  ModelOptions options;
  options.set("heads", 2);
  auto asked = options.like(before).as<TransformerConfig>();
  EXPECT_EQ(asked.heads, 2);
  EXPECT_EQ(asked.width, 256);
  EXPECT_EQ(asked.norm, NormOrder::pre);
  options.preset = "base";
  asked = options.like(before).as<TransformerConfig>();
  EXPECT_EQ(asked.width, 512);
  EXPECT_EQ(asked.heads, 2);
  EXPECT_EQ(asked.source_vocabulary, 100);
  EXPECT_DOUBLE_EQ(asked.dropout, 0.4);
}

}  // namespace
}  // namespace heed
