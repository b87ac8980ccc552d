#include "scenarios/flood/entity_depths.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/flood/hazard.hpp"
#include "scenarios/flood/river_reach.hpp"
#include "scenarios/flood/stability.hpp"

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

EntityDepths::EntityDepths(const World& world, const TerrainGrid& grid,
                           const std::vector<char>& channel)
    : grid_(grid), channel_(channel), deck_height_m_(deck_heights_of_junctions(world)) {
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

void EntityDepths::add(std::size_t cell, double deck_m) {
  const double over_m = std::max(0.0, deck_m - grid_.elevation_m.values[cell]);
  samples_.push_back({static_cast<std::uint32_t>(cell), static_cast<float>(over_m)});
}

double EntityDepths::bank_m(LocalPoint point) const {
  const GridShape& shape = grid_.elevation_m.shape;
  if (!shape.contains(point)) return interpolate(grid_.elevation_m, point);
  const std::size_t cell = shape.cell_of(point);
  double lowest_m = std::numeric_limits<double>::infinity();
  for (long ring = 0; ring <= bank_rings && std::isinf(lowest_m); ++ring) {
    around(shape, cell, ring, [&](std::size_t other) {
      if (channel_[other] == 0) {
        lowest_m = std::min(lowest_m, double(grid_.elevation_m.values[other]));
      }
    });
  }
  return std::isinf(lowest_m) ? grid_.elevation_m.values[cell] : lowest_m;
}

double EntityDepths::ground_or_bank_m(std::size_t cell, LocalPoint point) const {
  return channel_[cell] != 0 ? bank_m(point) : grid_.elevation_m.values[cell];
}

void EntityDepths::sample_road(const World& world, std::uint32_t row) {
  const GridShape& shape = grid_.elevation_m.shape;
  const auto line = world.roads().shape_of(row);
  if (line.empty()) return;
  const bool bridge = world.entities(Kind::road).attribute(road_attribute::bridge, row) == 1;
  const double height_m = deck_height_m(world, row);
  const double long_m = length_m(line);
  const double from_m = bridge ? bank_m(line.front()) : 0;
  const double to_m = bridge ? bank_m(line.back()) : 0;
  const auto steps = static_cast<std::size_t>(std::ceil(long_m / (0.5 * shape.cell_m)));
  for (std::size_t step = 0; step <= steps; ++step) {
    const double share = steps == 0 ? 0 : double(step) / double(steps);
    const LocalPoint point = point_along(line, share * long_m);
    if (!shape.contains(point)) continue;
    const std::size_t cell = shape.cell_of(point);
    if (bridge) {
      add(cell, from_m + share * (to_m - from_m) + height_m);
    } else {
      add(cell, ground_or_bank_m(cell, point) + height_m);
    }
  }
}

void EntityDepths::sample_place(const World& world, EntityRef ref) {
  const GridShape& shape = grid_.elevation_m.shape;
  const LocalPoint place = world.place(ref);
  if (!shape.contains(place)) return;
  const std::size_t own = shape.cell_of(place);
  const auto ground_m = [this](std::size_t cell) { return double(grid_.elevation_m.values[cell]); };
  if (ref.kind == Kind::river_gauge) {
    const std::size_t cell = gauge_cell(world, grid_.elevation_m, place);
    add(cell, ground_m(cell));
    gauges_.push_back({ref.row, cell});
    return;
  }
  if (ref.kind == Kind::junction) {
    add(own, ground_or_bank_m(own, place) + deck_height_m_[ref.row]);
    return;
  }
  const std::size_t before = samples_.size();
  if (is_building(ref.kind)) {
    for (long ring = 0; ring <= 1; ++ring) {
      around(shape, own, ring, [&](std::size_t cell) {
        if (channel_[cell] == 0) add(cell, ground_m(cell));
      });
    }
  }
  if (samples_.size() == before) add(own, ground_m(own));
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
      stopped |= impassable_for(here_m, here_mps);
    }
    const EntityRef ref = entity_[i];
    state.at(ref, common_column::water_depth_m) = deepest;
    state.at(ref, common_column::water_speed_mps) = speed;
    state.at(ref, common_column::water_depth_velocity_m2ps) = std::max(strongest, 0.0);
    state.at(ref, common_column::hazard_class) = hazard;
    state.at(ref, common_column::impassable_for) = stopped;
  }
  for (const Gauge& gauge : gauges_) {
    state.at({Kind::river_gauge, gauge.row}, river_gauge_column::stage_m) =
        double(grid_.elevation_m.values[gauge.cell]) + depth_m[gauge.cell];
  }
}

}  // namespace kontwin::flood
