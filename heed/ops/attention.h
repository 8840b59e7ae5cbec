#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

/// Scaled dot-product attention of several heads: softmax(q k^T / sqrt(head size)) v for each head and
/// sequence (section 3.2). q [query rows, width], k, v [key rows, width]; gives [query rows, width].
/// Observers of the pass are told `layer`, the attention's name.
Variable attention(const Variable& q, const Variable& k, const Variable& v, const AttentionShape& shape,
                   std::string_view layer = {});

}  // namespace heed::ops
