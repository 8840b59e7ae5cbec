#include "heed/model/transformer_config.h"

#include "tests/model/tiny_model.h"

namespace heed {
namespace {

TEST(TransformerConfig, base_and_big_have_the_sizes_of_the_papers_table_3) {
  const TransformerConfig base = transformer_preset("base"), big = transformer_preset("big");
  EXPECT_EQ(std::tuple(base.encoder_layers, base.decoder_layers, base.width, base.hidden, base.heads),
            std::tuple(6, 6, 512, 2048, 8));
  EXPECT_EQ(base.dropout, 0.1);
  EXPECT_EQ(std::tuple(big.encoder_layers, big.decoder_layers, big.width, big.hidden, big.heads),
            std::tuple(6, 6, 1024, 4096, 16));
  EXPECT_EQ(big.dropout, 0.3);
}

TEST(TransformerConfig, base_and_big_have_as_many_parameters_as_the_paper_says) {
  // Table 3 says 65 and 213 million; its vocabulary has about 37000 pieces (section 5.1).
  const auto millions = [](std::string_view preset) {
    TransformerConfig c = transformer_preset(preset);
    const Index attention = 4 * (c.width * c.width + c.width), norm = 2 * c.width,
                feed_forward = 2 * c.width * c.hidden + c.hidden + c.width, table = 37000 * (c.width + 1);
    return static_cast<double>(c.encoder_layers * (attention + feed_forward + 2 * norm) +
                               c.decoder_layers * (2 * attention + feed_forward + 3 * norm) + table) /
           1e6;
  };
  EXPECT_NEAR(millions("base"), 65, 3);
  EXPECT_NEAR(millions("big"), 213, 3);
}

TEST(TransformerConfig, every_preset_has_a_name_and_is_sound) {
  EXPECT_EQ(transformer_presets(), (std::vector<std::string_view>{"tiny", "small", "base", "big"}));
  for (const std::string_view name : transformer_presets()) {
    TransformerConfig config = transformer_preset(name);
    config.source_vocabulary = config.target_vocabulary = 10;
    EXPECT_NO_THROW(validate(config)) << name;
  }
  EXPECT_EQ(message_of<ConfigError>([] { transformer_preset("huge"); }),
            "preset 'huge' is not known; there are tiny, small, base and big");
}

TEST(TransformerConfig, says_which_numbers_do_not_fit) {
  const auto said = [](auto change) {
    TransformerConfig config = tiny_config();
    change(config);
    return message_of<ConfigError>([&] { validate(config); });
  };
  EXPECT_EQ(said([](auto& c) { c.heads = 3; }), "width 4 does not divide into 3 heads");
  EXPECT_EQ(said([](auto& c) { c.heads = 0; }), "heads is 0, but must be at least 1");
  EXPECT_EQ(said([](auto& c) { c.width = -4; }), "width is -4, but must be at least 1");
  EXPECT_EQ(said([](auto& c) { c.target_vocabulary = 0; }), "target_vocabulary is 0, but must be at least 1");
  EXPECT_EQ(said([](auto& c) { c.encoder_layers = -1; }), "encoder_layers is -1, but must be at least 0");
  EXPECT_EQ(said([](auto& c) { c.dropout = 1; }), "dropout is 1, but must be from 0 to below 1");
  for (const Tying tying : {Tying::all, Tying::source_target, Tying::source_output})
    EXPECT_EQ(said([&](auto& c) { c.tying = tying, c.target_vocabulary = 9; }),
              message("tying ", enum_name(tying),
                      " needs one vocabulary, but the source has 7 pieces and the target 9; use a joint "
                      "tokenizer, or tying none or target_output"));
}

}  // namespace
}  // namespace heed
