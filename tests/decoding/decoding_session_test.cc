#include "heed/decoding/decoding_session.h"

#include <algorithm>
#include <numeric>

#include "heed/base/error.h"
#include "heed/base/random.h"
#include "tests/decoding/small_transformer.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

using Session = SmallTransformer;
INSTANTIATE_TEST_SUITE_P(Backends, Session, every_backend(), backend_name);

TEST_P(Session, names_the_likeliest_tokens_as_its_logits_do) {
  const Transformer transformer = model();
  DecodingSession all(transformer, backend(), sources_), best(transformer, backend(), sources_);
  const std::vector<Index> begin(3, 1);
  const Tensor logits = all.next(begin);
  const auto [log_probabilities, tokens] = best.top(begin, 4);
  ASSERT_EQ(tokens.shape(), (Shape{3, 4}));
  for (Index row = 0; row < 3; ++row) {
    const float* x = logits.data() + row * 9;
    std::vector<Index> order(9);
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return x[a] > x[b]; });
    double sum = 0;
    for (Index c = 0; c < 9; ++c) sum += std::exp(static_cast<double>(x[c]));
    for (Index i = 0; i < 4; ++i) {
      const Index token = tokens.data<std::int32_t>()[row * 4 + i];
      EXPECT_EQ(token, order[static_cast<std::size_t>(i)]);
      EXPECT_NEAR(log_probabilities.data()[row * 4 + i], static_cast<double>(x[token]) - std::log(sum), 1e-5);
    }
  }
}

TEST_P(Session, hypotheses_that_branch_and_die_score_as_they_do_afresh) {
  const Transformer transformer = model();
  DecodingSession session(transformer, backend(), sources_);
  struct Branch {
    std::size_t source;
    std::vector<Index> tokens;
  };
  std::vector<Branch> branches = {{0, {}}, {1, {}}, {2, {}}};
  Random random(5);
  for (int step = 0; step < 30; ++step) {
    std::vector<Index> tokens;
    for (Branch& branch : branches) {
      branch.tokens.push_back(branch.tokens.empty() ? 1 : 3 + random.below(6));
      tokens.push_back(branch.tokens.back());
    }
    const Tensor logits = session.next(tokens);
    const auto which = random.below(static_cast<std::uint32_t>(branches.size()));
    Pass pass = Pass::inference(backend());
    const Branch& one = branches[which];
    const auto& source = sources_[one.source];
    const Tensor afresh = transformer(pass, {source, Segments::uniform(1, std::ssize(source))},
                                      {one.tokens, Segments::uniform(1, std::ssize(one.tokens))})
                              .value();
    expect_close(logits.narrow(0, which, 1), afresh.narrow(0, step, 1), 1e-4, message("step ", step));

    std::vector<Index> kept;
    for (std::size_t i = 0; i < 1 + random.below(6); ++i)
      kept.push_back(random.below(static_cast<std::uint32_t>(branches.size())));
    std::vector<Branch> next;
    for (const Index number : kept) next.push_back(branches[static_cast<std::size_t>(number)]);
    branches = std::move(next);
    session.keep(kept);
  }
}

TEST_P(Session, names_no_more_tokens_than_there_are) {
  const Transformer transformer = model();
  DecodingSession session(transformer, backend(), sources_);
  EXPECT_EQ(session.top(std::vector<Index>(3, 1), 20).tokens.shape(), (Shape{3, 9}));
}

}  // namespace
}  // namespace heed
