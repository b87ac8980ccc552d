#include "scenarios/flood/fed_water.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/flood/initial_water.hpp"
#include "scenarios/flood/scheme.hpp"

namespace kontwin::flood {

namespace {

constexpr double mmph_to_mps = 1e-3 / 3600;

/// The rain series that falls on each tile: that of its middle.
std::vector<std::uint32_t> zones_of(const Tiling& tiling, const GridShape& shape,
                                    const RainField& rain) {
  std::vector<std::uint32_t> zone_of_tile(tiling.size());
  for (std::size_t tile = 0; tile < tiling.size(); ++tile) {
    const auto cells = tiling.cells(tile);
    zone_of_tile[tile] = rain.series_at(shape.center((cells.first_column + cells.end_column) / 2,
                                                     (cells.first_row + cells.end_row) / 2));
  }
  return zone_of_tile;
}

/// Channels are wet already: nothing soaks in there; and under an inset the inset's ground counts.
std::vector<float> open_ground(const FloodGrids& grids) {
  std::vector<float> open(grids.cells());
  std::ranges::transform(
      grids.channel(), grids.covered(), open.begin(),
      [](char wet, char covered) { return wet != 0 || covered != 0 ? 0.0F : 1.0F; });
  return open;
}

}  // namespace

FedWater::FedWater(const Branch& branch, const FloodGrids& grids, const FloodOptions& options,
                   const RainField& rain, ComputeArena& arena)
    : runoff_share_(options.runoff_share),
      solver_(make_solver(grids, options, arena)),
      inlets_(branch, grids.grid(0), options.release_wave_mps, *solver_),
      uplands_(grids.grid(0), grids.channel(), options.upland_height_m, *solver_),
      evaporation_(options.evaporation_mm_per_day),
      structures_(options.structures, *solver_, options.scheme),
      edges_(options.edges, *solver_),
      zone_of_tile_(zones_of(solver_->tiling(), grids.shape(0), rain)),
      infiltration_(options, open_ground(grids), rain.series_count()),
      cell_soils_(options, grids.cells(), *solver_, zone_of_tile_) {
  solver_->set_rain_zones(rain.series_count(), zone_of_tile_);
  open_river_mouths(*branch.world, *solver_);
}

FedWater::FedWater(const FedWater& other)
    : runoff_share_(other.runoff_share_),
      solver_(other.solver_->clone()),
      inlets_(other.inlets_),
      uplands_(other.uplands_),
      evaporation_(other.evaporation_),
      structures_(other.structures_),
      breaches_(other.breaches_),
      edges_(other.edges_),
      zone_of_tile_(other.zone_of_tile_),
      infiltration_(other.infiltration_),
      cell_soils_(other.cell_soils_),
      factors_(other.factors_),
      soaked_m3_(other.soaked_m3_) {}

void FedWater::set_factors(const FloodFactors& factors) {
  factors_ = factors;
  solver_->set_roughness_factor(factors.roughness);
}

void FedWater::flow(std::span<const double> rain_mmph, double seconds) {
  std::vector<double> rain_mps(rain_mmph.size());
  for (std::size_t series = 0; series < rain_mmph.size(); ++series) {
    rain_mps[series] = rain_mmph[series] * factors_.rain * runoff_share_ * mmph_to_mps;
  }
  const auto left = infiltration_.lessen(std::move(rain_mps), seconds);
  for (std::size_t series = 0; series < rain_mmph.size(); ++series) {
    solver_->set_rain(series, left.grid_mps[series]);
  }
  uplands_.advance(left.upland_mps, zone_of_tile_, seconds, *solver_);
  move(seconds);
  const double before_m3 = solver_->set_m3();
  infiltration_.soak(seconds, *solver_);
  cell_soils_.soak(left.grid_mps, seconds, *solver_);
  soaked_m3_ += before_m3 - solver_->set_m3();
  evaporation_.take(seconds, *solver_);
}

void FedWater::keep_schedules(Instant from, Instant to) {
  structures_.keep_schedule(from + (to - from) / 2);
  edges_.set(from, to, *solver_);
}

void FedWater::move(double seconds) {
  if (structures_.empty() && breaches_.empty()) {
    solver_->advance(seconds);
    return;
  }
  double remaining_s = seconds;
  while (remaining_s > 1e-9 * seconds) {
    double longest_s = structures_.empty() ? remaining_s : structures_.longest_step_s(*solver_);
    for (const OpenBreach& open : breaches_) {
      longest_s = std::min(longest_s, open.breach.longest_step_s());
    }
    const double step_s = remaining_s / std::max(std::ceil(remaining_s / longest_s - 1e-9), 1.0);
    for (OpenBreach& open : breaches_) open.breach.grow(step_s, solver_->grid(open.grid));
    structures_.look(step_s, *solver_);
    solver_->advance(step_s);
    structures_.pass(step_s, *solver_);
    remaining_s -= step_s;
  }
}

void FedWater::start_breach(const StartBreach& edit) {
  std::size_t number = solver_->grids() - 1;
  while (number > 0 && !solver_->grid(number).shape().contains(edit.place)) --number;
  breaches_.push_back({number, LeveeBreach(edit, solver_->grid(number))});
}

}  // namespace kontwin::flood
