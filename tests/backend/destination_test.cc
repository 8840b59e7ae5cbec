#include <functional>
#include <limits>

#include "tests/backend/backends.h"

namespace heed {
namespace {

/// Kernels that leave gradients: what they write over any memory is what they add to zeros.
class Destinations : public AgainstReference {
 protected:
  /// `run` leaves results of the given shapes in the destinations that it gets.
  void expect_written(const std::vector<Shape>& shapes,
                      const std::function<void(Backend&, const std::vector<Destination>&)>& run) {
    for (Backend* backend : {&fast(), &slow()}) {
      std::vector<Destination> over, onto;
      for (const Shape& shape : shapes) {
        // Windows of a wider matrix, where they may be.
        const Tensor memory({shape[0], shape.rank() == 2 ? shape[1] + 3 : 1});
        std::fill_n(memory.data(), memory.count(), std::numeric_limits<float>::quiet_NaN());
        over.push_back(
            overwriting(shape.rank() == 2 ? memory.narrow(1, 1, shape[1]) : memory.reshape(shape)));
        onto.push_back(Tensor::zeros(shape));
      }
      run(*backend, over);
      run(*backend, onto);
      for (std::size_t i = 0; i < shapes.size(); ++i) expect_same(over[i].tensor, onto[i].tensor);
    }
  }
};

INSTANTIATE_TEST_SUITE_P(All, Destinations,
                         testing::Combine(testing::ValuesIn(cpu_backends()), any_threads,
                                          testing::Values(Size{1, 1}, Size{7, 33}, Size{130, 200})),
                         name_of_case);

TEST_P(Destinations, of_products) {
  const Tensor dy = random({rows(), 150}), x = random({rows(), columns()}), weight = random({150, columns()});
  expect_written({x.shape()},
                 [&](Backend& b, const auto& to) { b.linear_backward_input(dy, weight, to[0]); });
  expect_written({weight.shape(), {150}},
                 [&](Backend& b, const auto& to) { b.linear_backward_weight(dy, x, to[0], to[1]); });
}

TEST_P(Destinations, of_attention) {
  const Index heads = 4, width = heads * columns();
  const std::vector<Index> lengths{rows(), 1, 5}, longer{rows() + 60, 1, 70};
  const auto sum = [](const std::vector<Index>& all) { return all[0] + all[1] + all[2]; };
  for (const Index key_heads : {heads, Index{2}})
    for (const bool causal : {false, true})
      for (const auto& keys : {lengths, longer}) {
        const AttentionShape shape{.heads = heads,
                                   .key_value_heads = key_heads,
                                   .causal = causal,
                                   .queries = Segments::packed(lengths),
                                   .keys = Segments::packed(keys)};
        const Tensor q = random({sum(lengths), width}), k = random({sum(keys), key_heads * columns()}),
                     v = random(k.shape());
        const Tensor y(q.shape()), dy = random(q.shape());
        slow().attention(q, k, v, shape, y);
        expect_written({q.shape(), k.shape(), v.shape()}, [&](Backend& b, const auto& to) {
          b.attention_backward(q, k, v, y, shape, dy, to[0], to[1], to[2]);
        });
      }
}

TEST_P(Destinations, of_normalization) {
  const Tensor x = random({rows(), columns()}), gain = random({columns()}), dy = random(x.shape());
  const Shape of_gain{columns()};
  const Dropout dropout{.probability = 0.3f, .key = {1, 2}};
  expect_written({x.shape(), of_gain, of_gain}, [&](Backend& b, const auto& to) {
    b.normalize_backward(x, {.gain = gain}, dy, to[0], to[1], to[2]);
  });
  expect_written({x.shape(), of_gain, of_gain}, [&](Backend& b, const auto& to) {
    b.add_normalize_backward(x, {.gain = gain}, dy.clone(), dropout, to[0], to[1], to[2]);
  });
  const Normalization rms{.gain = gain, .kind = NormKind::rms};
  expect_written({x.shape(), of_gain},
                 [&](Backend& b, const auto& to) { b.normalize_backward(x, rms, dy, to[0], to[1], {}); });
  expect_written({x.shape(), of_gain}, [&](Backend& b, const auto& to) {
    b.add_normalize_backward(x, rms, dy.clone(), dropout, to[0], to[1], {});
  });
}

TEST_P(Destinations, of_elements) {
  const Tensor a = random({rows(), columns()}), b = random(a.shape());
  const Dropout dropout{.probability = 0.3f, .key = {1, 2}};
  const auto expect = [&](const auto& run) {
    expect_written({a.shape()}, [&](Backend& backend, const auto& to) { run(backend, to[0]); });
  };
  expect([&](Backend& k, const Destination& to) { k.activate_backward(Activation::gelu, a, b, to); });
  expect([&](Backend& k, const Destination& to) { k.relu_backward(a, b, 1.5f, to); });
  expect([&](Backend& k, const Destination& to) { k.accumulate(a, 0.5f, {}, to); });
  expect([&](Backend& k, const Destination& to) { k.accumulate(a, 0.5f, dropout, to); });
  expect([&](Backend& k, const Destination& to) { k.accumulate_product(a, b, to); });
  expect([&](Backend& k, const Destination& to) { k.softmax_backward(a, b, to); });
}

TEST_P(Destinations, elements_may_take_the_place_of_an_operand) {
  const Tensor x = random({rows(), columns()}), dy = random(x.shape());
  const Dropout dropout{.probability = 0.3f, .key = {1, 2}};
  for (Backend* backend : {&fast(), &slow()}) {
    const Tensor apart(x.shape()), in_place = dy.clone();
    backend->relu_backward(x, dy, 1.5f, overwriting(apart));
    backend->relu_backward(x, in_place, 1.5f, overwriting(in_place));
    expect_same(in_place, apart);
    backend->accumulate(dy, 0.5f, dropout, overwriting(apart));
    backend->accumulate(in_place, 0, {}, overwriting(in_place));
    backend->add(dy, in_place, {}, in_place);
    backend->accumulate(in_place, 0.5f, dropout, overwriting(in_place));
    expect_same(in_place, apart);
  }
}

}  // namespace
}  // namespace heed
