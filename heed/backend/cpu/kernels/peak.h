#pragma once
#include "heed/backend/cpu/kernels/vector.h"

namespace heed::cpu {
namespace {

constexpr Index peak_registers = 12;

/// Multiplies and adds in registers alone: as fast as the processor can.
float peak(Index rounds) {
  Floats sums[peak_registers];
  for (Index i = 0; i < peak_registers; ++i) sums[i] = all(static_cast<float>(i));
  Floats factor = all(0.999f), offset = all(0.001f);
  asm volatile("" : "+m"(factor), "+m"(offset));
  for (Index round = 0; round < rounds; ++round)
#pragma GCC unroll 12
    for (Index i = 0; i < peak_registers; ++i) sums[i] = sums[i] * factor + offset;
  Floats total{};
  for (const Floats& part : sums) total += part;
  return sum(total);
}

}  // namespace
}  // namespace heed::cpu
