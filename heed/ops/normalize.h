#pragma once
#include "heed/autograd/pass.h"

namespace heed::ops {

/// What rows are normalized to: as heed::Normalization, with [width] each. The bias may be absent; rms has
/// none.
struct NormParameters {
  Variable gain, bias = {};
  NormKind kind = NormKind::layer;
  float epsilon = 1e-5f;
};

/// Each row of x [rows, width] normalized: layer (Ba et al., 2016) or rms (Zhang & Sennrich, 2019).
/// ShapeError where the widths do not fit, or if rms is given a bias.
Variable normalize(const Variable& x, const NormParameters& norm);

/// normalize(x + dropout(sublayer)): "Add & Norm" of sections 3.1 and 5.4 in one. Drops only in a training
/// pass.
Variable add_normalize(const Variable& x, const Variable& sublayer, const NormParameters& norm,
                       float dropout_probability);

}  // namespace heed::ops
