#include "scenarios/slope/slope_stability.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kontwin::slope {

namespace {

constexpr std::array weights{2.0 / 3, 1.0 / 6, 1.0 / 6};
/// A head below this after rain has ended is no longer followed.
constexpr double dry_m = 1e-4;
/// What stood before with less than this probability is no soil of the kind that is assumed.
constexpr double least_stood = 0.05;
constexpr double rock_cohesion_kpa = 1e4;
constexpr double degree = std::numbers::pi / 180;

}  // namespace

double soil_depth_m(const SlopeOptions& options, double slope_rad) {
  const double depth_m =
      options.depth_on_level_m * std::exp(-options.depth_fall_per_deg * slope_rad / degree);
  return std::clamp(depth_m, options.least_depth_m, options.most_depth_m);
}

SlopeStability::SlopeStability(const SlopeCells& cells, std::span<const std::uint32_t> series,
                               const SlopeOptions& options, ComputeArena& arena)
    : cells_(cells), series_(series), options_(options), arena_(arena) {
  const std::size_t count = cells.count();
  // Of a log-normal with this spread, about its mean.
  const double log_deviation = std::sqrt(std::log1p(std::pow(options.conductivity_spread, 2)));
  const double median = std::exp(-log_deviation * log_deviation / 2);
  const double far = std::exp(std::numbers::sqrt3 * log_deviation);
  factor_ = {median, median * far, median / far};
  depth_m_.resize(count);
  base_m_.resize(count);
  conductivity_mps_.resize(count);
  tan_friction_.resize(count);
  cohesion_kpa_.resize(count);
  slab_.resize(count);
  stood_.resize(count);
  raised_by_.resize(count);
  probability_.resize(count);
  safety_.resize(count);
  for (Sample& sample : sample_) {
    sample.rate_ps.resize(count);
    sample.mean_m.resize(count);
    sample.instant_m.resize(count);
    for (auto& mode : sample.mode_m) mode.resize(count);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const Soil& soil = options.soil[static_cast<std::size_t>(cells.ground[i])];
    depth_m_[i] = slope::soil_depth_m(options, cells.slope_rad[i]);
    base_m_[i] = depth_m_[i] * options.base_share;
    conductivity_mps_[i] = soil.conductivity_mps;
    slab_[i] = terms_of({cells.slope_rad[i], depth_m_[i], soil.unit_weight_knpm3});
    tan_friction_[i] = std::tan(soil.friction_deg * degree);
    cohesion_kpa_[i] = soil.cohesion_kpa;
    look_back(i);
    const double along = std::numbers::pi / base_m_[i];
    for (std::size_t s = 0; s < samples; ++s) {
      sample_[s].rate_ps[i] = factor_[s] *
                              slope_diffusivity_m2ps(soil.diffusivity_m2ps, cells.slope_rad[i]) *
                              along * along;
    }
  }
  const std::size_t parts = (count + cells_a_part - 1) / cells_a_part;
  wet_.assign(parts, 0);
  rained_by_.resize(parts);
  for (std::size_t i = 0; i < count; ++i) {
    auto& rained_by = rained_by_[i / cells_a_part];
    if (std::ranges::find(rained_by, series[i]) == rained_by.end()) rained_by.push_back(series[i]);
  }
  arena_.for_each_part(parts, [this](std::size_t part) { judge_part(part); });
}

bool SlopeStability::advance(std::span<const double> rain_mmph, double seconds) {
  std::vector<std::size_t> active;
  for (std::size_t part = 0; part < wet_.size(); ++part) {
    const bool rains = std::ranges::any_of(
        rained_by_[part], [rain_mmph](std::uint32_t series) { return rain_mmph[series] > 0; });
    if (!rains && wet_[part] == 0) continue;
    active.push_back(part);
    updates_ +=
        samples * (std::min(cells_.count(), (part + 1) * cells_a_part) - part * cells_a_part);
  }
  arena_.for_each_part(active.size(), [&](std::size_t i) {
    advance_part(active[i], rain_mmph, seconds);
    judge_part(active[i]);
  });
  return !active.empty();
}

std::pair<double, double> SlopeStability::safety_at(std::size_t cell, double head_m) const {
  const Resistance strength = resistance(slab_[cell], head_m);
  const double by_friction = tan_friction_[cell] * strength.friction;
  const double by_cohesion = cohesion_kpa_[cell] * strength.cohesion_pkpa;
  const double deviation = std::sqrt(std::pow(options_.friction_spread * by_friction, 2) +
                                     std::pow(options_.cohesion_spread * by_cohesion, 2));
  return {by_friction + by_cohesion, deviation};
}

/// Truncates the strengths to those with which the slope stood before.
void SlopeStability::look_back(std::size_t cell) {
  const auto [safety, deviation] =
      safety_at(cell, options_.survived_share * slab_[cell].largest_head_m);
  stood_[cell] = survival_probability(safety, deviation);
  if (stood_[cell] < least_stood) {
    // Rock: any strength will do.
    stood_[cell] = 1;
    cohesion_kpa_[cell] = rock_cohesion_kpa;
    return;
  }
  if (!(deviation > 0)) return;
  const double index = (safety - 1) / deviation;
  raised_by_[cell] =
      deviation * std::exp(-index * index / 2) / std::sqrt(2 * std::numbers::pi) / stood_[cell];
}

PressureColumns SlopeStability::columns_of(Sample& of, std::size_t first, std::size_t count) {
  PressureColumns columns{std::span(of.rate_ps).subspan(first, count),
                          std::span(base_m_).subspan(first, count),
                          std::span(of.mean_m).subspan(first, count),
                          {},
                          std::span(of.instant_m).subspan(first, count)};
  for (std::size_t m = 0; m < pressure_modes; ++m) {
    columns.mode_m[m] = std::span(of.mode_m[m]).subspan(first, count);
  }
  return columns;
}

void SlopeStability::advance_part(std::size_t part, std::span<const double> rain_mmph,
                                  double seconds) {
  const std::size_t first = part * cells_a_part;
  const std::size_t count = std::min(cells_.count() - first, cells_a_part);
  const double drain_ps = options_.drain_h > 0 ? 1 / (options_.drain_h * 3600) : 0;
  std::array<double, cells_a_part> infiltration{};
  double most_m = 0;
  for (std::size_t s = 0; s < samples; ++s) {
    for (std::size_t i = 0; i < count; ++i) {
      // What the ground cannot take runs off.
      const double rain_mps = rain_mmph[series_[first + i]] / 3.6e6;
      infiltration[i] = std::min(rain_mps / (factor_[s] * conductivity_mps_[first + i]), 1.0);
    }
    const PressureColumns columns = columns_of(sample_[s], first, count);
    slope::advance(columns, std::span(infiltration).first(count), seconds, drain_ps);
    for (std::size_t i = 0; i < count; ++i) {
      // Ground that is full to the surface takes no more: the rest runs off.
      columns.mean_m[i] =
          std::min(columns.mean_m[i], slab_[first + i].largest_head_m * options_.base_share);
      most_m = std::max(most_m, columns.mean_m[i]);
    }
  }
  wet_[part] = most_m > dry_m ? 1 : 0;
}

void SlopeStability::judge_part(std::size_t part) {
  const std::size_t first = part * cells_a_part;
  const std::size_t count = std::min(cells_.count() - first, cells_a_part);
  std::array<double, cells_a_part> rise_m{};
  for (std::size_t i = 0; i < count; ++i) probability_[first + i] = 0;
  for (std::size_t s = 0; s < samples; ++s) {
    const PressureColumns columns = columns_of(sample_[s], first, count);
    heads(columns, 1 / options_.base_share, std::span(rise_m).first(count));
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t cell = first + i;
      const double full_m = slab_[cell].largest_head_m;
      const double head_m = std::min(full_m, options_.wet_share * full_m + rise_m[i]);
      const auto [safety, deviation] = safety_at(cell, head_m);
      const double stands = survival_probability(safety, deviation);
      probability_[cell] += weights[s] * (1 - std::min(1.0, stands / stood_[cell]));
      if (s == 0) safety_[cell] = safety + raised_by_[cell];
    }
  }
}

double SlopeStability::of_road(std::uint32_t road) const {
  const auto cell = likeliest_of(road);
  return cell ? probability_[*cell] : 0;
}

std::optional<std::size_t> SlopeStability::likeliest_of(std::uint32_t road) const {
  std::optional<std::size_t> likeliest;
  for (const std::uint32_t cell : cells_.of(road)) {
    if (!likeliest || probability_[cell] > probability_[*likeliest]) likeliest = cell;
  }
  return likeliest;
}

}  // namespace kontwin::slope
