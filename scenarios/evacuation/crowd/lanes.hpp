#pragma once

// What the kernels of people on foot share: loops of a fixed width that become vectors of whatever
// width the machine has, with sums in an order that does not depend on it.

#include <cstdint>
#include <cstring>

#include "scenarios/instruction_sets.hpp"

/// For what kernels are made of: a call would keep a loop from becoming vectors.
#define KONTWIN_INLINE static inline __attribute__((always_inline))

namespace kontwin::crowd {

/// People looked at together. Columns that kernels read are this much longer than their people.
inline constexpr int lanes = 16;

KONTWIN_INLINE float larger(float a, float b) { return a > b ? a : b; }
KONTWIN_INLINE float smaller(float a, float b) { return a < b ? a : b; }

/// e^x to 2e-6 of itself for x of -80 to 80; smaller x count as -80.
KONTWIN_INLINE float exponential(float x) {
  const float t = larger(x, -80.0F) * 1.44269504F;
  const float rounder = 12582912.0F;  // adding it leaves no room for digits after the point
  const float whole = (t + rounder) - rounder;
  const float f = (t - whole) * 0.693147181F;
  const float p =
      1.0F + f * (1.0F + f * (0.5F + f * (0.166666667F + f * (0.041666667F + f * 0.008333333F))));
  std::int32_t bits = (static_cast<std::int32_t>(whole) + 127) << 23;
  float power;
  std::memcpy(&power, &bits, sizeof power);
  return p * power;
}

/// Sum of all lanes, pair by pair.
KONTWIN_INLINE float sum(const float (&a)[lanes]) {
  float b[8], c[4];
  for (int i = 0; i < 8; ++i) b[i] = a[i] + a[i + 8];
  for (int i = 0; i < 4; ++i) c[i] = b[i] + b[i + 4];
  return (c[0] + c[2]) + (c[1] + c[3]);
}

KONTWIN_INLINE float least(const float (&a)[lanes]) {
  float b[8], c[4];
  for (int i = 0; i < 8; ++i) b[i] = smaller(a[i], a[i + 8]);
  for (int i = 0; i < 4; ++i) c[i] = smaller(b[i], b[i + 4]);
  return smaller(smaller(c[0], c[2]), smaller(c[1], c[3]));
}

}  // namespace kontwin::crowd
