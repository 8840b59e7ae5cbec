#include "heed/nn/embedding.h"

#include <array>

#include "heed/backend/reference/reference_backend.h"
#include "tests/support/parameters.h"

namespace heed {
namespace {

class WithEmbedding : public testing::Test {
 protected:
  Embedding embedding(PositionKind kind, Index positions) {
    return Embedding("source", Variable(tensor_of({3, 4}, {0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8}), nullptr),
                     PositionalEncoding(ParameterScope(store_), kind, positions, 4), 0);
  }

  RandomParameters source_{1};
  ParameterStore store_{source_, ParameterStore::Purpose::inference};
  Pass pass_ = Pass::inference(reference_backend());
};

TEST_F(WithEmbedding, multiplies_tokens_with_the_square_root_of_the_width) {
  const Tensor y = embedding(PositionKind::none, 0)(pass_, {{1, 2}, Segments::uniform(1, 2)}).value();
  EXPECT_EQ(numbers_of(y), (std::vector<float>{2, 4, 6, 8, 10, 12, 14, 16}));
}

TEST_F(WithEmbedding, counts_positions_from_the_start_of_each_sequence) {
  const Tensor y = embedding(PositionKind::sinusoidal, 9)(
                       pass_, TokenBatch::packed(std::vector<Index>(5), std::array<Index, 2>{2, 3}))
                       .value();
  const Tensor table = sinusoidal_encoding(9, 4);
  EXPECT_EQ(numbers_of(y.narrow(0, 0, 2)), numbers_of(table.narrow(0, 0, 2)));
  EXPECT_EQ(numbers_of(y.narrow(0, 2, 3)), numbers_of(table.narrow(0, 0, 3)));
}

TEST_F(WithEmbedding, tells_the_pass_what_gradient_reaches_it) {
  Pass pass = Pass::training(reference_backend(), {});
  const Embedding learned("source", Variable::with_gradient(tensor_of({2, 1}, {3, 4}), nullptr),
                          PositionalEncoding(ParameterScope(store_), PositionKind::none, 0, 1), 0);
  const Embedding other("target", learned.table(), learned.positions(), 0);
  std::vector<std::pair<std::string, std::vector<float>>> seen;
  pass.observe_embeddings(
      [&](std::string_view name, const Tensor& gradient) { seen.emplace_back(name, numbers_of(gradient)); });
  const Variable unused = learned(pass, TokenBatch::step({1})), used = other(pass, TokenBatch::step({1}));
  pass.backward(used, 7);
  // The loss does not depend on the first.
  EXPECT_EQ(seen, (std::vector<std::pair<std::string, std::vector<float>>>{{"target", {7}}}));
}

TEST_F(WithEmbedding, goes_on_after_each_sequences_past) {
  const Tensor y =
      embedding(PositionKind::sinusoidal, 9)(pass_, TokenBatch::step({0, 0}), std::array<Index, 2>{4, 8})
          .value();
  const Tensor table = sinusoidal_encoding(9, 4);
  EXPECT_EQ(numbers_of(y.narrow(0, 0, 1)), numbers_of(table.narrow(0, 4, 1)));
  EXPECT_EQ(numbers_of(y.narrow(0, 1, 1)), numbers_of(table.narrow(0, 8, 1)));
}

TEST_F(WithEmbedding, drops_in_a_training_pass_only) {
  const Embedding dropping("source", Variable(random_tensor({3, 4}, 1), nullptr),
                           PositionalEncoding(ParameterScope(store_), PositionKind::none, 0, 4), 0.5f);
  Pass training = Pass::training(reference_backend(), {});
  const auto zeros = [&](Pass& pass) {
    const auto y = numbers_of(dropping(pass, {std::vector<Index>(20, 1), Segments::uniform(1, 20)}).value());
    return std::count(y.begin(), y.end(), 0.0f);
  };
  EXPECT_EQ(zeros(pass_), 0);
  EXPECT_GT(zeros(training), 0);
}

TEST_F(WithEmbedding, names_its_rows_and_drops_of_an_example_the_same_wherever_it_lies) {
  const Embedding dropping("source", Variable::with_gradient(random_tensor({3, 4}, 1), nullptr),
                           PositionalEncoding(ParameterScope(store_), PositionKind::none, 0, 4), 0.5f);
  Pass first = Pass::training(reference_backend(), {}, {40, 50}),
       second = Pass::training(reference_backend(), {}, {50, 40});
  const Variable a = dropping(first, TokenBatch::packed({1, 1, 2, 2, 2}, std::array<Index, 2>{2, 3}));
  const Variable b = dropping(second, TokenBatch::packed({2, 2, 2, 1, 1}, std::array<Index, 2>{3, 2}));
  EXPECT_EQ(a.row_names(), first.row_names(Segments::packed(std::array<Index, 2>{2, 3})));
  EXPECT_EQ(numbers_of(a.value().narrow(0, 0, 2)), numbers_of(b.value().narrow(0, 3, 2)));
  EXPECT_EQ(numbers_of(a.value().narrow(0, 2, 3)), numbers_of(b.value().narrow(0, 0, 3)));
}

TEST_F(WithEmbedding, says_which_sequence_is_too_long) {
  EXPECT_EQ(
      message_of<DataError>([&] {
        embedding(PositionKind::sinusoidal, 2)(pass_, {{0, 0, 0}, Segments::uniform(1, 3)});
      }),
      "embedding: a sequence of 3 tokens meets a model that knows 2 positions; split the text, or train "
      "with larger maximum_positions");
}

TEST_F(WithEmbedding, says_which_sequences_do_not_fit_the_tokens) {
  const Embedding e = embedding(PositionKind::sinusoidal, 9);
  EXPECT_EQ(message_of<ShapeError>([&] {
              e(pass_, {{0, 0, 0}, Segments::uniform(2, 2)});
            }),
            "embedding: sequences end at row 4 of 3 tokens");
  EXPECT_EQ(message_of<ShapeError>([&] {
              e(pass_, TokenBatch::step({0, 0, 0}), std::array<Index, 2>{1, 1});
            }),
            "embedding: 3 sequences go on after 2");
}

}  // namespace
}  // namespace heed
