#include "heed/model/decoder_only_transformer.h"

#include "heed/model/model_options.h"
#include "tests/support/backends.h"
#include "tests/support/parameters.h"

namespace heed {
namespace {

DecoderOnlyTransformer make(DecoderOnlyConfig config) {
  RandomParameters start(1);
  return {config, start, ParameterStore::Purpose::training};
}

DecoderOnlyConfig of_preset(std::string_view name) {
  DecoderOnlyConfig config = decoder_only_preset(name);
  config.vocabulary = 50;
  return config;
}

TEST(DecoderOnlyTransformer, has_the_parameters_of_gpt2) {
  const std::vector<std::string> names =
      names_of(make({.vocabulary = 5, .width = 8, .hidden = 16, .heads = 2, .layers = 1}).store());
  EXPECT_EQ(names, (std::vector<std::string>{"embedding.weight",
                                             "decoder.positions.weight",
                                             "decoder.layers.0.self_attention.query.weight",
                                             "decoder.layers.0.self_attention.key.weight",
                                             "decoder.layers.0.self_attention.value.weight",
                                             "decoder.layers.0.self_attention.query.bias",
                                             "decoder.layers.0.self_attention.key.bias",
                                             "decoder.layers.0.self_attention.value.bias",
                                             "decoder.layers.0.self_attention.output.weight",
                                             "decoder.layers.0.self_attention.output.bias",
                                             "decoder.layers.0.feed_forward.expand.weight",
                                             "decoder.layers.0.feed_forward.expand.bias",
                                             "decoder.layers.0.feed_forward.contract.weight",
                                             "decoder.layers.0.feed_forward.contract.bias",
                                             "decoder.layers.0.self_attention_norm.weight",
                                             "decoder.layers.0.self_attention_norm.bias",
                                             "decoder.layers.0.feed_forward_norm.weight",
                                             "decoder.layers.0.feed_forward_norm.bias",
                                             "decoder.norm.weight",
                                             "decoder.norm.bias"}));
}

TEST(DecoderOnlyTransformer, has_gpt2s_number_of_parameters) {
  DecoderOnlyConfig config = decoder_only_preset("gpt2");
  config.vocabulary = 50257;
  // 124,439,808 is what PyTorch counts in Hugging Face's gpt2. Counted without making it.
  const Index w = config.width, layer = 4 * (w * w + w) + 2 * w * config.hidden + config.hidden + w + 4 * w;
  EXPECT_EQ(config.vocabulary * w + config.maximum_positions * w + config.layers * layer + 2 * w,
            124'439'808);
  config.vocabulary = 5, config.width = 24, config.hidden = 96, config.layers = 2,
  config.maximum_positions = 7;
  const Index v = config.width, small = 4 * (v * v + v) + 2 * v * 96 + 96 + v + 4 * v;
  EXPECT_EQ(make(config).store().count(), 5 * v + 7 * v + 2 * small + 2 * v);
}

TEST(DecoderOnlyTransformer, starts_as_gpt2_does) {
  const DecoderOnlyTransformer model =
      make({.vocabulary = 60, .width = 64, .hidden = 128, .heads = 4, .layers = 8, .tied_output = false});
  const auto deviation = [&](const std::string& name) {
    return size_of_numbers(numbers_of(parameter_of(model.store(), name).value()));
  };
  // Of some thousand draws: within 5 % of what they are drawn with.
  for (const std::string name :
       {"embedding.weight", "decoder.positions.weight", "decoder.layers.3.self_attention.query.weight",
        "decoder.layers.3.feed_forward.expand.weight", "decoder.output.weight"})
    EXPECT_NEAR(deviation(name), 0.02, 0.001) << name;
  for (const std::string name :
       {"decoder.layers.3.self_attention.output.weight", "decoder.layers.3.feed_forward.contract.weight"})
    EXPECT_NEAR(deviation(name), 0.02 / 4, 0.00025) << name;  // sqrt(2 * 8 layers)
}

TEST(DecoderOnlyTransformer, of_each_preset_is_sound) {
  for (const std::string_view name : decoder_only_architecture().presets)
    EXPECT_NO_THROW(validate(of_preset(name))) << name;
  EXPECT_EQ(message_of<ConfigError>([] { decoder_only_preset("huge"); }),
            "preset 'huge' is not known; there are tiny, small, gpt2 and llama");
}

TEST(DecoderOnlyConfig, takes_the_context_of_the_data_unless_it_is_asked_for_another) {
  ModelOptions options(LanguageModel::family);
  EXPECT_EQ(options.config({.inputs = 9, .outputs = 9, .joint = true}).sizes().longest_sequence, 256);
  EXPECT_EQ(
      options.config({.inputs = 9, .outputs = 9, .joint = true, .context = 64}).sizes().longest_sequence, 64);
  options.set("maximum_positions", Index{128});
  EXPECT_EQ(
      options.config({.inputs = 9, .outputs = 9, .joint = true, .context = 64}).sizes().longest_sequence,
      128);
}

TEST(DecoderOnlyConfig, refuses_numbers_that_do_not_fit_each_other) {
  const auto refused = [](DecoderOnlyConfig config) {
    config.vocabulary = 9;
    return message_of<ConfigError>([&] { validate(config); });
  };
  EXPECT_EQ(refused({.width = 10, .heads = 4}), "width 10 does not divide into 4 heads");
  EXPECT_EQ(
      refused({.heads = 4, .key_value_heads = 3}),
      "4 heads do not share 3 heads of keys and values evenly; choose key_value_heads that divides heads");
  EXPECT_EQ(
      refused({.width = 12, .heads = 4, .positions = PositionKind::rotary}),
      "rotary positions turn pairs of columns, but width 12 over 4 heads leaves each an odd number; choose "
      "other heads or positions");
}

TEST(DecoderOnlyTransformer, refuses_a_sequence_that_is_longer_than_its_context) {
  for (const PositionKind positions :
       {PositionKind::learned, PositionKind::rotary, PositionKind::sinusoidal}) {
    const DecoderOnlyTransformer model = make({.vocabulary = 5,
                                               .width = 8,
                                               .hidden = 8,
                                               .heads = 2,
                                               .layers = 1,
                                               .positions = positions,
                                               .maximum_positions = 3});
    Pass pass = Pass::inference(reference_backend());
    const std::vector<Index> lengths{4};
    EXPECT_THROW(model(pass, TokenBatch::packed({1, 2, 3, 4}, lengths)), DataError) << enum_name(positions);
  }
}

class DecoderOnlyOnBackends : public OnEveryBackend {};
INSTANTIATE_TEST_SUITE_P(Backends, DecoderOnlyOnBackends, every_backend(), backend_name);

TEST_P(DecoderOnlyOnBackends, gives_the_same_with_packed_weights) {
  for (const bool tied : {true, false}) {
    const DecoderOnlyConfig config{
        .vocabulary = 19, .width = 16, .hidden = 24, .heads = 2, .layers = 2, .tied_output = tied};
    VariedParameters start(3);
    const DecoderOnlyTransformer plain(config, start, ParameterStore::Purpose::inference),
        packed(config, start, ParameterStore::Purpose::inference, Placement::prepacked(backend()));
    const std::vector<Index> lengths{3, 2};
    const TokenBatch tokens = TokenBatch::packed({4, 18, 7, 0, 3}, lengths);
    Pass pass = Pass::inference(backend());
    expect_close(packed(pass, tokens).value(), plain(pass, tokens).value(), 1e-5);
  }
}

}  // namespace
}  // namespace heed
