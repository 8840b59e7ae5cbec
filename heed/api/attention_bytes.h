#pragma once
#include <string>
#include <string_view>

#include "heed/base/index.h"
#include "heed/tensor/tensor.h"

namespace heed::api {

/// Attention weights [heads, queries, keys] in few bytes, each row exact to 1/510 of its largest weight.
/// Little endian: "HATT", then as 32 bit numbers the version 1, heads, queries and keys; then a float32 for
/// each row, its largest weight; then a byte for each weight, by which share of the largest it is, in 255ths.
std::string attention_bytes(const Tensor& weights);

}  // namespace heed::api
