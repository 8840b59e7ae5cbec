#include "heed/model/model_options.h"

#include "tests/support/tensors.h"

namespace heed {
namespace {

TEST(ModelOptions, begin_with_the_preset_and_change_what_is_given) {
  ModelOptions options;
  options.preset = "small";
  options.decoder_layers = 1;
  options.dropout = 0.05;
  const auto config = std::get<TransformerConfig>(options.config(100, 100, true));
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
  EXPECT_EQ(std::get<TransformerConfig>(ModelOptions().config(100, 100, true)).tying, Tying::all);
  EXPECT_EQ(std::get<TransformerConfig>(ModelOptions().config(100, 90, false)).tying, Tying::target_output);
}

TEST(ModelOptions, make_recurrent_models_too) {
  ModelOptions options;
  options.architecture = Architecture::gru, options.attention = RecurrentAttention::luong;
  options.hidden = 64;
  const auto config = std::get<RecurrentConfig>(options.config(100, 90, false));
  EXPECT_EQ(config.cell, RecurrentCell::gru);
  EXPECT_EQ(config.attention, RecurrentAttention::luong);
  EXPECT_EQ(config.hidden, 64);
  EXPECT_EQ(config.tying, Tying::target_output);
}

TEST(ModelOptions, refuse_what_the_architecture_does_not_have) {
  ModelOptions transformer, lstm;
  transformer.attention = RecurrentAttention::bahdanau;
  EXPECT_TRUE(message_of<ConfigError>([&] {
                transformer.config(9, 9, true);
              }).starts_with("attention bahdanau is for recurrent models"));
  lstm.architecture = Architecture::lstm, lstm.heads = 4;
  EXPECT_EQ(message_of<ConfigError>([&] { lstm.config(9, 9, true); }),
            "heads is for Transformers; a model of architecture lstm has none: leave it away");
}

TEST(ModelOptions, refuse_an_unknown_preset_and_heads_that_do_not_fit) {
  ModelOptions unknown, uneven;
  unknown.preset = "huge";
  uneven.width = 100;
  uneven.heads = 3;
  EXPECT_THROW(unknown.config(100, 100, true), ConfigError);
  EXPECT_THROW(uneven.config(100, 100, true), ConfigError);
}

}  // namespace
}  // namespace heed
