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
    const auto keys = numbers_of(seen.keys.value()), values = numbers_of(seen.values.value());
    for (const Segment& segment : seen.segments) {
      all.emplace_back();
      for (Index i = segment.start; i < segment.start + segment.length; ++i) {
        const auto row = static_cast<std::size_t>(seen.rows ? seen.rows[i] : i);
        all.back().push_back(keys.at(row));
        EXPECT_EQ(values.at(row), keys.at(row) + 100);
      }
    }
    return all;
  }
  KeysValues append(const KeysValues& fresh) {
    positions_.grow(fresh.segments);
    return cache_.append(fresh, positions_);
  }

  CachedPositions positions_;
  Pass pass_ = Pass::inference(backend());
  KeyValueCache cache_;
};
INSTANTIATE_TEST_SUITE_P(Backends, Cache, every_backend(), backend_name);

using Sequences = std::vector<std::vector<float>>;

TEST_P(Cache, returns_the_past_followed_by_the_fresh) {
  EXPECT_EQ(sequences(append(rows({1, 2, 11}, {2, 1}))), (Sequences{{1, 2}, {11}}));
  EXPECT_EQ(sequences(append(rows({3, 12, 13}, {1, 2}))), (Sequences{{1, 2, 3}, {11, 12, 13}}));
  EXPECT_EQ(sequences(append(rows({4}, {1, 0}))), (Sequences{{1, 2, 3, 4}, {11, 12, 13}}));
}

TEST_P(Cache, grows_as_long_as_it_is_asked_to) {
  std::vector<float> expected;
  for (int step = 0; step < 200; ++step) {
    expected.push_back(static_cast<float>(step));
    const auto seen = sequences(append(rows({expected.back(), -1}, {1, 1})));
    ASSERT_EQ(seen[0], expected);
  }
}

TEST_P(Cache, keeps_in_the_order_asked_for) {
  append(rows({1, 2, 11, 21}, {2, 1, 1}));
  positions_.keep(std::array<Index, 2>{2, 0});
  EXPECT_EQ(sequences(append(rows({22, 3}, {1, 1}))), (Sequences{{21, 22}, {1, 2, 3}}));
}

TEST_P(Cache, keeps_one_sequence_several_times_apart) {
  append(rows({1, 11}, {1, 1}));
  positions_.keep(std::array<Index, 3>{1, 1, 0});
  EXPECT_EQ(sequences(append(rows({12, 13, 2}, {1, 1, 1}))), (Sequences{{11, 12}, {11, 13}, {1, 2}}));
}

TEST_P(Cache, keeps_after_it_has_grown) {
  for (float step = 0; step < 40; ++step) append(rows({step, 100 + step}, {1, 1}));
  positions_.keep(std::array<Index, 1>{1});
  const auto seen = sequences(append(rows({140}, {1})));
  ASSERT_EQ(seen[0].size(), 41U);
  for (std::size_t i = 0; i < 41; ++i) EXPECT_EQ(seen[0][i], 100 + static_cast<float>(i));
}

TEST_P(Cache, may_be_left_with_no_sequence) {
  append(rows({1}, {1}));
  positions_.keep({});
  EXPECT_EQ(sequences(append(rows({}, {}))), Sequences{});
}

TEST_P(Cache, keeps_what_it_is_told_to_without_moving_it) {
  append(rows({1, 11}, {1, 1}));
  append(rows({2, 12}, {1, 1}));
  const float* before = append(rows({3, 13}, {1, 1})).keys.value().data();
  positions_.keep(std::array<Index, 4>{1, 0, 1, 1});
  const KeysValues seen = append(rows({14, 4, 15, 16}, {1, 1, 1, 1}));
  EXPECT_EQ(seen.keys.value().data(), before);
  EXPECT_EQ(sequences(seen), (Sequences{{11, 12, 13, 14}, {1, 2, 3, 4}, {11, 12, 13, 15}, {11, 12, 13, 16}}));
}

TEST_P(Cache, needs_no_more_room_than_the_sequences_that_go_on) {
  append(rows({1}, {1}));
  std::vector<float> expected = {1};
  for (float step = 2; step < 100; ++step) {
    positions_.keep(std::array<Index, 5>{0, 0, 0, 0, 0});
    expected.push_back(step);
    const auto seen = sequences(append(rows({step, -1, -2, -3, -4}, {1, 1, 1, 1, 1})));
    ASSERT_EQ(seen[0], expected);
    ASSERT_EQ(seen[3].back(), -3);
  }
  EXPECT_EQ(positions_.capacity(), 99 + 4);
}

TEST_P(Cache, does_not_write_to_what_it_was_given) {
  const KeysValues first = rows({1, 11}, {1, 1});
  append(first);
  append(rows({2, 12}, {1, 1}));
  EXPECT_EQ(numbers_of(first.keys.value()), (std::vector<float>{1, 11}));
}

TEST_P(Cache, takes_windows_of_one_product) {
  const Variable both = pass_.constant(tensor_of({2, 2}, {1, 101, 2, 102}));
  const auto of = [&] {
    return KeysValues{both.narrow(1, 0, 1), both.narrow(1, 1, 1), Segments::uniform(1, 2)};
  };
  append(of());
  EXPECT_EQ(sequences(append(of())), (Sequences{{1, 2, 1, 2}}));
}

TEST_P(Cache, says_how_many_sequences_it_expects) {
  append(rows({1, 11}, {1, 1}));
  EXPECT_EQ(message_of<ShapeError>([&] { append(rows({2}, {1})); }),
            "cached positions: 2 sequences are seen, 1 go on");
}

TEST_P(Cache, refuses_a_second_step_of_training) {
  Pass training = Pass::training(backend(), {});
  const Variable learned = Variable::with_gradient(tensor_of({1, 1}, {1}), &training);
  const KeysValues step{learned, learned, Segments::uniform(1, 1)};
  append(step);
  EXPECT_THROW(append(step), ShapeError);
}

}  // namespace
}  // namespace heed
