#pragma once

// What the flood kernels share: arithmetic that vectorises.

#include <cstdint>
#include <cstring>
#include <type_traits>

#include "scenarios/instruction_sets.hpp"

/// For what kernels are made of: a call would keep a loop from becoming vectors.
#define KONTWIN_INLINE static inline __attribute__((always_inline))

namespace kontwin::flood {

template <typename Real>
KONTWIN_INLINE Real larger(Real a, Real b) {
  return a > b ? a : b;
}
template <typename Real>
KONTWIN_INLINE Real smaller(Real a, Real b) {
  return a < b ? a : b;
}

/// Of whole numbers that may wrap: vectors go on past the end of a row, where anything may stand
/// and nothing is kept.
template <typename Whole>
KONTWIN_INLINE Whole wrapped_sum(Whole a, Whole b) {
  using Bits = std::make_unsigned_t<Whole>;
  return static_cast<Whole>(static_cast<Bits>(a) + static_cast<Bits>(b));
}
template <typename Whole>
KONTWIN_INLINE Whole wrapped_difference(Whole a, Whole b) {
  using Bits = std::make_unsigned_t<Whole>;
  return static_cast<Whole>(static_cast<Bits>(a) - static_cast<Bits>(b));
}

/// x^(-1/3) to 3e-7 for normal x > 0, in operations that vectorise: a guess from the exponent bits
/// and two steps of Householder's and Newton's kind (Moroz, Samotyy, Walczyk and Cieśliński 2021).
KONTWIN_INLINE float inverse_cube_root(float x) {
  std::int32_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  bits = 0x548C2B4B - static_cast<std::int32_t>(static_cast<float>(bits) * (1.0F / 3.0F));
  float y;
  std::memcpy(&y, &bits, sizeof y);
  float c = x * y * y * y;
  y = y * (1.752319676F - c * (1.2509524245F - 0.5093818292F * c));
  c = 1.0F - x * y * y * y;
  return y * (1.0F + 0.33333334F * c);
}

/// The same to the last bits: two more of Newton's steps.
KONTWIN_INLINE double inverse_cube_root(double x) {
  double y = static_cast<double>(inverse_cube_root(static_cast<float>(x)));
  y += y * (1 - x * y * y * y) * (1.0 / 3);
  y += y * (1 - x * y * y * y) * (1.0 / 3);
  return y;
}

}  // namespace kontwin::flood
