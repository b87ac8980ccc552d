// The terrain of the sample world at its full resolution.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <deque>

#include "io/import/csv_reader.hpp"
#include "io/synthesis/terrain_channels.hpp"
#include "tests/io/synthesis/sample_world.hpp"

namespace kontwin {
namespace {

const WorldParts& kontum() { return testing::shipped_land(); }

const River& river_named(const std::string& name) {
  const auto& rivers = kontum().rivers;
  const auto found = std::ranges::find(rivers, name, &River::name);
  EXPECT_NE(found, rivers.end()) << name;
  return *found;
}

void check_known_heights() {
  const CsvTable table = CsvTable::read(testing::kontum_assets() / "elevations.csv");
  std::size_t towns = 0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const bool town = table.text(row, "kind") == "town" && table.text(row, "provenance") == "fact";
    const bool peak = table.text(row, "kind") == "peak";
    if (!town && !peak) continue;
    const LocalPoint place = kontum().frame.to_local(
        {table.required_number(row, "lon"), table.required_number(row, "lat")});
    if (!inside(kontum().admin_units.front().outline, place)) continue;
    towns += town ? 1 : 0;
    EXPECT_NEAR(kontum().terrain->elevation_m(place), table.required_number(row, "elevation_m"),
                town ? 15 : 40)
        << table.text(row, "name");
  }
  EXPECT_GE(towns, 8U);
}

void check_gauges() {
  const CsvTable table = CsvTable::read(testing::kontum_assets() / "river_gauges.csv");
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const River& river = river_named(table.text(row, "river"));
    const LocalPoint place = kontum().frame.to_local(
        {table.required_number(row, "lon"), table.required_number(row, "lat")});
    const Foot foot = nearest_on(river.line, place);
    EXPECT_LT(foot.distance_m, 150) << table.text(row, "name") << " stands off its river";
    EXPECT_NEAR(kontum().terrain->elevation_m(foot.point), table.required_number(row, "bed_m"), 1.0)
        << table.text(row, "name");
  }
}

bool share_an_edge(const GridShape& shape, std::size_t a, std::size_t b) {
  const auto columns = static_cast<long>(shape.columns);
  const long across = static_cast<long>(a) % columns - static_cast<long>(b) % columns;
  const long up = static_cast<long>(a) / columns - static_cast<long>(b) / columns;
  return std::abs(across) + std::abs(up) == 1;
}

/// Counts the steps of a river's course on a grid that climb, or jump.
void check_course(const TerrainGrid& grid, const River& river) {
  const GridShape& shape = grid.elevation_m.shape;
  std::size_t climbs = 0;
  std::size_t jumps = 0;
  const auto cells = course_cells(shape, river.line);
  for (std::size_t i = 1; i < cells.size(); ++i) {
    if (grid.elevation_m.values[cells[i].cell] > grid.elevation_m.values[cells[i - 1].cell])
      ++climbs;
    if (!cells[i].entering && !share_an_edge(shape, cells[i].cell, cells[i - 1].cell)) ++jumps;
  }
  EXPECT_EQ(climbs, 0U) << river.name << " on " << grid.name;
  EXPECT_EQ(jumps, 0U) << river.name << " on " << grid.name;
}

/// A river ends on the one it flows into, or where the grid ends.
void check_mouth(const GridShape& shape, const River& river) {
  const auto cells = course_cells(shape, river.line);
  ASSERT_FALSE(cells.empty()) << river.name;
  EXPECT_TRUE(cells.front().entering);
  if (river.flows_into.empty()) {
    EXPECT_FALSE(shape.contains(river.line.back())) << river.name << " ends inside the world";
    return;
  }
  const River& into = river_named(river.flows_into);
  EXPECT_LT(nearest_on(into.line, river.line.back()).distance_m, 1) << river.name;
}

TEST(KonTumTerrain, StandsAtItsKnownHeightsAndLetsEveryRiverRunDown) {
  check_known_heights();
  check_gauges();
  ASSERT_EQ(kontum().terrain->grids.size(), 3U);
  EXPECT_EQ(kontum().terrain->grids.front().name, "province");
  EXPECT_EQ(kontum().terrain->grids.front().elevation_m.shape.cell_m, 90);
  for (const TerrainGrid& grid : kontum().terrain->grids) {
    for (const River& river : kontum().rivers) check_course(grid, river);
    EXPECT_TRUE(
        std::ranges::all_of(grid.elevation_m.values, [](float z) { return z > 0 && z < 2650; }));
    EXPECT_TRUE(std::ranges::all_of(grid.manning_n.values,
                                    [](float n) { return n >= 0.03F && n <= 0.1F; }));
  }
  for (const River& river : kontum().rivers) {
    check_mouth(kontum().terrain->grids.front().elevation_m.shape, river);
    EXPECT_TRUE(std::ranges::is_sorted(river.bed_m, std::greater<>{})) << river.name;
  }
}

/// Cells of the city's grid under a water surface that lies `depth_m` above the bed at the nearest
/// point of the Đăk Bla and is connected with it.
std::vector<bool> flooded(const TerrainGrid& grid, double depth_m) {
  const GridShape& shape = grid.elevation_m.shape;
  const River& river = river_named("Đăk Bla");
  std::vector<std::size_t> near;
  for (std::size_t i = 0; i < river.line.size(); ++i) {
    if (shape.contains(river.line[i])) near.push_back(i);
  }
  const auto stage_m = [&](std::size_t cell) {
    const LocalPoint at = shape.center(cell % shape.columns, cell / shape.columns);
    return river.bed_m[*std::ranges::min_element(near, {}, [&](std::size_t i) {
      return distance_m(at, river.line[i]);
    })] + depth_m;
  };
  std::vector<bool> wet(shape.cells(), false);
  std::vector<bool> seen(shape.cells(), false);
  std::deque<std::size_t> next;
  for (const CourseCell& at : course_cells(shape, river.line)) next.push_back(at.cell);
  while (!next.empty()) {
    const std::size_t cell = next.front();
    next.pop_front();
    if (seen[cell]) continue;
    seen[cell] = true;
    if (grid.elevation_m.values[cell] >= stage_m(cell)) continue;
    wet[cell] = true;
    const std::size_t column = cell % shape.columns;
    if (column > 0) next.push_back(cell - 1);
    if (column + 1 < shape.columns) next.push_back(cell + 1);
    if (cell >= shape.columns) next.push_back(cell - shape.columns);
    if (cell + shape.columns < shape.cells()) next.push_back(cell + shape.columns);
  }
  return wet;
}

/// Square kilometres that are wet and not between the river's banks.
double land_km2(const TerrainGrid& grid, const std::vector<bool>& wet) {
  double area_km2 = 0;
  for (std::size_t cell = 0; cell < wet.size(); ++cell) {
    if (wet[cell] && grid.manning_n.values[cell] > 0.031F) area_km2 += 20 * 20 / 1e6;
  }
  return area_km2;
}

TEST(KonTumTerrain, TheFloodOf2025TouchesARiversideFringeOfTheCityAndThatOf2009FarMore) {
  const TerrainGrid* const city = kontum().terrain->find("kontum-city");
  ASSERT_NE(city, nullptr);
  constexpr double bed_m = 513.5;
  const double low = land_km2(*city, flooded(*city, 515.6 - bed_m));
  const double bd1 = land_km2(*city, flooded(*city, 518.0 - bed_m));
  const double peak_2025 = land_km2(*city, flooded(*city, 519.86 - bed_m));
  const double record_2009 = land_km2(*city, flooded(*city, 524.15 - bed_m));
  EXPECT_LT(low, 0.1);
  EXPECT_LT(bd1, 1);
  EXPECT_GT(peak_2025, 4);
  EXPECT_LT(peak_2025, 12);
  EXPECT_GT(record_2009, 2.5 * peak_2025);
}

TEST(KonTumTerrain, TheFineGridsAgreeWithTheCoarseOneWithinReason) {
  const TerrainGrid& coarse = kontum().terrain->grids.front();
  for (const char* const name : {"kontum-city", "mang-den"}) {
    const TerrainGrid* const fine = kontum().terrain->find(name);
    ASSERT_NE(fine, nullptr);
    const GridShape& shape = fine->elevation_m.shape;
    double sum_m = 0;
    for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
      const LocalPoint at = shape.center(cell % shape.columns, cell / shape.columns);
      sum_m += std::abs(fine->elevation_m.values[cell] - interpolate(coarse.elevation_m, at));
    }
    EXPECT_LT(sum_m / static_cast<double>(shape.cells()), 4) << name;
  }
}

}  // namespace
}  // namespace kontwin
