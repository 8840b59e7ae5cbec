#include "heed/model/classifier.h"
#include "heed/model/make_model.h"
#include "heed/model/recurrent_config.h"
#include "heed/model/transformer.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

TEST(Architectures, are_found_by_family_and_name) {
  for (const Architecture* known : architectures())
    EXPECT_EQ(&find_architecture(known->family, known->name), known) << known->name;
}

TEST(Architectures, that_are_not_known_are_told_with_those_of_the_family) {
  EXPECT_EQ(message_of<ConfigError>([] { find_architecture(EncoderDecoder::family, "perceptron"); }),
            "architecture 'perceptron' is not known to this heed, only 'transformer', 'rnn', 'lstm', 'gru'");
}

TEST(Architectures, make_a_sound_model_of_their_family_from_each_preset) {
  for (const Architecture* known : architectures()) {
    auto presets = known->presets;
    if (presets.empty()) presets.push_back("");
    for (const std::string_view preset : presets) {
      ModelConfig config(*known, known->defaults(*known, preset));
      config.fit({.inputs = 9, .outputs = 9, .joint = true});
      EXPECT_NO_THROW(validate(config)) << known->name << ' ' << preset;
      EXPECT_EQ(config.sizes().outputs, 9) << known->name;
      EXPECT_FALSE(config.summary().empty());
      EXPECT_FALSE(config.facts().empty());
    }
  }
}

TEST(ModelConfig, is_a_value) {
  TransformerConfig sizes;
  sizes.source_vocabulary = sizes.target_vocabulary = 7;
  const ModelConfig config = sizes;
  ModelConfig copy = config;
  find_setting(copy.settings(), "width", "test").set({Index{64}}, "test");
  EXPECT_EQ(copy.as<TransformerConfig>().width, 64);
  EXPECT_EQ(config.as<TransformerConfig>().width, 512);
  EXPECT_THROW(config.as<RecurrentConfig>(), std::logic_error);
}

TEST(RequireFamily, says_what_needs_which_model) {
  RecurrentConfig config{.source_vocabulary = 7, .target_vocabulary = 7, .width = 4, .hidden = 6};
  RandomParameters start(1);
  const auto model = make_model(config, start, ParameterStore::Purpose::inference);
  EXPECT_EQ(&require_family<EncoderDecoder>(*model, "translate"), model.get());
  EXPECT_EQ(message_of<ConfigError>([&] { require_family<Classifier>(*model, "the picture"); }),
            "the picture: needs a model of the family classifier, not of the family encoder-decoder");
}

}  // namespace
}  // namespace heed
