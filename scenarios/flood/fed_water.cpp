#include "scenarios/flood/fed_water.hpp"

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

}  // namespace

FedWater::FedWater(const Branch& branch, const TerrainGrid& grid, const FloodOptions& options,
                   const std::vector<char>& channel, const RainField& rain, ComputeArena& arena)
    : runoff_share_(options.runoff_share),
      solver_(make_solver(grid, options, arena)),
      inlets_(branch, grid, options.release_wave_mps, *solver_),
      uplands_(grid, channel, options.upland_height_m, *solver_),
      zone_of_tile_(zones_of(solver_->tiling(), grid.elevation_m.shape, rain)) {
  solver_->set_rain_zones(rain.series_count(), zone_of_tile_);
  open_river_mouths(*branch.world, *solver_);
}

FedWater::FedWater(const FedWater& other)
    : runoff_share_(other.runoff_share_),
      solver_(other.solver_->clone()),
      inlets_(other.inlets_),
      uplands_(other.uplands_),
      zone_of_tile_(other.zone_of_tile_),
      factors_(other.factors_) {}

void FedWater::set_factors(const FloodFactors& factors) {
  factors_ = factors;
  solver_->set_roughness_factor(factors.roughness);
}

void FedWater::flow(std::span<const double> rain_mmph, double seconds) {
  std::vector<double> runoff_mps(rain_mmph.size());
  for (std::size_t series = 0; series < rain_mmph.size(); ++series) {
    runoff_mps[series] = rain_mmph[series] * factors_.rain * runoff_share_ * mmph_to_mps;
    solver_->set_rain(series, runoff_mps[series]);
  }
  uplands_.advance(runoff_mps, zone_of_tile_, seconds, *solver_);
  solver_->advance(seconds);
}

}  // namespace kontwin::flood
