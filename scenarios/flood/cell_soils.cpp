#include "scenarios/flood/cell_soils.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/flood/green_ampt.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

CellSoils::CellSoils(const FloodOptions& options, std::size_t cells,
                     const ShallowWaterSolver& solver, std::span<const std::uint32_t> zone_of_tile)
    : retention_mm_(options.retention_mm), soaking_mps_(options.soaking_mmph) {
  if (retention_mm_.empty() && soaking_mps_.empty()) return;
  if (options.infiltration != FloodInfiltration::none || !options.insets.empty()) {
    throw ScenarioError("soils by cell need a grid without insets, and no other infiltration");
  }
  for (const auto* const soils : {&retention_mm_, &soaking_mps_}) {
    if (!soils->empty() && soils->size() != cells) {
      throw ScenarioError("soils by cell: " + std::to_string(soils->size()) +
                          " values, and the grid has " + std::to_string(cells) + " cells");
    }
    const bool fit =
        std::ranges::all_of(*soils, [](float value) { return value >= 0 && std::isfinite(value); });
    if (!fit) throw ScenarioError("soils by cell: a value is no number from 0 on");
  }
  constexpr float mmph_to_mps = 1e-3F / 3600;
  for (float& rate : soaking_mps_) rate *= mmph_to_mps;
  const Tiling& tiling = solver.tiling();
  zone_of_cell_.resize(cells);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    zone_of_cell_[cell] =
        zone_of_tile[tiling.tile_of(cell % tiling.grid_columns, cell / tiling.grid_columns)];
  }
  fallen_mm_.assign(zone_of_tile.empty() ? 0 : std::ranges::max(zone_of_tile) + 1, 0);
  owed_m_.assign(cells, 0);
  depth_m_.assign(cells, 0);
}

void CellSoils::keep_of_rain(std::span<const double> rain_mps, double seconds) {
  std::vector<double> before_mm = fallen_mm_;
  for (std::size_t series = 0; series < fallen_mm_.size(); ++series) {
    fallen_mm_[series] += rain_mps[series] * seconds * 1000;
  }
  for (std::size_t cell = 0; cell < retention_mm_.size(); ++cell) {
    const std::uint32_t zone = zone_of_cell_[cell];
    const double fell_mm = fallen_mm_[zone] - before_mm[zone];
    if (fell_mm <= 0) continue;
    const auto most_mm = static_cast<double>(retention_mm_[cell]);
    const double ran_mm = retention_runoff_mm(fallen_mm_[zone], most_mm) -
                          retention_runoff_mm(before_mm[zone], most_mm);
    owed_m_[cell] += static_cast<float>((fell_mm - ran_mm) / 1000);
  }
}

void CellSoils::soak(std::span<const double> rain_mps, double seconds, ShallowWaterSolver& solver) {
  if (zone_of_cell_.empty()) return;
  keep_of_rain(rain_mps, seconds);
  solver.copy_depths(depth_m_);
  for (std::size_t cell = 0; cell < depth_m_.size(); ++cell) {
    const float there_m = depth_m_[cell];
    if (!(there_m > 0)) continue;
    const float kept_m = std::min(owed_m_[cell], there_m);
    owed_m_[cell] -= kept_m;
    const float soaks_m =
        soaking_mps_.empty() ? 0 : soaking_mps_[cell] * static_cast<float>(seconds);
    const float taken_m = std::min(kept_m + soaks_m, there_m);
    if (taken_m > 0) solver.change_depth(cell, -static_cast<double>(taken_m));
  }
}

}  // namespace kontwin::flood
