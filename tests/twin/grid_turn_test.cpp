#include "twin/grid_turn.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace kontwin {
namespace {

TEST(GridTurn, LeavesPlacesToTheLastBitWhereItTurnsNothing) {
  const GridTurn none{0, {0.1, 0.7}};
  const LocalPoint at{318650.3, 5040000.1};
  EXPECT_FALSE(none.any());
  EXPECT_EQ(none.on_plane(at), at);
  EXPECT_EQ(none.along_axes(at), at);
  EXPECT_EQ(none.heading_on_plane({0.3, 0.4}), (LocalPoint{0.3, 0.4}));
  const GridShape shape{.left_m = 0.1, .bottom_m = 0.2, .cell_m = 0.3, .columns = 4, .rows = 5};
  const auto lies = none.geotransform(shape);
  EXPECT_EQ(lies, (std::array<double, 6>{0.1, 0.3, 0, shape.box().max_y_m, 0, -0.3}));
}

TEST(GridTurn, TurnsFromEastTowardsNorthAboutItsPlaceAndBack) {
  const GridTurn quarter{90, {100, 50}};
  const LocalPoint on = quarter.on_plane({110, 50});
  EXPECT_NEAR(on.x_m, 100, 1e-9);
  EXPECT_NEAR(on.y_m, 60, 1e-9);
  EXPECT_NEAR(quarter.heading_on_plane({1, 0}).y_m, 1, 1e-12);
  const GridTurn turn{27, {318650, 5040000}};
  const LocalPoint back = turn.along_axes(turn.on_plane({320000, 5041000}));
  EXPECT_NEAR(back.x_m, 320000, 1e-8);
  EXPECT_NEAR(back.y_m, 5041000, 1e-8);
}

TEST(GridTurn, TellsTheBoxOfAGridOnThePlaneAndWhereItsCellsLie) {
  const GridTurn turn{30, {1000, 2000}};
  const GridShape shape{.left_m = 1000, .bottom_m = 2000, .cell_m = 10, .columns = 20, .rows = 10};
  const double along = std::sqrt(0.75), across = 0.5;
  const LocalBox box = turn.box_on_plane(shape.box());
  EXPECT_NEAR(box.min_x_m, 1000 - 100 * across, 1e-9);
  EXPECT_NEAR(box.max_x_m, 1000 + 200 * along, 1e-9);
  EXPECT_NEAR(box.min_y_m, 2000, 1e-9);
  EXPECT_NEAR(box.max_y_m, 2000 + 200 * across + 100 * along, 1e-9);
  // The middle of the cell in column 3, row 2 from the south: row 7 from the north.
  const auto lies = turn.geotransform(shape);
  const LocalPoint middle = turn.on_plane(shape.center(3, 2));
  EXPECT_NEAR(lies[0] + 3.5 * lies[1] + 7.5 * lies[2], middle.x_m, 1e-9);
  EXPECT_NEAR(lies[3] + 3.5 * lies[4] + 7.5 * lies[5], middle.y_m, 1e-9);
}

}  // namespace
}  // namespace kontwin
