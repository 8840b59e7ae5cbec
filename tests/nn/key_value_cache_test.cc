#include "heed/nn/key_value_cache.h"

#include <array>

#include "tests/support/backends.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

/// Rows of one number each: keys as given, values 100 more.
class Cache : public OnEveryBackend {
 protected:
  KeysValues rows(const std::vector<float>& keys, const std::vector<Index>& lengths) {
    std::vector<float> values = keys;
    for (float& value : values) value += 100;
    const Shape shape{static_cast<Index>(keys.size()), 1};
    return {pass_.constant(tensor_of(shape, keys)), pass_.constant(tensor_of(shape, values)),
            Segments::packed(lengths)};
  }
  /// The keys of each sequence, after a check that its values fit them.
  static std::vector<std::vector<float>> sequences(const KeysValues& seen) {
    std::vector<std::vector<float>> all;
    for (const Segment& segment : seen.segments) {
      all.push_back(numbers_of(seen.keys.value().narrow(0, segment.start, segment.length)));
      auto values = numbers_of(seen.values.value().narrow(0, segment.start, segment.length));
      for (float& value : values) value -= 100;
      EXPECT_EQ(values, all.back());
    }
    return all;
  }

  Pass pass_ = Pass::inference(kernels());
  KeyValueCache cache_;
};
INSTANTIATE_TEST_SUITE_P(Backends, Cache, every_backend(), backend_name);

using Sequences = std::vector<std::vector<float>>;

TEST_P(Cache, returns_the_past_followed_by_the_fresh) {
  EXPECT_EQ(sequences(cache_.append(rows({1, 2, 11}, {2, 1}))), (Sequences{{1, 2}, {11}}));
  EXPECT_EQ(sequences(cache_.append(rows({3, 12, 13}, {1, 2}))), (Sequences{{1, 2, 3}, {11, 12, 13}}));
  EXPECT_EQ(sequences(cache_.append(rows({4}, {1, 0}))), (Sequences{{1, 2, 3, 4}, {11, 12, 13}}));
}

TEST_P(Cache, grows_as_long_as_it_is_asked_to) {
  std::vector<float> expected;
  for (int step = 0; step < 200; ++step) {
    expected.push_back(static_cast<float>(step));
    const auto seen = sequences(cache_.append(rows({expected.back(), -1}, {1, 1})));
    ASSERT_EQ(seen[0], expected);
  }
}

TEST_P(Cache, keeps_in_the_order_asked_for) {
  cache_.append(rows({1, 2, 11, 21}, {2, 1, 1}));
  cache_.keep(pass_, std::array<Index, 2>{2, 0});
  EXPECT_EQ(sequences(cache_.append(rows({22, 3}, {1, 1}))), (Sequences{{21, 22}, {1, 2, 3}}));
}

TEST_P(Cache, keeps_one_sequence_several_times_apart) {
  cache_.append(rows({1, 11}, {1, 1}));
  cache_.keep(pass_, std::array<Index, 3>{1, 1, 0});
  EXPECT_EQ(sequences(cache_.append(rows({12, 13, 2}, {1, 1, 1}))), (Sequences{{11, 12}, {11, 13}, {1, 2}}));
}

TEST_P(Cache, keeps_after_it_has_grown) {
  for (float step = 0; step < 40; ++step) cache_.append(rows({step, 100 + step}, {1, 1}));
  cache_.keep(pass_, std::array<Index, 1>{1});
  const auto seen = sequences(cache_.append(rows({140}, {1})));
  ASSERT_EQ(seen[0].size(), 41U);
  for (std::size_t i = 0; i < 41; ++i) EXPECT_EQ(seen[0][i], 100 + static_cast<float>(i));
}

TEST_P(Cache, may_be_left_with_no_sequence) {
  cache_.append(rows({1}, {1}));
  cache_.keep(pass_, {});
  EXPECT_EQ(sequences(cache_.append(rows({}, {}))), Sequences{});
}

TEST_P(Cache, does_not_write_to_what_it_was_given) {
  const KeysValues first = rows({1, 11}, {1, 1});
  cache_.append(first);
  cache_.append(rows({2, 12}, {1, 1}));
  EXPECT_EQ(numbers_of(first.keys.value()), (std::vector<float>{1, 11}));
}

TEST_P(Cache, takes_windows_of_one_product) {
  const Variable both = pass_.constant(tensor_of({2, 2}, {1, 101, 2, 102}));
  const auto of = [&] {
    return KeysValues{both.narrow(1, 0, 1), both.narrow(1, 1, 1), Segments::uniform(1, 2)};
  };
  cache_.append(of());
  EXPECT_EQ(sequences(cache_.append(of())), (Sequences{{1, 2, 1, 2}}));
}

TEST_P(Cache, says_how_many_sequences_it_expects) {
  cache_.append(rows({1, 11}, {1, 1}));
  EXPECT_EQ(message_of<ShapeError>([&] { cache_.append(rows({2}, {1})); }),
            "key-value cache: 2 sequences are seen, 1 go on");
}

TEST_P(Cache, refuses_a_second_step_of_training) {
  Pass training = Pass::training(kernels(), {});
  const Variable learned = Variable::with_gradient(tensor_of({1, 1}, {1}), &training);
  const KeysValues step{learned, learned, Segments::uniform(1, 1)};
  cache_.append(step);
  EXPECT_THROW(cache_.append(step), ShapeError);
}

}  // namespace
}  // namespace heed
