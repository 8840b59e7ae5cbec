#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

/// Scaled dot-product attention of several heads: softmax(q k^T / sqrt(head size)) v for each head and
/// sequence (section 3.2). q [query rows, heads * head width], k, v [key rows, key heads * head width]: with
/// fewer key heads than heads, several look at one (grouped-query attention, Ainslie et al., 2023). Gives
/// what q is like. Observers of the pass are told `layer`, the attention's name.
Variable attention(const Variable& q, const Variable& k, const Variable& v, const AttentionShape& shape,
                   std::string_view layer = {});

}  // namespace heed::ops
