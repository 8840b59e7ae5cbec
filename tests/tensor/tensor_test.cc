#include "heed/tensor/tensor.h"

#include "tests/support/tensors.h"

namespace heed {
namespace {

using Numbers = std::vector<float>;

/// 0, 1, 2, ... in a shape.
Tensor counted(const Shape& shape) {
  Tensor tensor(shape);
  for (Index i = 0; i < tensor.count(); ++i) tensor.data()[i] = static_cast<float>(i);
  return tensor;
}

TEST(Shape, counts_compares_and_prints) {
  const Shape shape{2, 3, 4};
  EXPECT_EQ(shape.rank(), 3);
  EXPECT_EQ(shape.count(), 24);
  EXPECT_EQ(shape[-1], 4);
  EXPECT_EQ(shape[0], 2);
  EXPECT_EQ(Shape().count(), 1);
  EXPECT_EQ(message(shape), "[2, 3, 4]");
  EXPECT_EQ(message(Shape()), "[]");
  EXPECT_NE(shape, (Shape{2, 3}));
  EXPECT_NE((Shape{2, 3}), (Shape{3, 2}));
}

TEST(Shape, has_at_most_6_axes) {
  EXPECT_EQ(message_of<ShapeError>([] { Shape{1, 1, 1, 1, 1, 1, 1}; }),
            "shape: 7 axes, but at most 6 are possible");
}

TEST(Tensor, a_default_one_is_absent) {
  EXPECT_FALSE(Tensor());
  EXPECT_TRUE(Tensor({0}));
}

TEST(Tensor, zeros_are_zero_even_in_memory_used_before) {
  tensor_of({2, 3}, Numbers(6, 7));
  EXPECT_EQ(numbers_of(Tensor::zeros({2, 3})), Numbers(6, 0));
}

TEST(Tensor, copies_share_memory_and_clones_do_not) {
  const Tensor original = counted({2, 2}), copy = original, clone = original.clone();
  original.data()[3] = 9;
  EXPECT_EQ(numbers_of(copy), (Numbers{0, 1, 2, 9}));
  EXPECT_EQ(numbers_of(clone), (Numbers{0, 1, 2, 3}));
  EXPECT_TRUE(original.shares_memory_with(copy));
  EXPECT_FALSE(original.shares_memory_with(clone));
  EXPECT_FALSE(Tensor().shares_memory_with(Tensor()));
}

TEST(Tensor, narrow_is_a_window_along_any_axis) {
  const Tensor x = counted({3, 4});
  EXPECT_EQ(numbers_of(x.narrow(0, 1, 2)), (Numbers{4, 5, 6, 7, 8, 9, 10, 11}));
  EXPECT_EQ(numbers_of(x.narrow(1, 1, 2)), (Numbers{1, 2, 5, 6, 9, 10}));
  EXPECT_EQ(numbers_of(x.narrow(-1, 3, 1)), (Numbers{3, 7, 11}));
  EXPECT_EQ(numbers_of(x.narrow(1, 1, 3).narrow(0, 2, 1).narrow(1, 1, 1)), Numbers{10});
  EXPECT_EQ(numbers_of(x.narrow(0, 3, 0)), Numbers{});
  x.narrow(0, 1, 1).narrow(1, 2, 1).data()[0] = -1;
  EXPECT_EQ(x.data()[6], -1);
}

TEST(Tensor, narrow_of_three_axes_is_cloned_in_order) {
  const Tensor x = counted({2, 3, 4}).narrow(1, 1, 2).narrow(2, 1, 2);
  EXPECT_EQ(numbers_of(x), (Numbers{5, 6, 9, 10, 17, 18, 21, 22}));
}

TEST(Tensor, narrow_says_what_lies_outside) {
  const Tensor x = counted({3, 4});
  EXPECT_EQ(message_of<ShapeError>([&] { x.narrow(0, 2, 2); }), "narrow: elements 2 to 4 of an axis of 3");
  EXPECT_THROW(x.narrow(1, -1, 2), ShapeError);
  EXPECT_THROW(x.narrow(1, 2, -1), ShapeError);
  EXPECT_EQ(message_of<ShapeError>([&] { x.narrow(2, 0, 0); }), "narrow: axis 2 of a tensor of shape [3, 4]");
  EXPECT_THROW(x.narrow(-3, 0, 0), ShapeError);
}

TEST(Tensor, is_packed_if_its_elements_lie_side_by_side) {
  const Tensor x = counted({3, 4});
  EXPECT_TRUE(x.packed());
  EXPECT_TRUE(x.narrow(0, 1, 2).packed());
  EXPECT_FALSE(x.narrow(1, 1, 2).packed());
  EXPECT_TRUE(x.narrow(0, 1, 1).narrow(1, 1, 2).packed());
  EXPECT_FALSE(x.narrow(1, 1, 1).packed());
  EXPECT_TRUE(x.narrow(1, 1, 2).clone().packed());
}

TEST(Tensor, reshape_keeps_elements_and_memory) {
  const Tensor x = counted({3, 4}), y = x.narrow(0, 1, 2).reshape({2, 2, 2});
  EXPECT_EQ(numbers_of(y), (Numbers{4, 5, 6, 7, 8, 9, 10, 11}));
  EXPECT_TRUE(y.shares_memory_with(x));
  EXPECT_EQ(numbers_of(y.narrow(2, 1, 1)), (Numbers{5, 7, 9, 11}));
}

TEST(Tensor, reshape_says_what_does_not_fit) {
  const Tensor x = counted({3, 4});
  EXPECT_EQ(message_of<ShapeError>([&] { x.reshape({5, 2}); }), "reshape: from [3, 4] to [5, 2]");
  EXPECT_EQ(message_of<ShapeError>([&] { x.narrow(1, 0, 2).reshape({6}); }),
            "reshape: from [3, 2] to [6], of a view that is not packed");
}

TEST(Tensor, the_same_window_of_another_tensor) {
  const Tensor whole = counted({4, 3}), other = tensor_of({4, 3}, Numbers(12, 0));
  const Tensor window = whole.narrow(0, 1, 2).narrow(1, 1, 2);
  std::fill_n(window.same_window_of(whole, other).narrow(0, 1, 1).data(), 2, 8.0f);
  EXPECT_EQ(numbers_of(other), (Numbers{0, 0, 0, 0, 0, 0, 0, 8, 8, 0, 0, 0}));
}

TEST(Tensor, the_same_window_where_both_start_in_the_middle_of_a_memory) {
  const Tensor whole = counted({9, 2}).narrow(0, 5, 3), other = counted({9, 2}).narrow(0, 2, 3);
  EXPECT_EQ(numbers_of(whole.narrow(0, 1, 2).same_window_of(whole, other)), (Numbers{6, 7, 8, 9}));
}

TEST(Tensor, counts_rows_over_all_axes_but_the_last) {
  EXPECT_EQ(counted({2, 3, 4}).rows(), 6);
  EXPECT_EQ(counted({5}).rows(), 1);
  EXPECT_EQ(counted({0, 4}).rows(), 0);
  EXPECT_EQ(counted({4, 0}).rows(), 0);
}

TEST(Tensor, needs_memory_that_holds_its_shape) {
  EXPECT_EQ(message_of<ShapeError>([] { Tensor(Storage::pooled(10), {3}, DataType::float32); }),
            "tensor: 10 bytes cannot hold [3] of float32");
  EXPECT_EQ(message_of<ShapeError>([] { Tensor({2, -1}); }), "tensor: shape [2, -1] has a negative size");
  EXPECT_EQ(message_of<ShapeError>([] {
              Tensor({Index{1} << 40, Index{1} << 40});
            }),
            "tensor: shape [1099511627776, 1099511627776] is larger than any memory");
}

TEST(Tensor, clones_of_other_types_keep_their_bits) {
  Tensor x({2, 3}, DataType::bfloat16);
  for (Index i = 0; i < 6; ++i) x.data<BFloat16>()[i].bits = static_cast<std::uint16_t>(100 + i);
  const Tensor clone = x.narrow(1, 1, 2).clone();
  EXPECT_EQ(clone.type(), DataType::bfloat16);
  EXPECT_EQ(clone.data<BFloat16>()[0].bits, 101);
  EXPECT_EQ(clone.data<BFloat16>()[3].bits, 105);
}

}  // namespace
}  // namespace heed
