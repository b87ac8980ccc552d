#include "twin/geometry.hpp"

#include <gtest/gtest.h>

#include <array>

namespace kontwin {
namespace {

constexpr std::array<LocalPoint, 3> corner{{{0, 0}, {100, 0}, {100, 50}}};
constexpr std::array<LocalPoint, 4> square{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}};

TEST(Geometry, APolylineIsAsLongAsItsSegments) {
  EXPECT_DOUBLE_EQ(length_m(corner), 150);
  EXPECT_DOUBLE_EQ(length_m(std::span(corner).first(1)), 0);
}

TEST(Geometry, AlongAPolylineIsHeldToItsEnds) {
  EXPECT_EQ(point_along(corner, 120), (LocalPoint{100, 20}));
  EXPECT_EQ(point_along(corner, -5), corner.front());
  EXPECT_EQ(point_along(corner, 1000), corner.back());
}

TEST(Geometry, TheNearestPlaceIsOnTheNearestSegment) {
  const Foot foot = nearest_on(corner, {110, 20});
  EXPECT_EQ(foot.point, (LocalPoint{100, 20}));
  EXPECT_DOUBLE_EQ(foot.distance_m, 10);
  EXPECT_DOUBLE_EQ(foot.along_m, 120);
  EXPECT_EQ(nearest_on(corner, {-3, -4}).point, corner.front());
}

TEST(Geometry, InsideFollowsTheEvenOddRule) {
  EXPECT_TRUE(inside(square, {5, 5}));
  EXPECT_FALSE(inside(square, {15, 5}));
  EXPECT_FALSE(inside({}, {5, 5}));
}

TEST(Geometry, AnAreaIsTheSameEitherWayRound) {
  EXPECT_DOUBLE_EQ(area_m2(square), 100);
  EXPECT_DOUBLE_EQ(area_m2(std::array{square[3], square[2], square[1], square[0]}), 100);
}

}  // namespace
}  // namespace kontwin
