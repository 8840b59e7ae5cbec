#include "heed/model/transformer.h"

#include <array>

#include "heed/decoding/decoding_session.h"
#include "tests/model/model_gradients.h"
#include "tests/support/backends.h"

namespace heed {
namespace {

using Sentences = std::vector<std::vector<Index>>;

struct Variant {
  NormOrder norm;
  PositionKind positions;
  FeedForwardKind feed_forward;
};

/// Every order of normalization with every kind of positions, on every backend.
class Variants : public testing::TestWithParam<std::tuple<Variant, Backend*>> {
 protected:
  Variants() {
    const Variant& variant = std::get<0>(GetParam());
    config_.norm = variant.norm;
    config_.positions = variant.positions;
    config_.feed_forward = variant.feed_forward;
  }
  Backend& backend() const { return *std::get<1>(GetParam()); }
  Transformer model(ParameterStore::Purpose purpose = ParameterStore::Purpose::inference) const {
    VariedParameters source(5);
    return Transformer(config_, source, purpose);
  }

  TransformerConfig config_ = tiny_config();
};

std::string variant_name(const testing::TestParamInfo<std::tuple<Variant, Backend*>>& info) {
  const auto& [variant, backend] = info.param;
  return message("norm_", enum_name(variant.norm), "_positions_", enum_name(variant.positions), "_",
                 enum_name(variant.feed_forward), "_", backend == &reference_backend() ? "reference" : "cpu");
}
INSTANTIATE_TEST_SUITE_P(
    Transformer, Variants,
    testing::Combine(
        testing::Values(Variant{NormOrder::post, PositionKind::sinusoidal, FeedForwardKind::relu},
                        Variant{NormOrder::post, PositionKind::learned, FeedForwardKind::gelu},
                        Variant{NormOrder::post, PositionKind::none, FeedForwardKind::swiglu},
                        Variant{NormOrder::pre, PositionKind::sinusoidal, FeedForwardKind::swiglu},
                        Variant{NormOrder::pre, PositionKind::learned, FeedForwardKind::relu},
                        Variant{NormOrder::pre, PositionKind::none, FeedForwardKind::gelu}),
        every_backend()),
    variant_name);

const Sentences sources = {{3, 4, 5, 2}, {6, 2}, {5, 5, 2}}, targets = {{1, 3, 6}, {1, 4, 4, 5, 6}, {1}};

TEST_P(Variants, decode_step_by_step_what_they_decode_at_once) {
  const Transformer transformer = model();
  const Sentences equally_long = {{1, 3, 6, 5}, {1, 4, 4, 3}, {1, 5, 3, 3}};
  const Tensor at_once = logits_of(transformer, backend(), tokens_of(sources), tokens_of(equally_long));
  DecodingSession session(transformer, backend(), sources);
  for (Index step = 0; step < 4; ++step) {
    const auto at = static_cast<std::size_t>(step);
    const Tensor logits =
        session.next(std::array<Index, 3>{equally_long[0][at], equally_long[1][at], equally_long[2][at]});
    for (Index s = 0; s < 3; ++s)
      expect_close(logits.narrow(0, s, 1), at_once.narrow(0, 4 * s + step, 1), 1e-5);
  }
}

TEST_P(Variants, go_on_after_hypotheses_were_dropped_reordered_and_repeated) {
  const Transformer transformer = model();
  DecodingSession session(transformer, backend(), sources);
  session.next(std::array<Index, 3>{1, 1, 1});
  session.next(std::array<Index, 3>{3, 4, 5});
  session.keep(std::array<Index, 4>{2, 0, 2, 2});  // sentence 1 is done, sentence 2 has three hypotheses
  EXPECT_EQ(session.hypotheses(), 4);
  session.next(std::array<Index, 4>{3, 4, 5, 6});
  session.keep(std::array<Index, 3>{3, 1, 0});
  const Tensor logits = session.next(std::array<Index, 3>{6, 6, 3});
  const Tensor at_once = logits_of(transformer, backend(), tokens_of({sources[2], sources[0], sources[2]}),
                                   tokens_of({{1, 5, 6, 6}, {1, 3, 4, 6}, {1, 5, 3, 3}}));
  for (Index s = 0; s < 3; ++s) expect_close(logits.narrow(0, s, 1), at_once.narrow(0, 4 * s + 3, 1), 1e-5);
}

TEST_P(Variants, give_a_sentence_the_same_bits_whatever_its_neighbors) {
  const Transformer transformer = model();
  const Tensor batch = logits_of(transformer, backend(), tokens_of(sources), tokens_of(targets));
  Index row = 0;
  for (std::size_t s = 0; s < sources.size(); ++s) {
    const Tensor alone = logits_of(transformer, backend(), tokens_of({sources[s]}), tokens_of({targets[s]}));
    EXPECT_EQ(numbers_of(batch.narrow(0, row, alone.size(0))), numbers_of(alone)) << "sentence " << s;
    row += alone.size(0);
  }
}

TEST_P(Variants, see_no_token_before_its_turn) {
  const Transformer transformer = model();
  const auto logits = [&](Index last) {
    return logits_of(transformer, backend(), tokens_of({sources[0]}), tokens_of({{1, 3, 6, last}}));
  };
  const Tensor one = logits(4), other = logits(5);
  EXPECT_EQ(numbers_of(one.narrow(0, 0, 3)), numbers_of(other.narrow(0, 0, 3)));
  EXPECT_NE(numbers_of(one.narrow(0, 3, 1)), numbers_of(other.narrow(0, 3, 1)));
}

TEST_P(Variants, know_the_order_of_the_source_only_by_positions) {
  const Transformer transformer = model();
  const auto logits = [&](const std::vector<Index>& source) {
    return logits_of(transformer, backend(), tokens_of({source}), tokens_of({targets[0]}));
  };
  const double difference = [&] {
    const auto a = numbers_of(logits({3, 4, 5, 2})), b = numbers_of(logits({4, 5, 3, 2}));
    double most = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
      most = std::max(most, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
    return most;
  }();
  if (config_.positions == PositionKind::none)
    EXPECT_LT(difference, 1e-5);
  else
    EXPECT_GT(difference, 1e-2);
}

TEST_P(Variants, gradients_agree_with_difference_quotients) {
  config_.dropout = 0.2, config_.hidden_dropout = 0.1;
  expect_gradients_of(model(ParameterStore::Purpose::training), backend());
}

TEST_P(Variants, drop_of_an_example_the_same_in_any_batch) {
  config_.dropout = 0.2, config_.hidden_dropout = 0.1;
  expect_dropout_follows_examples(model(), backend(), sources, targets);
}

TEST(Transformer, tells_observers_of_attention_the_names_of_its_layers) {
  VariedParameters parameters(1);
  const Transformer model(tiny_config(), parameters, ParameterStore::Purpose::inference);
  Pass pass = Pass::inference(reference_backend());
  std::vector<std::string> layers;
  pass.observe_attention([&](std::string_view layer, const Tensor&) { layers.emplace_back(layer); });
  model(pass, tokens_of(sources), tokens_of(targets));
  EXPECT_EQ(layers,
            (std::vector<std::string>{"encoder.layers.0.self_attention", "decoder.layers.0.self_attention",
                                      "decoder.layers.0.cross_attention", "decoder.layers.1.self_attention",
                                      "decoder.layers.1.cross_attention"}));
}

TEST(Transformer, tells_observers_of_embeddings_their_names) {
  VariedParameters parameters(1);
  const Transformer model(tiny_config(), parameters, ParameterStore::Purpose::training);
  Pass pass = Pass::training(reference_backend(), {});
  std::vector<std::string> layers;
  pass.observe_embeddings([&](std::string_view layer, const Tensor&) { layers.emplace_back(layer); });
  pass.backward(
      ops::cross_entropy(model(pass, tokens_of({{3, 2}}), tokens_of({{1}})), std::array<Index, 1>{4}));
  EXPECT_EQ(layers, (std::vector<std::string>{"decoder", "encoder"}));  // the last that was made comes first
}

TEST(Transformer, says_when_sources_and_targets_do_not_fit) {
  VariedParameters parameters(1);
  const Transformer model(tiny_config(), parameters, ParameterStore::Purpose::inference);
  EXPECT_EQ(message_of<ShapeError>([&] {
              logits_of(model, reference_backend(), tokens_of({{3, 2}}), tokens_of({{1}, {1}}));
            }),
            "embedding: 2 sequences go on after 1");
  EXPECT_EQ(message_of<ShapeError>([&] {
              logits_of(model, reference_backend(), tokens_of({{3, 9}}), tokens_of({{1}}));
            }),
            "embed: token 9 lies outside of the 7 that are known");
  EXPECT_THROW(logits_of(model, reference_backend(), tokens_of({{}}), tokens_of({{1}})), ShapeError);
}

TEST(Transformer, follows_from_its_seed) {
  const auto logits = [](std::uint64_t seed) {
    RandomParameters parameters(seed);
    const Transformer model(tiny_config(), parameters, ParameterStore::Purpose::inference);
    return numbers_of(logits_of(model, reference_backend(), tokens_of({{3, 2}}), tokens_of({{1}})));
  };
  EXPECT_EQ(logits(1), logits(1));
  EXPECT_NE(logits(1), logits(2));
}

TEST(Transformer, may_have_no_encoder_layers) {
  TransformerConfig config = tiny_config();
  config.encoder_layers = 0;
  VariedParameters parameters(1);
  const Transformer model(config, parameters, ParameterStore::Purpose::inference);
  EXPECT_EQ(logits_of(model, reference_backend(), tokens_of({{3, 2}}), tokens_of({{1, 4}})).shape(),
            (Shape{2, 7}));
}

}  // namespace
}  // namespace heed
