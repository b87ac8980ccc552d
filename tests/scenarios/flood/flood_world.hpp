#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "scenarios/flood/flood_engine.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin::testing {

inline constexpr Instant noon{std::chrono::hours(24 * 365)};

/// A valley 4 km long and 1.6 km wide, 20 m cells, that falls 1 in 500 to the east, with a river 60
/// m wide and 4 m deep down its middle (`Đăk Bla`) that starts 3 km west of the grid `town`. A
/// gauge stands on it at x = 2000 m, a dam upstream of the grid, homes for 100 people on the bank.
inline WorldParts valley_parts() {
  WorldParts parts = empty_parts(200, 80, 20, 0);
  auto terrain = std::make_shared<Terrain>(*parts.terrain);
  auto& ground = terrain->grids[0].elevation_m;
  for (std::size_t row = 0; row < 80; ++row) {
    for (std::size_t column = 0; column < 200; ++column) {
      const LocalPoint at = ground.shape.center(column, row);
      const double from_middle = std::abs(at.y_m - 790);
      const double side = from_middle <= 30 ? -4.0 : 0.01 * (from_middle - 30);
      ground.at(column, row) = static_cast<float>(100 - 0.002 * at.x_m + side);
    }
  }
  parts.terrain = std::move(terrain);
  River river{.name = "Đăk Bla",
              .flows_into = "",
              .line = {},
              .bed_m = {},
              .width_m = {},
              .bank_depth_m = {}};
  for (double x = -3000; x <= 4000; x += 100) {
    river.line.push_back({x, 790});
    river.bed_m.push_back(static_cast<float>(96 - 0.002 * x));
    river.width_m.push_back(60);
    river.bank_depth_m.push_back(4);
  }
  parts.rivers.push_back(std::move(river));
  const auto add = [&parts](Kind kind, const char* id, LocalPoint place,
                            std::vector<double> numbers) {
    return parts.add(kind, {.urn = make_urn(kind, id),
                            .name = id,
                            .place = place,
                            .provenance = Provenance::synthetic,
                            .source = 0,
                            .commune_code = "",
                            .attributes = std::move(numbers)});
  };
  add(Kind::river_gauge, "g1", {2000, 790}, {95, 96, 97, 99, 92});
  add(Kind::rain_gauge, "r1", {1000, 400}, {});
  add(Kind::reservoir, "dam", {-2500, 790}, {150, 120, 145, 30e6, 5e6, 10});
  const auto home = junction(parts, {2000, 850});
  add(Kind::residence, "homes", {2000, 850}, {100, 25, double(home)});
  return parts;
}

inline std::shared_ptr<const World> valley() { return World::seal(valley_parts()); }

inline TimeSeries steady(double value) { return {{noon}, {value}, TimeSeries::Between::hold}; }

inline Branch branch_of(std::shared_ptr<const World> world) {
  Branch branch;
  branch.name = "test";
  branch.state = StateTable(*world);
  branch.world = std::move(world);
  branch.start = noon;
  return branch;
}

inline FloodOptions options_for_town(double warmup_h = 0) {
  FloodOptions options;
  options.grid = "town";
  options.initial_stage_warmup_h = warmup_h;
  return options;
}

/// Runs `minutes` windows of a minute.
inline void run(Engine& engine, Branch& branch, int minutes, Instant from = noon) {
  for (int minute = 0; minute < minutes; ++minute) {
    const Instant begin = from + std::chrono::minutes(minute);
    engine.advance(branch.state, begin, begin + std::chrono::minutes(1));
  }
}

inline Balance balance_of(const Engine& engine, std::string_view quantity) {
  const auto all = engine.balances();
  const auto found = std::ranges::find(all, quantity, &Balance::quantity);
  return found == all.end() ? Balance{} : *found;
}

}  // namespace kontwin::testing
