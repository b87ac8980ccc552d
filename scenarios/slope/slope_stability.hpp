#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/slope/infinite_slope.hpp"
#include "scenarios/slope/pore_pressure.hpp"
#include "scenarios/slope/slope_cells.hpp"
#include "scenarios/slope/slope_options.hpp"

namespace kontwin::slope {

/// How likely each cell of sloping ground is to slide, as rain soaks in. Cohesion and friction are
/// uncertain by their spread (first-order second-moment), conductivity by three samples of its
/// log-normal distribution (Gauss and Hermite's points at 0 and ±sqrt(3) deviations, weights 2/3
/// and 1/6): the probability of a cell is the weighted mean over them.
///
/// Slopes that stand today have stood before: of the strengths that are possible, only those count
/// with which the slope holds while a share of its soil is full of water (option survived_share).
/// What fails then, with all but one in twenty of them, is taken for rock without such soil.
class SlopeStability {
 public:
  /// `series` is the rain series of each cell. Both must outlive this object.
  SlopeStability(const SlopeCells& cells, std::span<const std::uint32_t> series,
                 const SlopeOptions& options, ComputeArena& arena);

  /// Advances by `seconds` of rain, mm/h by series; true when any probability may have changed.
  /// Parts of the ground that have had no rain cost nothing.
  bool advance(std::span<const double> rain_mmph, double seconds);

  /// Probability of failure of each cell, 0 to 1.
  std::span<const double> probability() const { return probability_; }
  /// Factor of safety of each cell with the middle conductivity and the mean of the strengths with
  /// which it has stood before.
  std::span<const double> safety() const { return safety_; }
  double soil_depth_m(std::size_t cell) const { return depth_m_[cell]; }

  /// Updates of a cell so far: for one sample and one step.
  std::uint64_t cell_updates() const { return updates_; }

  /// The probability of a road: that of its likeliest cell (slopes of a road fail together more
  /// than apart: the lower bound of a series system); 0 where it has none.
  double of_road(std::uint32_t road) const;
  /// That cell, the first of several; nothing where the road has none.
  std::optional<std::size_t> likeliest_of(std::uint32_t road) const;

 private:
  static constexpr std::size_t samples = 3;
  static constexpr std::size_t cells_a_part = 512;

  struct Sample {
    std::vector<double> rate_ps, mean_m, instant_m;
    std::array<std::vector<double>, pressure_modes> mode_m;
  };

  /// Mean and standard deviation of the factor of safety under a head.
  std::pair<double, double> safety_at(std::size_t cell, double head_m) const;
  void look_back(std::size_t cell);
  PressureColumns columns_of(Sample& of, std::size_t first, std::size_t count);
  void advance_part(std::size_t part, std::span<const double> rain_mmph, double seconds);
  void judge_part(std::size_t part);

  const SlopeCells& cells_;
  std::span<const std::uint32_t> series_;
  SlopeOptions options_;
  ComputeArena& arena_;
  std::vector<double> depth_m_, base_m_, conductivity_mps_, tan_friction_, cohesion_kpa_;
  std::vector<SlabTerms> slab_;
  std::vector<double> stood_;             // probability that the slope stood before
  std::vector<double> raised_by_;         // mean factor of safety, by knowing that it did
  std::array<double, samples> factor_{};  // of conductivity
  std::array<Sample, samples> sample_;
  std::vector<double> probability_, safety_;
  std::vector<char> wet_;                              // [part]
  std::vector<std::vector<std::uint32_t>> rained_by_;  // [part]: the series of its cells
  std::uint64_t updates_ = 0;
};

/// Soil depth on a slope: d = a exp(-b slope), the form that DeRose (1996, Geomorphology) found and
/// Salciarini et al. (2006, Landslides 3) use with TRIGRS.
double soil_depth_m(const SlopeOptions& options, double slope_rad);

}  // namespace kontwin::slope
