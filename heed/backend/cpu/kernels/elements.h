#pragma once
#include "heed/backend/cpu/kernels/dropout.h"
#include "heed/backend/cpu/kernels/exponential.h"
#include "heed/backend/cpu/kernels/kernels.h"

namespace heed::cpu {
namespace {

struct Gelu {
  static Floats value(Floats x) { return x * normal(x).below; }
  static Floats slope(Floats x) {
    const Normal at = normal(x);
    return at.below + x * at.density * 0.398942280f;
  }
};

/// x / 2 (1 + tanh u) = x sigmoid(2u) for u = sqrt(2 / pi) (x + 0.044715 x^3).
struct GeluTanh {
  /// 2u / x
  static Floats steepness(Floats x) { return 1.59576912f + 0.0713548163f * x * x; }
  static Floats value(Floats x) { return x / (1.0f + exponential(-x * steepness(x))); }
  static Floats slope(Floats x) {
    // With e <= 1 for x of either sign, so that the slope of the sigmoid, e / (1 + e)^2, loses no bits.
    const Floats e = exponential((x < 0.0f ? x : -x) * steepness(x)), share = 1.0f / (1.0f + e);
    return (x < 0.0f ? e * share : share) + x * (e * share * share) * (1.59576912f + 0.214064449f * x * x);
  }
};

struct Silu {
  static Floats value(Floats x) { return x / (1.0f + exponential(-x)); }
  static Floats slope(Floats x) {
    const Floats sigmoid = 1.0f / (1.0f + exponential(-x));
    return sigmoid * (1.0f + x * (1.0f - sigmoid));
  }
};

struct Tanh {
  static Floats value(Floats x) { return hyperbolic_tangent(x); }
  static Floats slope(Floats x) { return tangent_slope(hyperbolic_tangent(x)); }
};

struct Relu {
  static Floats value(Floats x) { return x < 0.0f ? Floats{} : x; }
  static Floats slope(Floats x) { return x > 0.0f ? all(1.0f) : Floats{}; }
};

struct Same {
  static Floats value(Floats x) { return x; }
  static Floats slope(Floats) { return all(1.0f); }
};

template <class Function>
void activate(const float* x, float* y, Index n) {
  sweep(n, [&](Index i, auto part) { store(y + i, Function::value(load(x + i, part)), part); });
}

template <class Function>
void activate_backward(const float* x, const float* dy, float* dx, bool adds, Index n) {
  sweep(n, [&](Index i, auto part) {
    const Floats slope = Function::slope(load(x + i, part));
    leave(dx + i, load(dy + i, part) * slope, adds, part);
  });
}

void relu_backward(const float* y, const float* dy, float factor, float* dx, bool adds, Index n) {
  sweep(n, [&](Index i, auto part) {
    const Floats passed = load(y + i, part) > 0.0f ? load(dy + i, part) * factor : Floats{};
    leave(dx + i, passed, adds, part);
  });
}

void add(const float* a, const float* b, const Mask* mask, Index first, float* y, Index n) {
  if (!mask) {
    sweep(n, [&](Index i, auto part) { store(y + i, load(a + i, part) + load(b + i, part), part); });
    return;
  }
  with_dropout(*mask, first, n, [&](Index start, const float* factors, Index count) {
    sweep(count, [&](Index i, auto part) {
      const Index at = start + i;
      store(y + at, load(a + at, part) + load(b + at, part) * load(factors + i, part), part);
    });
  });
}

void accumulate(const float* from, float factor, const Mask* mask, Index first, float* into, bool adds,
                Index n) {
  if (!mask) {
    sweep(n, [&](Index i, auto part) { leave(into + i, factor * load(from + i, part), adds, part); });
    return;
  }
  with_dropout(*mask, first, n, [&](Index start, const float* factors, Index count) {
    sweep(count, [&](Index i, auto part) {
      const Index at = start + i;
      leave(into + at, factor * (load(from + at, part) * load(factors + i, part)), adds, part);
    });
  });
}

void multiply_elements(const float* a, const float* b, float* y, Index n) {
  sweep(n, [&](Index i, auto part) { store(y + i, load(a + i, part) * load(b + i, part), part); });
}

void accumulate_product(const float* a, const float* b, float* into, bool adds, Index n) {
  sweep(n, [&](Index i, auto part) { leave(into + i, load(a + i, part) * load(b + i, part), adds, part); });
}

void embed(const float* entry, float scale, const float* position, const Mask* mask, Index first, float* y,
           Index n) {
  sweep(n, [&](Index i, auto part) {
    const Floats value = load(entry + i, part) * scale;
    store(y + i, position ? value + load(position + i, part) : value, part);
  });
  if (mask)
    with_dropout(*mask, first, n, [&](Index start, const float* factors, Index count) {
      multiply_elements(y + start, factors, y + start, count);
    });
}

/// into[c] (+)= the sum of column c, eight rows at a time.
void add_columns(const float* x, Index stride, Index rows, float* into, bool adds, Index n) {
  if (!adds) sweep(n, [&](Index i, auto part) { store(into + i, Floats{}, part); });
  Index r = 0;
  for (; r + 8 <= rows; r += 8)
    sweep(n, [&](Index i, auto part) {
      const float* from = x + r * stride + i;
      Floats total = load(from, part);
#pragma GCC unroll 8
      for (Index j = 1; j < 8; ++j) total += load(from + j * stride, part);
      store(into + i, load(into + i, part) + total, part);
    });
  for (; r < rows; ++r) accumulate(x + r * stride, 1, nullptr, 0, into, true, n);
}

}  // namespace
}  // namespace heed::cpu
