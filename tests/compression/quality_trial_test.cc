#include "heed/compression/quality_trial.h"

#include <cmath>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/checkpoint/model_folder.h"
#include "heed/compression/quantization.h"
#include "heed/model/decoder_only_transformer.h"
#include "tests/support/parameters.h"
#include "tests/support/temporary_folder.h"

namespace heed {
namespace {

/// A language model with varied weights, and a text of its tokens.
class TextTrial : public WithFolder {
 protected:
  TextTrial() {
    VariedParameters weights(7, 0.3f);
    save_model(
        folder_,
        DecoderOnlyTransformer(
            {.vocabulary = 20, .width = 16, .hidden = 24, .heads = 2, .layers = 2, .maximum_positions = 8},
            weights, ParameterStore::Purpose::inference),
        "text-generation");
  }
  static std::shared_ptr<TokenStream> text(Index count) {
    std::vector<Index> tokens;
    for (Index i = 0; i < count; ++i) tokens.push_back(4 + i * i % 16);
    const auto stream = std::make_shared<TokenStream>();
    stream->add(tokens);
    return stream;
  }
  Quantization run(double largest_loss) const {
    return quantize(folder_, text_trial(text(100), 99, 8, cpu_backend()),
                    {.type = DataType::int8, .largest_loss = largest_loss}, cpu_backend(),
                    [](const std::string&) {});
  }
};

TEST_F(TextTrial, measures_loss_perplexity_and_bits_per_byte) {
  const auto model = load_model(folder_, ParameterStore::Purpose::inference);
  const QualityTrial trial = text_trial(text(100), 99, 8, cpu_backend());
  const Validation measured = trial.measure(*model).validation;
  const double loss = measured.value(trial.deciding);
  EXPECT_NEAR(measured.value("perplexity"), std::exp(loss), 1e-9);
  EXPECT_NEAR(measured.value("bits_per_byte"), loss / std::log(2), 1e-9) << "a byte for each predicted token";
  EXPECT_NEAR(trial.quick_loss(*model), loss, 1e-9) << "of a short text, all is measured";
}

TEST_F(TextTrial, decides_by_loss_how_a_language_model_is_stored) {
  const Quantization result = run(1);
  EXPECT_TRUE(result.good_enough);
  EXPECT_EQ(result.types, all_in(DataType::int8, weights_of_products(folder_, cpu_backend())));
  EXPECT_TRUE(result.types.contains("decoder.layers.1.feed_forward.expand.weight"));
  EXPECT_NEAR(result.lost, result.after.quality.value("loss") - result.before.quality.value("loss"), 1e-12);
  const Quantization refused = run(-100);  // more than can be gained
  EXPECT_FALSE(refused.good_enough);
  EXPECT_EQ(refused.types, all_in(DataType::bfloat16, weights_of_products(folder_, cpu_backend())));
}

TEST_F(TextTrial, refuses_a_text_with_nothing_to_predict_and_models_of_other_families) {
  EXPECT_THROW(text_trial(text(1), 1, 8, cpu_backend()), DataError);
  const auto model = load_model(folder_, ParameterStore::Purpose::inference);
  const Tokenizers none;
  const ValidationSet empty;
  EXPECT_THROW(translation_trial(none, empty, {.beam = 1}, cpu_backend()).quick_loss(*model), ConfigError);
}

}  // namespace
}  // namespace heed
