#include "tests/validation/radial_flood.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kontwin::validation {

namespace {

constexpr double g = 9.80665;
constexpr double dry_m = 1e-6;

struct Flux {
  double water, momentum;
};

Flux hll(double left_m, double left_q, double right_m, double right_q) {
  if (left_m <= dry_m && right_m <= dry_m) return {0, 0};
  const double left_u = left_m > dry_m ? left_q / left_m : 0;
  const double right_u = right_m > dry_m ? right_q / right_m : 0;
  const double left_c = std::sqrt(g * left_m);
  const double right_c = std::sqrt(g * right_m);
  double slow = std::min(left_u - left_c, right_u - right_c);
  double fast = std::max(left_u + left_c, right_u + right_c);
  // A front on dry ground runs ahead of the waves behind it.
  if (right_m <= dry_m) slow = left_u - left_c, fast = left_u + 2 * left_c;
  if (left_m <= dry_m) slow = right_u - 2 * right_c, fast = right_u + right_c;
  const Flux left{left_q, left_q * left_u + g * left_m * left_m / 2};
  const Flux right{right_q, right_q * right_u + g * right_m * right_m / 2};
  if (slow >= 0) return left;
  if (fast <= 0) return right;
  return {
      (fast * left.water - slow * right.water + slow * fast * (right_m - left_m)) / (fast - slow),
      (fast * left.momentum - slow * right.momentum + slow * fast * (right_q - left_q)) /
          (fast - slow)};
}

}  // namespace

RadialFlood::RadialFlood(double radius_m, double ring_m, double manning_n, double source_m)
    : ring_m_(ring_m),
      manning_n_(manning_n),
      source_rings_(static_cast<std::size_t>(source_m / ring_m)),
      depth_m_(static_cast<std::size_t>(radius_m / ring_m), 0),
      flow_m2ps_(depth_m_.size(), 0) {}

void RadialFlood::advance(double seconds, double discharge_m3ps) {
  const std::size_t rings = depth_m_.size();
  const double source_m = static_cast<double>(source_rings_) * ring_m_;
  const double rise_mps = discharge_m3ps / (std::numbers::pi * source_m * source_m);
  std::vector<Flux> flux(rings + 1);
  double remaining_s = seconds;
  while (remaining_s > 1e-9) {
    double wave_mps = 1;
    std::size_t wet = source_rings_;
    for (std::size_t i = 0; i < rings; ++i) {
      if (depth_m_[i] <= dry_m) continue;
      wet = std::max(wet, i + 1);
      wave_mps = std::max(wave_mps,
                          std::abs(flow_m2ps_[i]) / depth_m_[i] + 2 * std::sqrt(g * depth_m_[i]));
    }
    const std::size_t end = std::min(wet + 2, rings);
    const double dt_s = std::min(remaining_s, 0.8 * ring_m_ / wave_mps);
    flux[0] = {0, 0};  // of no length: the middle
    for (std::size_t i = 1; i < end; ++i) {
      flux[i] = hll(depth_m_[i - 1], flow_m2ps_[i - 1], depth_m_[i], flow_m2ps_[i]);
    }
    flux[end] = {0, 0};
    for (std::size_t i = 0; i < end; ++i) {
      const double inner_m = static_cast<double>(i) * ring_m_;
      const double outer_m = inner_m + ring_m_;
      const double middle_m = (inner_m + outer_m) / 2;
      const double scale = dt_s / (middle_m * ring_m_);
      const double h = depth_m_[i];
      const double pushed = g * h * h / 2 / middle_m;
      depth_m_[i] =
          std::max(h - scale * (outer_m * flux[i + 1].water - inner_m * flux[i].water), 0.0);
      if (i < source_rings_) depth_m_[i] += dt_s * rise_mps;
      flow_m2ps_[i] +=
          -scale * (outer_m * flux[i + 1].momentum - inner_m * flux[i].momentum) + dt_s * pushed;
      if (depth_m_[i] <= dry_m) {
        flow_m2ps_[i] = 0;
        continue;
      }
      // q + k q² = q₀.
      const double k = dt_s * g * manning_n_ * manning_n_ * std::pow(depth_m_[i], -7.0 / 3);
      const double before = std::abs(flow_m2ps_[i]);
      const double after = 2 * before / (1 + std::sqrt(1 + 4 * k * before));
      flow_m2ps_[i] = std::copysign(after, flow_m2ps_[i]);
    }
    remaining_s -= dt_s;
  }
}

double RadialFlood::depth_m(double away_m) const {
  const auto ring = static_cast<std::size_t>(away_m / ring_m_);
  return depth_m_[std::min(ring, depth_m_.size() - 1)];
}

}  // namespace kontwin::validation
