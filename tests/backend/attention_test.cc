#include "tests/backend/backends.h"

namespace heed {
namespace {

/// rows is the longest sequence, columns the width of a head.
class Attention : public AgainstReference {
 protected:
  static constexpr Index heads = 3;

  Index width() const { return heads * columns(); }

  /// Sequences of many lengths, one of them empty, with gaps between them.
  Segments ragged(Index least) const {
    std::vector<Segment> segments;
    Index start = 2;
    for (Index length : {rows(), Index{0}, Index{1}, (rows() + 1) / 2}) {
      segments.push_back({start, std::max(length, least)});
      start += segments.back().length + 1;
    }
    return Segments(segments);
  }

  void expect_match(const AttentionShape& shape) { expect_match(shape, shape.keys.extent() + 1); }
  void expect_match(const AttentionShape& shape, Index key_rows) {
    const Index width = shape.heads * columns();
    const Tensor q = random_window(shape.queries.extent() + 1, width);
    const Index key_width = shape.key_heads() * columns();
    const Tensor k = random_window(key_rows, key_width), v = random_window(key_rows, key_width);
    const Tensor y = random_window(q.size(0), width), y_wanted = y.clone();
    fast().attention(q, k, v, shape, y);
    slow().attention(q, k, v, shape, y_wanted);
    expect_close(y, y_wanted);

    const Tensor dy = random_window(q.size(0), width);
    const Tensor dq = random_window(q.size(0), width), dk = random_window(k.size(0), key_width),
                 dv = random_window(k.size(0), key_width);
    const Tensor dq_wanted = dq.clone(), dk_wanted = dk.clone(), dv_wanted = dv.clone();
    fast().attention_backward(q, k, v, y, shape, dy, dq, dk, dv);
    slow().attention_backward(q, k, v, y, shape, dy, dq_wanted, dk_wanted, dv_wanted);
    expect_close(dq, dq_wanted, 3e-5f);  // sums over keys and columns in another order
    expect_close(dk, dk_wanted, 3e-5f);
    expect_close(dv, dv_wanted, 3e-5f);
  }
};

INSTANTIATE_TEST_SUITE_P(All, Attention,
                         testing::Combine(testing::ValuesIn(cpu_backends()), any_threads,
                                          testing::Values(Size{1, 1}, Size{13, 5}, Size{30, 32},
                                                          Size{130, 64}, Size{9, 80})),
                         name_of_case);

TEST_P(Attention, matches_within_ragged_sequences) {
  expect_match({.heads = heads, .queries = ragged(0), .keys = ragged(0)});
}

TEST_P(Attention, matches_when_causal) {
  expect_match({.heads = heads, .causal = true, .queries = ragged(0), .keys = ragged(0)});
}

TEST_P(Attention, matches_when_causal_after_a_past) {
  std::vector<Segment> keys;
  Index start = 0;
  for (const auto& [_, length] : ragged(0)) {
    keys.push_back({start, length + 17});
    start += length + 20;
  }
  expect_match({.heads = heads, .causal = true, .queries = ragged(0), .keys = Segments(keys)});
}

TEST_P(Attention, matches_across_two_sides_of_different_lengths) {
  std::vector<Segment> keys;
  for (Index i = 0; i < 4; ++i) keys.push_back({i * (rows() + 5), rows() + 3 - i});
  expect_match({.heads = heads, .queries = ragged(0), .keys = Segments(keys)});
}

TEST_P(Attention, matches_when_hypotheses_share_their_keys) {
  const Segment first{0, rows()}, second{rows(), 2 * rows() + 1};
  const Segments keys({first, first, first, second, second, first});
  expect_match({.heads = heads, .queries = Segments::uniform(6, 1), .keys = keys});
  expect_match({.heads = heads, .causal = true, .queries = Segments::uniform(6, 1), .keys = keys});
}

TEST_P(Attention, matches_for_one_query_with_any_number_of_heads) {
  for (const Index count : {1, 2, 4, 8, 16, 19}) {
    const AttentionShape shape{.heads = count,
                               .queries = Segments({{1, 1}, {2, 1}, {4, 1}}),
                               .keys = Segments({{3, rows()}, {3, rows()}, {0, 1}})};
    const Tensor q = random_window(6, count * columns());
    const Tensor k = random_window(rows() + 3, q.size(1)), v = random_window(k.size(0), q.size(1));
    const Tensor y = random_window(6, q.size(1)), wanted = y.clone();
    fast().attention(q, k, v, shape, y);
    slow().attention(q, k, v, shape, wanted);
    expect_close(y, wanted);
  }
}

TEST_P(Attention, matches_when_the_rows_of_keys_are_listed) {
  std::vector<Segment> keys;
  Index count = 5;
  for (const auto& [_, length] : ragged(0)) {
    keys.push_back({count, length + 2});
    count += length + 3;
  }
  const auto list = random_indices(count, 2 * rows() + 1);
  for (const bool causal : {false, true})
    for (const Segments& queries : {Segments::uniform(4, 1), ragged(0)}) {
      const AttentionShape shape{.heads = heads,
                                 .causal = causal,
                                 .queries = queries,
                                 .keys = Segments(keys),
                                 .key_rows = std::make_shared<const std::vector<Index>>(list)};
      expect_match(shape, 2 * rows() + 1);
    }
}

TEST_P(Attention, matches_when_heads_share_keys) {
  for (const auto& [count, key_heads] : {std::pair<Index, Index>{4, 2}, {6, 2}, {10, 1}, {4, 4}})
    for (const bool causal : {false, true})
      expect_match({.heads = count,
                    .key_value_heads = key_heads,
                    .causal = causal,
                    .queries = ragged(0),
                    .keys = ragged(0)});
}

TEST_P(Attention, matches_when_heads_share_keys_whose_rows_are_listed) {
  const auto list = random_indices(4 * rows() + 9, 2 * rows() + 1);
  std::vector<Segment> keys;
  for (Index i = 0; i < 4; ++i) keys.push_back({i * rows(), rows() + i});
  for (const bool causal : {false, true})
    expect_match({.heads = 6,
                  .key_value_heads = 3,
                  .causal = causal,
                  .queries = Segments::uniform(4, 1),
                  .keys = Segments(keys),
                  .key_rows = std::make_shared<const std::vector<Index>>(list)},
                 2 * rows() + 1);
}

TEST_P(Attention, sharing_keys_is_having_them_several_times) {
  const Index length = rows(), size = columns();
  const Tensor q = random({length, 4 * size}), k = random({length, 2 * size}), v = random(k.shape());
  const Tensor repeated_k({length, 4 * size}), repeated_v({length, 4 * size});
  for (Index head = 0; head < 4; ++head) {
    repeated_k.narrow(1, head * size, size).copy_elements_of(k.narrow(1, head / 2 * size, size));
    repeated_v.narrow(1, head * size, size).copy_elements_of(v.narrow(1, head / 2 * size, size));
  }
  AttentionShape shape{.heads = 4,
                       .causal = true,
                       .queries = Segments::uniform(1, length),
                       .keys = Segments::uniform(1, length)};
  const Tensor shared({length, 4 * size}), repeated(shared.shape());
  fast().attention(q, repeated_k, repeated_v, shape, repeated);
  shape.key_value_heads = 2;
  fast().attention(q, k, v, shape, shared);
  expect_close(shared, repeated);
  const Tensor weights({1, 4, length, length}), repeated_weights(weights.shape());
  fast().attention_weights(q, k, shape, weights);
  shape.key_value_heads = 0;
  fast().attention_weights(q, repeated_k, shape, repeated_weights);
  expect_same(weights, repeated_weights);
}

TEST_P(Attention, listed_rows_give_what_the_same_rows_give_in_order) {
  const Tensor q = random({1, width()}), k = random({rows(), width()}), v = random({rows(), width()});
  Tensor in_order({1, width()}), listed({1, width()});
  AttentionShape shape{
      .heads = heads, .queries = Segments::uniform(1, 1), .keys = Segments::uniform(1, rows())};
  fast().attention(q, k, v, shape, in_order);
  std::vector<Index> backwards;
  for (Index row = rows(); row-- > 0;) backwards.push_back(row);
  const Tensor turned_k(k.shape()), turned_v(v.shape());
  std::vector<Index> forwards(backwards.rbegin(), backwards.rend());
  slow().copy_rows(k, forwards, turned_k, backwards);
  slow().copy_rows(v, forwards, turned_v, backwards);
  shape.key_rows = std::make_shared<const std::vector<Index>>(backwards);
  fast().attention(q, turned_k, turned_v, shape, listed);
  expect_same(listed, in_order);
}

TEST_P(Attention, a_hypothesis_does_not_depend_on_those_that_share_its_keys) {
  const Segment first{0, rows()}, second{rows(), rows() + 2};
  const Segments keys({first, first, second, second, second, first});
  const Tensor q = random({6, width()}), k = random({2 * rows() + 2, width()}), v = random(k.shape());
  Tensor together({6, width()}), alone({1, width()});
  fast().attention(q, k, v, {.heads = heads, .queries = Segments::uniform(6, 1), .keys = keys}, together);
  set_thread_count(1);
  for (Index i = 0; i < 6; ++i) {
    fast().attention(q.narrow(0, i, 1), k, v,
                     {.heads = heads, .queries = Segments::uniform(1, 1), .keys = Segments({keys[i]})},
                     alone);
    expect_same(alone, together.narrow(0, i, 1));
  }
}

TEST_P(Attention, nothing_to_look_at_gives_zero) {
  const AttentionShape shape{
      .heads = heads, .queries = Segments::uniform(2, 3), .keys = Segments({{0, 4}, {4, 0}})};
  const Tensor q = random({6, width()}), k = random({4, width()}), y = random({6, width()});
  fast().attention(q, k, k, shape, y);
  expect_same(y.narrow(0, 3, 3), Tensor::zeros({3, width()}));
}

TEST_P(Attention, a_sequence_does_not_depend_on_its_neighbors_or_on_the_threads) {
  const AttentionShape shape{.heads = heads, .causal = true, .queries = ragged(1), .keys = ragged(1)};
  const Index extent = shape.queries.extent();
  const Tensor q = random({extent, width()}), k = random({extent, width()}), v = random({extent, width()});
  const Tensor dy = random({extent, width()});
  Tensor y({extent, width()}), alone({extent, width()});
  fast().attention(q, k, v, shape, y);
  const auto gradients = [&](const AttentionShape& of) {
    std::vector<Tensor> all;
    for (int i = 0; i < 3; ++i) all.push_back(Tensor::zeros({extent, width()}));
    fast().attention_backward(q, k, v, y, of, dy, all[0], all[1], all[2]);
    return all;
  };
  const auto together = gradients(shape);
  set_thread_count(1);
  for (Index i = 0; i < shape.queries.size(); ++i) {
    const AttentionShape one{.heads = heads,
                             .causal = true,
                             .queries = shape.queries.pick(std::vector<Index>{i}),
                             .keys = shape.keys.pick(std::vector<Index>{i})};
    const auto [start, length] = shape.queries[i];
    fast().attention(q, k, v, one, alone);
    expect_same(alone.narrow(0, start, length), y.narrow(0, start, length));
    const auto given = gradients(one);
    for (std::size_t g = 0; g < 3; ++g)
      expect_same(given[g].narrow(0, start, length), together[g].narrow(0, start, length));
  }
}

TEST_P(Attention, one_query_at_a_time_gives_what_all_at_once_give) {
  const Index length = rows();
  const Tensor q = random({length, width()}), k = random({length, width()}), v = random({length, width()});
  Tensor together({length, width()}), step({1, width()});
  fast().attention(q, k, v,
                   {.heads = heads,
                    .causal = true,
                    .queries = Segments::uniform(1, length),
                    .keys = Segments::uniform(1, length)},
                   together);
  for (Index i = 0; i < length; ++i) {
    fast().attention(q.narrow(0, i, 1), k, v,
                     {.heads = heads,
                      .causal = true,
                      .queries = Segments::uniform(1, 1),
                      .keys = Segments::uniform(1, i + 1)},
                     step);
    expect_close(step, together.narrow(0, i, 1), 1e-6f);
  }
}

}  // namespace
}  // namespace heed
