#include "scenarios/flood/inlets.hpp"

#include <algorithm>

#include "scenarios/flood/gauged_inflow.hpp"
#include "scenarios/time_series.hpp"
#include "twin/place_error.hpp"

namespace kontwin::flood {

namespace {

/// An inflow or a dam belongs to a river this near.
constexpr double to_river_m = 5000;
/// Rivers come in this far inside the edge, where water could leave again.
constexpr double margin_cells = 3;
/// Two inlets of one river this near are the same.
constexpr double same_inlet_m = 500;

struct Located {
  std::optional<RiverSpot> spot;  // distance_m: how far the water runs to it
  std::vector<std::size_t> cells;
};

std::optional<Located> locate(const World& world, const GridShape& grid, const std::string& name,
                              LocalPoint place) {
  // An inflow may name its river: `Đăk Bla at Kon Plông`.
  const River* named = nullptr;
  for (const River& river : world.rivers()) {
    if (!river.name.empty() && name.starts_with(river.name) &&
        (named == nullptr || river.name.size() > named->name.size())) {
      named = &river;
    }
  }
  auto spot = find_river(world, named != nullptr ? named->name : "", place, to_river_m);
  if (!spot && named != nullptr) spot = find_river(world, "", place, to_river_m);
  if (spot) {
    if (const auto entry = entry_into(world, *spot, grid, margin_cells)) {
      auto cells = channel_cells_at(grid, *entry->river, entry->along_m);
      if (!cells.empty()) return Located{entry, std::move(cells)};
    }
  }
  if (grid.contains(place)) return Located{std::nullopt, {grid.cell_of(place)}};
  return std::nullopt;
}

}  // namespace

Inlets::Inlets(const Branch& branch, const TerrainGrid& grid, double release_wave_mps,
               ShallowWaterSolver& solver) {
  const World& world = *branch.world;
  const GridShape& shape = grid.elevation_m.shape;
  for (const Inflow& inflow : branch.forcing.inflows) {
    const TimeSeries discharge_m3ps =
        inflow.gauged ? gauged_discharge(world, branch.forcing, inflow) : inflow.discharge_m3ps;
    check_series(discharge_m3ps, "inflow '" + inflow.name + "'");
    auto located = locate(world, shape, inflow.name, inflow.place);
    if (!located) {
      throw PlaceError("inflow '" + inflow.name + "'", inflow.place,
                       "that is outside the flood grid '" + grid.name +
                           "', and no river brings its water there");
    }
    inlets_.push_back(
        {inflow.name, discharge_m3ps, located->spot, solver.add_source(located->cells)});
  }
  const auto& reservoirs = world.entities(Kind::reservoir);
  for (std::size_t row = 0; row < reservoirs.size(); ++row) {
    auto located = locate(world, shape, "", reservoirs.place[row]);
    if (!located) continue;
    const auto same = std::ranges::find_if(inlets_, [&located](const Inlet& inlet) {
      return inlet.spot && located->spot && inlet.spot->river == located->spot->river &&
             std::abs(inlet.spot->along_m - located->spot->along_m) < same_inlet_m;
    });
    const auto inlet = static_cast<std::size_t>(same - inlets_.begin());
    if (same == inlets_.end()) {
      inlets_.push_back({"release of " + reservoirs.name[row],
                         {},
                         located->spot,
                         solver.add_source(located->cells)});
    }
    const double run_m = located->spot ? located->spot->distance_m : 0;
    TimeSeries none_before{{branch.start - std::chrono::hours(1)}, {0}, TimeSeries::Between::hold};
    releases_.push_back(
        {row, inlet, from_seconds(run_m / release_wave_mps), std::move(none_before)});
  }
}

void Inlets::set_steady(Instant at, double factor, ShallowWaterSolver& solver) const {
  for (const Inlet& inlet : inlets_) {
    solver.set_discharge(inlet.source, factor * inlet.discharge_m3ps.value_at(at));
  }
}

void Inlets::set_discharges(const Reservoirs& reservoirs, Instant from, Instant to, double factor,
                            ShallowWaterSolver& solver) {
  std::vector<double> more_m3ps(inlets_.size(), 0);
  for (Release& release : releases_) {
    release.more_m3ps.at.push_back(from);
    release.more_m3ps.value.push_back(reservoirs.outflow_m3ps(release.reservoir) -
                                      reservoirs.planned_m3ps(release.reservoir));
    more_m3ps[release.inlet] +=
        mean_over(release.more_m3ps, from - release.delay, to - release.delay);
  }
  for (std::size_t i = 0; i < inlets_.size(); ++i) {
    const double forced = factor * mean_over(inlets_[i].discharge_m3ps, from, to);
    solver.set_discharge(inlets_[i].source, std::max(0.0, forced + more_m3ps[i]));
  }
}

}  // namespace kontwin::flood
