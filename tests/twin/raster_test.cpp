#include "twin/raster.hpp"

#include <gtest/gtest.h>

#include "twin/terrain.hpp"

namespace kontwin {
namespace {

constexpr GridShape shape{.left_m = 100, .bottom_m = 200, .cell_m = 10, .columns = 4, .rows = 3};

TEST(Raster, CellsAreFoundByTheirCentres) {
  for (std::size_t row = 0; row < shape.rows; ++row) {
    for (std::size_t column = 0; column < shape.columns; ++column) {
      EXPECT_EQ(shape.cell_of(shape.center(column, row)), shape.at(column, row));
    }
  }
}

TEST(Raster, ItsSouthWestEdgeIsInsideAndItsNorthEastEdgeIsNot) {
  EXPECT_TRUE(shape.contains({100, 200}));
  EXPECT_FALSE(shape.contains({140, 210}));
  EXPECT_FALSE(shape.contains({110, 230}));
}

TEST(Raster, BetweenCentresAPlaneIsExact) {
  Raster<float> plane(shape);
  for (std::size_t row = 0; row < shape.rows; ++row) {
    for (std::size_t column = 0; column < shape.columns; ++column) {
      plane.at(column, row) = static_cast<float>(2 * column + 10 * row);
    }
  }
  EXPECT_DOUBLE_EQ(interpolate(plane, shape.center(1, 1)), 12);
  EXPECT_DOUBLE_EQ(interpolate(plane, {120, 215}), 13);
  EXPECT_DOUBLE_EQ(interpolate(plane, {120, 220}), 18);
  EXPECT_DOUBLE_EQ(interpolate(plane, {-1000, -1000}), 0) << "held to the grid";
  EXPECT_DOUBLE_EQ(interpolate(plane, {1000, 1000}), 26);
}

TEST(Terrain, TheFinestGridThatHoldsThePointAnswers) {
  Terrain terrain;
  const GridShape inset{.left_m = 110, .bottom_m = 210, .cell_m = 1, .columns = 5, .rows = 5};
  terrain.grids.push_back({"coarse", Raster<float>(shape, 500), Raster<float>(shape, 0.03F)});
  terrain.grids.push_back({"fine", Raster<float>(inset, 510), Raster<float>(inset, 0.03F)});
  EXPECT_EQ(terrain.elevation_m({112, 212}), 510);
  EXPECT_EQ(terrain.elevation_m({135, 225}), 500);
  EXPECT_EQ(terrain.finest_at({-1, -1}).name, "coarse");
  EXPECT_EQ(terrain.find("fine")->elevation_m.shape, inset);
  EXPECT_EQ(terrain.find("none"), nullptr);
}

}  // namespace
}  // namespace kontwin
