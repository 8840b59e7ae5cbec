#include "heed/nn/parameters.h"

#include "heed/backend/reference/reference_backend.h"
#include "tests/support/parameters.h"

namespace heed {
namespace {

TEST(RandomParameters, follow_from_seed_and_name_alone) {
  RandomParameters one(1), again(1), other(2);
  const auto numbers = [](RandomParameters& source, const std::string& name) {
    return numbers_of(source.parameter(name, {3, 4}, normal(1)));
  };
  const auto a = numbers(one, "a"), b = numbers(one, "b");
  EXPECT_NE(a, b);
  EXPECT_EQ(numbers(again, "b"), b);  // in another order
  EXPECT_EQ(numbers(again, "a"), a);
  EXPECT_NE(numbers(other, "a"), a);
}

TEST(RandomParameters, are_spread_as_the_initializer_says) {
  RandomParameters source(1);
  const auto spread = [&](const Initializer& initializer) {
    return size_of_numbers(numbers_of(source.parameter("x", {100, 100}, initializer)));
  };
  EXPECT_NEAR(spread(normal(0.5f)), 0.5, 0.015);  // four standard deviations: 4 * 0.5 / sqrt(2 * 10^4)
  EXPECT_NEAR(spread(glorot(100, 100)), std::sqrt(2.0 / 200), 0.003);
  EXPECT_EQ(spread(zeros()), 0);
  EXPECT_EQ(spread(ones()), 1);
}

TEST(RandomParameters, of_glorot_stay_within_its_bound) {
  RandomParameters source(1);
  const auto numbers = numbers_of(source.parameter("x", {30, 20}, glorot(30, 20)));
  const auto [least, most] = std::minmax_element(numbers.begin(), numbers.end());
  EXPECT_GE(*least, -std::sqrt(6.0f / 50));
  EXPECT_LE(*most, std::sqrt(6.0f / 50));
  EXPECT_LT(*least, -0.9f * std::sqrt(6.0f / 50));
  EXPECT_GT(*most, 0.9f * std::sqrt(6.0f / 50));
}

TEST(ParameterStore, lists_parameters_in_the_order_of_asking) {
  RandomParameters source(1);
  ParameterStore store(source, ParameterStore::Purpose::training);
  const ParameterScope root(store);
  (root / "encoder" / "layers" / 0).parameter("weight", {2, 3}, zeros());
  root.parameter("bias", {4}, zeros());
  EXPECT_EQ(names_of(store), (std::vector<std::string>{"encoder.layers.0.weight", "bias"}));
  EXPECT_EQ(store.count(), 10);
}

TEST(ParameterStore, refuses_two_parameters_of_one_name) {
  RandomParameters source(1);
  ParameterStore store(source, ParameterStore::Purpose::training);
  const ParameterScope scope(store, "norm");
  scope.parameter("weight", {2}, ones());
  EXPECT_EQ(message_of<ConfigError>([&] { scope.parameter("weight", {2}, ones()); }),
            "two parameters are called norm.weight");
}

TEST(ParameterStore, gives_gradients_for_training_only) {
  RandomParameters source(1);
  ParameterStore training(source, ParameterStore::Purpose::training),
      inference(source, ParameterStore::Purpose::inference);
  EXPECT_TRUE(ParameterScope(training).parameter("x", {2}, ones()).needs_gradient());
  EXPECT_FALSE(ParameterScope(inference).parameter("x", {2}, ones()).needs_gradient());
}

TEST(ParameterStore, stacked_parameters_are_windows_of_one_block) {
  VariedParameters source(1);
  ParameterStore store(source, ParameterStore::Purpose::training);
  const Variable block =
      ParameterScope(store).stacked({{"query.weight", {2, 3}}, {"key.weight", {2, 3}}}, zeros());
  EXPECT_EQ(block.shape(), (Shape{4, 3}));
  const Variable query = parameter_of(store, "query.weight"), key = parameter_of(store, "key.weight");
  EXPECT_EQ(numbers_of(key.value()), numbers_of(source.parameter("key.weight", {2, 3}, zeros())));
  EXPECT_EQ(numbers_of(block.value().narrow(0, 2, 2)), numbers_of(key.value()));
  EXPECT_EQ(numbers_of(block.value().narrow(0, 0, 2)), numbers_of(query.value()));
  block.gradient().data()[6] = 5;
  EXPECT_EQ(key.gradient().data()[0], 5);
  EXPECT_EQ(store.count(), 12);
}

TEST(ParameterStore, stacked_parameters_may_differ_in_their_number_of_rows) {
  VariedParameters source(1);
  for (const auto purpose : {ParameterStore::Purpose::training, ParameterStore::Purpose::inference}) {
    ParameterStore store(source, purpose);
    const Variable block = ParameterScope(store).stacked({{"query", {3, 2}}, {"key", {1, 2}}}, zeros());
    EXPECT_EQ(block.shape(), (Shape{4, 2}));
    EXPECT_EQ(parameter_of(store, "query").shape(), (Shape{3, 2}));
    EXPECT_EQ(numbers_of(parameter_of(store, "key").value()), numbers_of(block.value().narrow(0, 3, 1)));
    EXPECT_EQ(numbers_of(block.value().narrow(0, 3, 1)),
              numbers_of(source.parameter("key", {1, 2}, zeros())));
    EXPECT_EQ(store.count(), 8);
  }
}

/// Numbers that were rounded before they were saved, some to bfloat16, some to int8.
class RoundedParameters : public RandomParameters {
 public:
  RoundedParameters() : RandomParameters(1) {}
  DataType precision(const std::string& name) const override {
    return name.starts_with("query") ? DataType::int8 : DataType::bfloat16;
  }
};

TEST(ParameterScope, prepares_weights_in_what_they_were_saved_in) {
  RoundedParameters source;
  ParameterStore store(source, ParameterStore::Purpose::inference, {&reference_backend(), {}});
  const ParameterScope scope(store);
  const Variable weight = scope.stacked({{"query.weight", {2, 3}}, {"key.weight", {2, 3}}}, normal(1));
  const Variable query = scope.prepacked({"query.weight"}, weight.narrow(0, 0, 2));
  EXPECT_EQ(query.value().layout(), Layout::prepacked);
  EXPECT_EQ(query.value().type(), DataType::int8);
  EXPECT_EQ(query.shape(), (Shape{2, 3}));
  // The one that needs more decides for both.
  EXPECT_EQ(scope.prepacked({"query.weight", "key.weight"}, weight).value().type(), DataType::bfloat16);
}

TEST(ParameterScope, prepares_weights_in_what_is_asked_for) {
  RoundedParameters source;
  ParameterStore store(source, ParameterStore::Purpose::inference, {&reference_backend(), DataType::float32});
  const ParameterScope scope(store);
  const Variable weight = scope.parameter("query", {2, 3}, normal(1));
  EXPECT_EQ(scope.prepacked({"query"}, weight).value().type(), DataType::float32);
  EXPECT_EQ(store.count(), 6);
  EXPECT_TRUE(store.parameters().empty());
  EXPECT_TRUE(store.names().contains("query"));
}

TEST(ParameterScope, leaves_weights_alone_where_nothing_asks_for_preparation) {
  RoundedParameters source;
  for (const auto purpose : {ParameterStore::Purpose::training, ParameterStore::Purpose::inference}) {
    ParameterStore store(source, purpose);
    const ParameterScope scope(store);
    const Variable weight = scope.parameter("query", {2, 3}, normal(1));
    EXPECT_TRUE(scope.prepacked({"query"}, weight).value().shares_memory_with(weight.value()));
  }
}

}  // namespace
}  // namespace heed
