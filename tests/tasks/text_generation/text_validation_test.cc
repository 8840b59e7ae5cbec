#include "heed/tasks/text_generation/text_validation.h"

#include "heed/backend/reference/reference_backend.h"
#include "heed/model/decoder_only_transformer.h"
#include "tests/support/parameters.h"

namespace heed {
namespace {

TEST(LossPerToken, is_the_mean_over_all_tokens_of_windows_of_different_lengths) {
  VariedParameters source(5);
  const DecoderOnlyTransformer model(
      {.vocabulary = 6, .width = 8, .hidden = 8, .heads = 2, .layers = 1, .maximum_positions = 4}, source,
      ParameterStore::Purpose::inference);
  const std::vector<Index> tokens{0, 3, 5, 1, 2, 2, 4};
  const auto stream = std::make_shared<TokenStream>();
  stream->add(tokens);
  const TokenWindows windows(stream, {.context = 4, .places = WindowPlaces::in_order});
  double sum = 0;
  for (const Index first : {Index{0}, Index{4}}) {  // windows of 4 and 2 predicted tokens
    Pass pass = Pass::inference(reference_backend());
    const Index length = std::min<Index>(4, 6 - first);
    const std::vector<Index> lengths{length};
    const Tensor logits =
        model(pass, TokenBatch::packed(std::span(tokens).subspan(first, length), lengths)).value();
    for (Index row = 0; row < length; ++row) {
      double total = 0;
      for (Index c = 0; c < 6; ++c) total += std::exp(static_cast<double>(logits.data()[row * 6 + c]));
      const Index target = tokens[static_cast<std::size_t>(first + row + 1)];
      sum -= static_cast<double>(logits.data()[row * 6 + target]) - std::log(total);
    }
  }
  EXPECT_NEAR(loss_per_token(model, reference_backend(), windows, 100), sum / 6, 1e-5);
  EXPECT_NEAR(loss_per_token(model, reference_backend(), windows, 1), sum / 6, 1e-5);
}

}  // namespace
}  // namespace heed
