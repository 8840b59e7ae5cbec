#include "heed/model/recurrent_model.h"

#include <array>

#include "heed/decoding/decoding_session.h"
#include "tests/model/model_gradients.h"
#include "tests/support/backends.h"

namespace heed {
namespace {

using Sentences = std::vector<std::vector<Index>>;

/// Every cell with every attention, on every backend.
class RecurrentModels
    : public testing::TestWithParam<std::tuple<RecurrentCell, RecurrentAttention, Backend*>> {
 protected:
  RecurrentModels() {
    config_.cell = std::get<0>(GetParam());
    config_.attention = std::get<1>(GetParam());
    config_.source_vocabulary = config_.target_vocabulary = 7;
    config_.width = 4, config_.hidden = 6;
    config_.encoder_layers = config_.decoder_layers = 2;
    config_.dropout = 0;
  }
  Backend& backend() const { return *std::get<2>(GetParam()); }
  RecurrentModel model(ParameterStore::Purpose purpose = ParameterStore::Purpose::inference) const {
    VariedParameters source(5);
    return {config_, source, purpose};
  }
  bool attends() const { return config_.attention != RecurrentAttention::none; }
  std::vector<std::string> expected_layers() const {
    if (!attends()) return {};
    return {config_.attention == RecurrentAttention::luong ? "decoder.attention"
                                                           : "decoder.layers.0.attention"};
  }

  RecurrentConfig config_;
};

std::string model_name(const testing::TestParamInfo<RecurrentModels::ParamType>& info) {
  const auto& [cell, attention, backend] = info.param;
  constexpr std::array names{"rnn", "gru", "lstm"};
  return message(names[static_cast<std::size_t>(cell)], "_", enum_name(attention), "_",
                 backend == &reference_backend() ? "reference" : "cpu");
}
INSTANTIATE_TEST_SUITE_P(
    All, RecurrentModels,
    testing::Combine(testing::Values(RecurrentCell::rnn, RecurrentCell::gru, RecurrentCell::lstm),
                     testing::Values(RecurrentAttention::none, RecurrentAttention::bahdanau,
                                     RecurrentAttention::luong),
                     every_backend()),
    model_name);

const Sentences sources = {{3, 4, 5, 2}, {6, 2}, {5, 5, 2}}, targets = {{1, 3, 6}, {1, 4, 4, 5, 6}, {1}};

TEST_P(RecurrentModels, decode_step_by_step_what_they_decode_at_once) {
  const RecurrentModel recurrent = model();
  const Sentences equally_long = {{1, 3, 6, 5}, {1, 4, 4, 3}, {1, 5, 3, 3}};
  const Tensor at_once = logits_of(recurrent, backend(), tokens_of(sources), tokens_of(equally_long));
  DecodingSession session(recurrent, backend(), sources);
  for (Index step = 0; step < 4; ++step) {
    const auto at = static_cast<std::size_t>(step);
    const Tensor logits =
        session.next(std::array<Index, 3>{equally_long[0][at], equally_long[1][at], equally_long[2][at]});
    for (Index s = 0; s < 3; ++s)
      expect_close(logits.narrow(0, s, 1), at_once.narrow(0, 4 * s + step, 1), 1e-5);
  }
}

TEST_P(RecurrentModels, go_on_after_hypotheses_were_dropped_reordered_and_repeated) {
  const RecurrentModel recurrent = model();
  DecodingSession session(recurrent, backend(), sources);
  session.next(std::array<Index, 3>{1, 1, 1});
  session.next(std::array<Index, 3>{3, 4, 5});
  session.keep(std::array<Index, 4>{2, 0, 2, 2});  // sentence 1 is done, sentence 2 has three hypotheses
  EXPECT_EQ(session.hypotheses(), 4);
  session.next(std::array<Index, 4>{3, 4, 5, 6});
  session.keep(std::array<Index, 3>{3, 1, 0});
  const Tensor logits = session.next(std::array<Index, 3>{6, 6, 3});
  const Tensor at_once = logits_of(recurrent, backend(), tokens_of({sources[2], sources[0], sources[2]}),
                                   tokens_of({{1, 5, 6, 6}, {1, 3, 4, 6}, {1, 5, 3, 3}}));
  for (Index s = 0; s < 3; ++s) expect_close(logits.narrow(0, s, 1), at_once.narrow(0, 4 * s + 3, 1), 1e-5);
}

TEST_P(RecurrentModels, take_tokens_several_at_a_time) {
  const RecurrentModel recurrent = model();
  const TokenBatch source = tokens_of(sources), whole = tokens_of(targets),
                   head = tokens_of({{1, 3}, {1}, {1}}), rest = tokens_of({{6}, {4, 4, 5, 6}, {5}});
  Pass pass = Pass::inference(backend());
  const auto state = recurrent.start(pass, source);
  recurrent.decode(pass, head, *state);
  const Tensor after = recurrent.decode(pass, rest, *state).value();
  const Tensor all = recurrent.before_projection(pass, source, whole).value();
  expect_close(after.narrow(0, 0, 1), all.narrow(0, 2, 1), 1e-5);
  expect_close(after.narrow(0, 1, 4), all.narrow(0, 4, 4), 1e-5);
}

TEST_P(RecurrentModels, give_a_sentence_the_same_bits_whatever_its_neighbors) {
  const RecurrentModel recurrent = model();
  const Tensor batch = logits_of(recurrent, backend(), tokens_of(sources), tokens_of(targets));
  Index row = 0;
  for (std::size_t s = 0; s < sources.size(); ++s) {
    const Tensor alone = logits_of(recurrent, backend(), tokens_of({sources[s]}), tokens_of({targets[s]}));
    EXPECT_EQ(numbers_of(batch.narrow(0, row, alone.size(0))), numbers_of(alone)) << "sentence " << s;
    row += alone.size(0);
  }
}

TEST_P(RecurrentModels, see_no_token_before_its_turn) {
  const RecurrentModel recurrent = model();
  const auto logits = [&](Index last) {
    return logits_of(recurrent, backend(), tokens_of({sources[0]}), tokens_of({{1, 3, 6, last}}));
  };
  const Tensor one = logits(4), other = logits(5);
  EXPECT_EQ(numbers_of(one.narrow(0, 0, 3)), numbers_of(other.narrow(0, 0, 3)));
  EXPECT_NE(numbers_of(one.narrow(0, 3, 1)), numbers_of(other.narrow(0, 3, 1)));
}

TEST_P(RecurrentModels, gradients_agree_with_difference_quotients) {
  config_.dropout = 0.2;
  expect_gradients_of(model(ParameterStore::Purpose::training), backend());
}

TEST_P(RecurrentModels, drop_of_an_example_the_same_in_any_batch) {
  config_.dropout = 0.3;
  expect_dropout_follows_examples(model(), backend(), sources, targets);
}

TEST_P(RecurrentModels, show_named_attention_weights_that_sum_to_one_if_they_attend) {
  const RecurrentModel recurrent = model();
  const TokenBatch source = tokens_of(sources), target = tokens_of(targets);
  Pass pass = Pass::inference(backend());
  std::vector<std::string> layers;
  std::vector<Tensor> seen;
  pass.observe_attention([&](std::string_view layer, const Tensor& weights) {
    layers.emplace_back(layer);
    seen.push_back(weights);
  });
  recurrent(pass, source, target);
  EXPECT_EQ(layers, expected_layers());
  ASSERT_EQ(seen.size(), attends() ? 1u : 0u);
  for (const Tensor& weights : seen) {
    ASSERT_EQ(weights.shape(), (Shape{3, 1, 5, 4}));
    for (Index s = 0; s < 3; ++s)
      for (Index q = 0; q < 5; ++q) {
        double sum = 0;
        for (Index k = 0; k < 4; ++k) sum += static_cast<double>(weights.data()[(s * 5 + q) * 4 + k]);
        EXPECT_NEAR(sum, q < target.segments[s].length ? 1 : 0, 1e-5) << "sentence " << s << ", step " << q;
      }
  }
}

TEST_P(RecurrentModels, say_what_does_not_fit) {
  const RecurrentModel recurrent = model();
  EXPECT_EQ(message_of<ShapeError>([&] {
              logits_of(recurrent, backend(), tokens_of({{3, 2}}), tokens_of({{1}, {1}}));
            }),
            "recurrent decoder: 2 sequences go on after 1");
  EXPECT_THROW(logits_of(recurrent, backend(), tokens_of({{}}), tokens_of({{1}})), ShapeError);
  EXPECT_THROW(logits_of(recurrent, backend(), tokens_of({{3, 2}}), tokens_of({{}})), ShapeError);
  EXPECT_THROW(logits_of(recurrent, backend(), tokens_of({{3, 9}}), tokens_of({{1}})), ShapeError);
}

TEST(RecurrentConfig, says_which_numbers_do_not_fit) {
  const auto refusal = [](auto change) {
    RecurrentConfig config;
    config.source_vocabulary = config.target_vocabulary = 7;
    change(config);
    return message_of<ConfigError>([&] { validate(config); });
  };
  EXPECT_TRUE(refusal([](auto& c) { c.hidden = 7; }).starts_with("hidden is 7, but must be even"));
  EXPECT_EQ(refusal([](auto& c) { c.encoder_layers = 0; }), "encoder_layers is 0, but must be at least 1");
  EXPECT_TRUE(
      refusal([](auto& c) { c.source_vocabulary = 8; }).starts_with("tying all needs one vocabulary"));
}

}  // namespace
}  // namespace heed
