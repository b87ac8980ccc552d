#include "scenarios/flood/entity_depths.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/flood/hazard.hpp"
#include "scenarios/flood/reopening.hpp"
#include "scenarios/flood/river_reach.hpp"

namespace kontwin::flood {

namespace {

/// A gauge belongs to the river this near to it.
constexpr double gauge_to_river_m = 1000;
/// How far from a channel cell its bank is looked for.
constexpr long bank_rings = 8;

bool is_building(Kind kind) {
  switch (kind) {
    case Kind::hospital:
    case Kind::health_station:
    case Kind::school:
    case Kind::shelter:
    case Kind::lodging:
    case Kind::power_facility:
    case Kind::water_facility:
    case Kind::office:
    case Kind::residence:
      return true;
    default:
      return false;
  }
}

/// Of a road's deck over the ground or its banks; 0 where it is not known.
double deck_height_m(const World& world, std::uint32_t road) {
  const double height_m = world.entities(Kind::road).attribute(road_attribute::deck_height_m, road);
  return std::isfinite(height_m) ? std::max(0.0, height_m) : 0;
}

/// The highest deck of the roads at each junction.
std::vector<double> deck_heights_of_junctions(const World& world) {
  std::vector<double> highest_m(world.entities(Kind::junction).size(), 0);
  const RoadNetwork& roads = world.roads();
  for (std::uint32_t road = 0; road < roads.links(); ++road) {
    for (const std::uint32_t junction : {roads.from[road], roads.to[road]}) {
      highest_m[junction] = std::max(highest_m[junction], deck_height_m(world, road));
    }
  }
  return highest_m;
}

template <typename Visit>
void around(const GridShape& grid, std::size_t cell, long ring, Visit visit) {
  const long column = static_cast<long>(cell % grid.columns);
  const long row = static_cast<long>(cell / grid.columns);
  for (long r = row - ring; r <= row + ring; ++r) {
    for (long c = column - ring; c <= column + ring; ++c) {
      const bool on_ring = std::max(std::abs(r - row), std::abs(c - column)) == ring;
      if (!on_ring || r < 0 || c < 0 || r >= static_cast<long>(grid.rows) ||
          c >= static_cast<long>(grid.columns)) {
        continue;
      }
      visit(grid.at(static_cast<std::size_t>(c), static_cast<std::size_t>(r)));
    }
  }
}

std::size_t gauge_cell(const World& world, const Raster<float>& ground_m, LocalPoint place) {
  const GridShape& grid = ground_m.shape;
  std::vector<std::size_t> cells;
  if (const auto spot = find_river(world, "", place, gauge_to_river_m)) {
    cells = channel_cells_at(grid, *spot->river, spot->along_m);
  }
  if (cells.empty()) {
    cells.push_back(grid.cell_of(place));
    around(grid, cells.front(), 1, [&cells](std::size_t cell) { cells.push_back(cell); });
  }
  return *std::ranges::min_element(cells, {},
                                   [&ground_m](std::size_t cell) { return ground_m.values[cell]; });
}

}  // namespace

EntityDepths::EntityDepths(const World& world, const FloodGrids& grids)
    : grids_(grids), deck_height_m_(deck_heights_of_junctions(world)) {
  begin_.push_back(0);
  for (const Kind kind : all_kinds()) {
    for (std::uint32_t row = 0; row < world.entities(kind).size(); ++row) {
      if (kind == Kind::road) {
        sample_road(world, row);
      } else {
        sample_place(world, {kind, row});
      }
      if (samples_.size() == begin_.back()) continue;
      entity_.push_back({kind, row});
      begin_.push_back(static_cast<std::uint32_t>(samples_.size()));
    }
  }
}

std::optional<EntityDepths::Spot> EntityDepths::spot_at(LocalPoint point) const {
  const std::size_t number = grids_.finest_at(point);
  if (number == grids_.size()) return std::nullopt;
  return Spot{&grids_.grid(number), grids_.first_cell(number), grids_.shape(number).cell_of(point)};
}

void EntityDepths::add(const Spot& spot, double deck_m) {
  const double over_m = std::max(0.0, deck_m - static_cast<double>(ground_m(spot)));
  samples_.push_back(
      {static_cast<std::uint32_t>(spot.first + spot.cell), static_cast<float>(over_m)});
}

double EntityDepths::bank_m(LocalPoint point) const {
  const auto spot = spot_at(point);
  if (!spot) return interpolate(grids_.grid(0).elevation_m, point);
  double lowest_m = std::numeric_limits<double>::infinity();
  for (long ring = 0; ring <= bank_rings && std::isinf(lowest_m); ++ring) {
    around(spot->grid->elevation_m.shape, spot->cell, ring, [&](std::size_t other) {
      const Spot there{spot->grid, spot->first, other};
      if (!in_channel(there)) lowest_m = std::min(lowest_m, double(ground_m(there)));
    });
  }
  return std::isinf(lowest_m) ? ground_m(*spot) : lowest_m;
}

double EntityDepths::ground_or_bank_m(const Spot& spot, LocalPoint point) const {
  return in_channel(spot) ? bank_m(point) : ground_m(spot);
}

void EntityDepths::sample_road(const World& world, std::uint32_t row) {
  const auto line = world.roads().shape_of(row);
  if (line.empty()) return;
  const bool bridge = world.entities(Kind::road).attribute(road_attribute::bridge, row) == 1;
  const double height_m = deck_height_m(world, row);
  const double long_m = length_m(line);
  const double from_m = bridge ? bank_m(line.front()) : 0;
  const double to_m = bridge ? bank_m(line.back()) : 0;
  const auto along = [&](double cell_m, auto visit) {
    const auto steps = static_cast<std::size_t>(std::ceil(long_m / (0.5 * cell_m)));
    for (std::size_t step = 0; step <= steps; ++step) {
      const double share = steps == 0 ? 0 : double(step) / double(steps);
      visit(share, point_along(line, share * long_m));
    }
  };
  // As close as the cells of the finest grid that it comes to.
  double cell_m = grids_.shape(0).cell_m;
  if (grids_.size() > 1) {
    double finest_m = cell_m;
    along(cell_m, [&](double /*share*/, LocalPoint point) {
      const auto spot = spot_at(point);
      if (spot) finest_m = std::min(finest_m, spot->grid->elevation_m.shape.cell_m);
    });
    cell_m = finest_m;
  }
  along(cell_m, [&](double share, LocalPoint point) {
    const auto spot = spot_at(point);
    if (!spot) return;
    if (bridge) {
      add(*spot, from_m + share * (to_m - from_m) + height_m);
    } else {
      add(*spot, ground_or_bank_m(*spot, point) + height_m);
    }
  });
}

void EntityDepths::sample_place(const World& world, EntityRef ref) {
  const LocalPoint place = world.place(ref);
  const auto own = spot_at(place);
  if (!own) return;
  const auto add_ground = [this](const Spot& spot) { add(spot, double(ground_m(spot))); };
  if (ref.kind == Kind::river_gauge) {
    Spot lowest = *own;
    lowest.cell = gauge_cell(world, own->grid->elevation_m, place);
    add_ground(lowest);
    gauges_.push_back({ref.row, lowest.first + lowest.cell, double(ground_m(lowest))});
    return;
  }
  if (ref.kind == Kind::junction) {
    add(*own, ground_or_bank_m(*own, place) + deck_height_m_[ref.row]);
    return;
  }
  const std::size_t before = samples_.size();
  if (is_building(ref.kind)) {
    for (long ring = 0; ring <= 1; ++ring) {
      around(own->grid->elevation_m.shape, own->cell, ring, [&](std::size_t cell) {
        const Spot spot{own->grid, own->first, cell};
        if (!in_channel(spot)) add_ground(spot);
      });
    }
  }
  if (samples_.size() == before) add_ground(*own);
}

float EntityDepths::deepest_m(std::size_t i, std::span<const float> depth_m) const {
  float deepest_m = 0;
  for (std::uint32_t s = begin_[i]; s < begin_[i + 1]; ++s) {
    deepest_m = std::max(deepest_m, depth_m[samples_[s].cell] - samples_[s].deck_over_ground_m);
  }
  return deepest_m;
}

void EntityDepths::write(std::span<const float> depth_m, std::span<const float> speed_mps,
                         StateTable& state) const {
  for (std::size_t i = 0; i < entity_.size(); ++i) {
    const double deepest = deepest_m(i, depth_m);
    double strongest = -1;
    double speed = 0;
    int hazard = 0;
    unsigned stopped = 0;
    const EntityRef ref = entity_[i];
    const double before = state.at(ref, common_column::impassable_for);
    const unsigned stopped_before = std::isfinite(before) ? static_cast<unsigned>(before) : 0;
    for (std::uint32_t s = begin_[i]; deepest > 0 && s < begin_[i + 1]; ++s) {
      const Sample& at = samples_[s];
      const double here_m = depth_m[at.cell] - at.deck_over_ground_m;
      if (!(here_m > 0)) continue;
      const double here_mps = speed_mps[at.cell];
      if (here_m * here_mps > strongest) {
        strongest = here_m * here_mps;
        speed = here_mps;
      }
      hazard = std::max(hazard, hazard_class(here_m, here_mps));
      stopped |= impassable_after(stopped_before, here_m, here_mps);
    }
    state.at(ref, common_column::water_depth_m) = deepest;
    state.at(ref, common_column::water_speed_mps) = speed;
    state.at(ref, common_column::water_depth_velocity_m2ps) = std::max(strongest, 0.0);
    state.at(ref, common_column::hazard_class) = hazard;
    state.at(ref, common_column::impassable_for) = stopped;
  }
  for (const Gauge& gauge : gauges_) {
    state.at({Kind::river_gauge, gauge.row}, river_gauge_column::stage_m) =
        gauge.ground_m + static_cast<double>(depth_m[gauge.cell]);
  }
}

}  // namespace kontwin::flood
