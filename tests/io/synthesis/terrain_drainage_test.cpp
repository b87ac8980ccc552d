#include "io/synthesis/terrain_drainage.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "io/synthesis/terrain_channels.hpp"
#include "twin/random.hpp"

namespace kontwin {
namespace {

constexpr GridShape small{.left_m = 0, .bottom_m = 0, .cell_m = 10, .columns = 30, .rows = 20};

Raster<float> rough_surface() {
  Raster<float> surface(small);
  RandomStream random(7, 0);
  for (float& height_m : surface.values) height_m = static_cast<float>(random.uniform(0, 50));
  return surface;
}

TEST(TerrainDrainage, EveryCellDrainsToAnOutletThroughCellsVisitedBeforeIt) {
  const Drainage drainage = drain(rough_surface(), std::vector<std::uint8_t>(small.cells(), 0));
  ASSERT_EQ(drainage.order.size(), small.cells());
  std::vector<std::size_t> position(small.cells());
  for (std::size_t i = 0; i < drainage.order.size(); ++i) position[drainage.order[i]] = i;
  for (std::size_t cell = 0; cell < small.cells(); ++cell) {
    const std::size_t to = drainage.receiver[cell];
    EXPECT_TRUE(to == cell || position[to] < position[cell]) << cell;
  }
}

TEST(TerrainDrainage, AllAreaArrivesAtTheOutlets) {
  const Drainage drainage = drain(rough_surface(), std::vector<std::uint8_t>(small.cells(), 0));
  const auto area_m2 = drained_area_m2(drainage, small.cell_m);
  double at_outlets_m2 = 0;
  for (std::size_t cell = 0; cell < small.cells(); ++cell) {
    if (drainage.receiver[cell] == cell) at_outlets_m2 += area_m2[cell];
  }
  EXPECT_DOUBLE_EQ(at_outlets_m2, 100.0 * static_cast<double>(small.cells()));
}

TEST(TerrainDrainage, FillingLeavesNoHollow) {
  Raster<float> surface = rough_surface();
  const std::vector<std::uint8_t> outlet(small.cells(), 0);
  fill_hollows(surface, drain(surface, outlet), 0.01F);
  for (std::size_t row = 1; row + 1 < small.rows; ++row) {
    for (std::size_t column = 1; column + 1 < small.columns; ++column) {
      bool lower = false;
      for (std::size_t r = row - 1; r <= row + 1; ++r) {
        for (std::size_t c = column - 1; c <= column + 1; ++c) {
          lower = lower || surface.at(c, r) < surface.at(column, row);
        }
      }
      EXPECT_TRUE(lower) << column << ", " << row;
    }
  }
}

RiverCourse straight_river(LocalPoint from, LocalPoint to, float bed_from_m, float bed_to_m) {
  RiverCourse course;
  course.river.line = {from, to};
  course.river.bed_m = {bed_from_m, bed_to_m};
  course.along_m = {0, distance_m(from, to)};
  return course;
}

TEST(TerrainChannels, ACourseIsAChainOfCellsThatShareEdges) {
  const std::vector<LocalPoint> line{{5, 5}, {205, 130}, {295, 40}};
  const auto cells = course_cells(small, line);
  ASSERT_GT(cells.size(), 30U);
  EXPECT_TRUE(cells.front().entering);
  for (std::size_t i = 1; i < cells.size(); ++i) {
    const auto dx =
        static_cast<long>(cells[i].cell % 30) - static_cast<long>(cells[i - 1].cell % 30);
    const auto dy =
        static_cast<long>(cells[i].cell / 30) - static_cast<long>(cells[i - 1].cell / 30);
    EXPECT_EQ(std::abs(dx) + std::abs(dy), 1);
    EXPECT_FALSE(cells[i].entering);
  }
}

TEST(TerrainChannels, ACourseThatLeavesTheGridEntersItAnew) {
  const std::vector<LocalPoint> line{{-50, 50}, {100, 50}, {100, 400}, {200, 400}, {200, 50}};
  const auto cells = course_cells(small, line);
  std::size_t entries = 0;
  for (const CourseCell& at : cells) entries += at.entering ? 1 : 0;
  EXPECT_EQ(entries, 2U);
}

TEST(TerrainChannels, CrossingRiversBothRunDownhillAfterCarving) {
  // The second crosses the first where it is lower, and would have to climb afterwards.
  const std::vector<RiverCourse> courses{straight_river({5, 100}, {295, 100}, 30, 10),
                                         straight_river({200, 195}, {200, 5}, 40, 12)};
  Raster<float> surface = rough_surface();
  const auto on_course = carve_channels(surface, courses);
  for (const RiverCourse& course : courses) {
    float before_m = 1e9F;
    for (const CourseCell& at : course_cells(small, course.river.line)) {
      EXPECT_LE(surface.values[at.cell], before_m);
      EXPECT_EQ(on_course[at.cell], 1);
      before_m = surface.values[at.cell];
    }
  }
}

}  // namespace
}  // namespace kontwin
