#include "scenarios/slope/pore_pressure.hpp"

#include <cmath>
#include <numbers>

namespace kontwin::slope {

namespace {

constexpr double pi = std::numbers::pi;

/// The first integral of the complementary error function.
double ierfc(double x) { return std::exp(-x * x) / std::sqrt(pi) - x * std::erfc(x); }

/// What the modes that are not kept come to under steady infiltration, in shares of the base's
/// depth: the sum of 2 / (m pi)² cos(m pi z), which over all m is z²/2 - z + 1/3.
double tail(double depth_share) {
  double sum = depth_share * depth_share / 2 - depth_share + 1.0 / 3;
  for (std::size_t m = 1; m <= pressure_modes; ++m) {
    const double n = static_cast<double>(m) * pi;
    sum -= 2 / (n * n) * std::cos(n * depth_share);
  }
  return sum;
}

}  // namespace

double iverson_response(double normalised_time) {
  if (!(normalised_time > 0)) return 0;
  return std::sqrt(normalised_time / pi) * std::exp(-1 / normalised_time) -
         std::erfc(1 / std::sqrt(normalised_time));
}

double slope_diffusivity_m2ps(double diffusivity_m2ps, double slope_rad) {
  const double cosine = std::cos(slope_rad);
  return diffusivity_m2ps / (cosine * cosine);
}

double deep_rise_m(double depth_m, double diffusivity_m2ps, double after_s) {
  if (!(after_s > 0)) return 0;
  const double reach_m = std::sqrt(diffusivity_m2ps * after_s);
  return 2 * reach_m * ierfc(depth_m / (2 * reach_m));
}

double based_rise_m(double depth_m, double base_m, double diffusivity_m2ps, double after_s) {
  if (!(after_s > 0)) return 0;
  const double reach_m = std::sqrt(diffusivity_m2ps * after_s);
  double sum = 0;
  for (int m = 1; m <= 10000; ++m) {
    const double image_m = (2.0 * m - 1) * base_m;
    const double added = ierfc((image_m - (base_m - depth_m)) / (2 * reach_m)) +
                         ierfc((image_m + (base_m - depth_m)) / (2 * reach_m));
    sum += added;
    if (added <= 1e-12 * sum) break;
  }
  return 2 * reach_m * sum;
}

void advance(const PressureColumns& columns, std::span<const double> infiltration, double seconds,
             double drain_ps) {
  const std::size_t count = columns.mean_m.size();
  const double kept = std::exp(-drain_ps * seconds);
  const double added_s = drain_ps > 0 ? (1 - kept) / drain_ps : seconds;
  for (std::size_t i = 0; i < count; ++i) {
    const double rate_ps = columns.rate_ps[i];
    // The flux through the surface drives each mode alike, the mean half as much: D / base.
    const double drive_mps = infiltration[i] * rate_ps * columns.base_m[i] / (pi * pi);
    columns.mean_m[i] = columns.mean_m[i] * kept + drive_mps * added_s;
    columns.instant_m[i] = infiltration[i] * columns.base_m[i];
    // exp(-m² rate t) for m = 1, 2, ... by multiplications.
    const double first = std::exp(-rate_ps * seconds);
    double decay = first;
    double step = first * first * first;
    for (std::size_t m = 0; m < pressure_modes; ++m) {
      const double square = static_cast<double>((m + 1) * (m + 1));
      const double left = decay * kept;
      columns.mode_m[m][i] =
          columns.mode_m[m][i] * left + 2 * drive_mps * (1 - left) / (square * rate_ps + drain_ps);
      decay *= step;
      step *= first * first;
    }
  }
}

void heads(const PressureColumns& columns, double depth_share, std::span<double> head_m) {
  std::array<double, pressure_modes> shape{};
  for (std::size_t m = 0; m < pressure_modes; ++m) {
    shape[m] = std::cos(static_cast<double>(m + 1) * pi * depth_share);
  }
  const double beyond = tail(depth_share);
  for (std::size_t i = 0; i < head_m.size(); ++i) {
    double head = columns.mean_m[i] + beyond * columns.instant_m[i];
    for (std::size_t m = 0; m < pressure_modes; ++m) head += shape[m] * columns.mode_m[m][i];
    head_m[i] = head;
  }
}

}  // namespace kontwin::slope
