#include "heed/decoding/language_model_session.h"

#include <numeric>

#include "heed/base/random.h"
#include "heed/decoding/sampling.h"
#include "heed/model/decoder_only_transformer.h"
#include "tests/support/backends.h"
#include "tests/support/parameters.h"

namespace heed {
namespace {

class LanguageSession : public testing::TestWithParam<std::tuple<PositionKind, Backend*>> {
 protected:
  Backend& backend() const { return *std::get<1>(GetParam()); }
  DecoderOnlyTransformer model(Index context = 40) const {
    VariedParameters source(3, 0.6f);
    return {{.vocabulary = 9,
             .width = 8,
             .hidden = 12,
             .heads = 2,
             .key_value_heads = 1,
             .layers = 2,
             .positions = std::get<0>(GetParam()),
             .maximum_positions = context},
            source,
            ParameterStore::Purpose::inference};
  }
  /// Logits after the last of some tokens, read in one pass.
  Tensor afresh(const LanguageModel& model, const std::vector<Index>& tokens) const {
    Pass pass = Pass::inference(backend());
    const std::vector<Index> lengths{std::ssize(tokens)};
    const Variable all = model(pass, TokenBatch::packed(tokens, lengths));
    return all.value().narrow(0, std::ssize(tokens) - 1, 1);
  }
  static std::vector<Index> last_of(const Prompts& prompts) {
    std::vector<Index> last;
    for (const auto& prompt : prompts) last.push_back(prompt.back());
    return last;
  }

  const Prompts prompts_ = {{3, 4, 5, 2, 8}, {6}, {8, 7}};
};

std::string session_name(const testing::TestParamInfo<std::tuple<PositionKind, Backend*>>& info) {
  return std::string(enum_name(std::get<0>(info.param))) +
         (std::get<1>(info.param) == &reference_backend() ? "_reference" : "_cpu");
}
INSTANTIATE_TEST_SUITE_P(Positions, LanguageSession,
                         testing::Combine(testing::Values(PositionKind::learned, PositionKind::rotary,
                                                          PositionKind::sinusoidal, PositionKind::none),
                                          every_backend()),
                         session_name);

// Another order of the same float sums.
constexpr double tolerance = 1e-4;

TEST_P(LanguageSession, goes_on_after_prompts_of_different_lengths) {
  const DecoderOnlyTransformer lm = model();
  LanguageModelSession session(lm, backend(), prompts_);
  const Tensor logits = session.next(last_of(prompts_));
  for (std::size_t s = 0; s < prompts_.size(); ++s)
    expect_close(logits.narrow(0, static_cast<Index>(s), 1), afresh(lm, prompts_[s]), tolerance);
}

TEST_P(LanguageSession, goes_on_with_branches_that_split_and_die_as_afresh) {
  const DecoderOnlyTransformer lm = model();
  LanguageModelSession session(lm, backend(), prompts_);
  Prompts texts = prompts_;
  Random random(5);
  for (int step = 0; step < 25; ++step) {
    const Tensor logits = session.next(last_of(texts));
    const auto which = random.below(static_cast<std::uint32_t>(texts.size()));
    expect_close(logits.narrow(0, which, 1), afresh(lm, texts[which]), tolerance, message("step ", step));
    std::vector<Index> kept;
    Prompts next;
    for (std::uint32_t i = 0, count = 1 + random.below(5); i < count; ++i) {
      kept.push_back(random.below(static_cast<std::uint32_t>(texts.size())));
      next.push_back(texts[static_cast<std::size_t>(kept.back())]);
      next.back().push_back(random.below(9));
    }
    texts = std::move(next);
    session.keep(kept);
  }
}

TEST_P(LanguageSession, names_the_likeliest_tokens_as_its_logits_do) {
  const DecoderOnlyTransformer lm = model();
  LanguageModelSession all(lm, backend(), prompts_), best(lm, backend(), prompts_);
  const Tensor logits = all.next(last_of(prompts_));
  const auto [log_probabilities, tokens] = best.top(last_of(prompts_), 20);
  ASSERT_EQ(tokens.shape(), (Shape{3, 9}));
  for (Index row = 0; row < 3; ++row) {
    const float* x = logits.data() + row * 9;
    std::vector<Index> order(9);
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return x[a] > x[b]; });
    for (Index i = 0; i < 9; ++i)
      EXPECT_EQ(tokens.data<std::int32_t>()[row * 9 + i], order[static_cast<std::size_t>(i)]);
  }
}

TEST_P(LanguageSession, ends_at_the_context_of_the_model) {
  const DecoderOnlyTransformer lm = model(7);
  LanguageModelSession session(lm, backend(), prompts_);
  EXPECT_EQ(session.context(), 7);
  const std::vector<Index> lengths(3, 100);
  const std::vector<std::uint64_t> names{0, 1, 2};
  const auto found = sample(session, prompts_, lengths, names, {.tokens = {.eos = -1, .suppressed = {}}});
  // The last token that is written is not read.
  for (std::size_t s = 0; s < prompts_.size(); ++s) {
    EXPECT_EQ(std::ssize(found[s].front().tokens), 8 - std::ssize(prompts_[s]));
    EXPECT_EQ(found[s].front().finish_reason, FinishReason::length);
  }
}

TEST_P(LanguageSession, slides_by_reading_the_last_half_of_the_context_again) {
  const DecoderOnlyTransformer lm = model(6);
  LanguageModelSession session(lm, backend(), {{3, 4, 5}}, ContextEnd::slide);
  std::vector<Index> read{3, 4};
  Random random(11);
  for (Index token = 5, step = 0; step < 20; ++step) {
    const Tensor logits = session.next(std::vector<Index>{token});
    if (read.size() == 6) read.erase(read.begin(), read.begin() + 3);
    read.push_back(token);
    expect_close(logits, afresh(lm, read), tolerance, message("step ", step));
    session.keep(std::vector<Index>{0});
    token = random.below(9);
  }
}

TEST_P(LanguageSession, refuses_a_prompt_that_is_longer_than_the_context_unless_it_slides) {
  const DecoderOnlyTransformer lm = model(4);
  EXPECT_THROW(LanguageModelSession(lm, backend(), {{1, 2, 3, 4, 5}}), ConfigError);
  EXPECT_THROW(LanguageModelSession(lm, backend(), {{}}), ConfigError);
  LanguageModelSession session(lm, backend(), {{1, 2, 3, 4, 5}}, ContextEnd::slide);
  expect_close(session.next(std::vector<Index>{5}), afresh(lm, {2, 3, 4, 5}), tolerance);
}

}  // namespace
}  // namespace heed
