#include <gtest/gtest.h>

#include "scenarios/evacuation/crowd/ground_grid.hpp"
#include "tests/scenarios/evacuation/crowd/ground_places.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {
namespace {

using namespace test;

Goal point(double x_m, double y_m) {
  return {.kind = Goal::Kind::point, .index = 0, .surface = 0, .point = {x_m, y_m}};
}

Building field_of(double size_m) {
  Building building;
  building.surfaces = {floor("field", rectangle(0, 0, size_m, size_m))};
  building.exits = {exit("out", 0, {0, 0}, {2, 0})};
  return building;
}

TEST(WayTo, FortyMetresInEveryDirectionAreExactToThreeInAThousand) {
  const Ground ground(field_of(90), 0.5);
  const WayField way = way_to(ground, point(45, 45), 0.2);
  double worst = 0;
  for (int degree = 0; degree < 360; degree += 5) {
    const double angle = degree * 3.14159265358979 / 180;
    const auto x = static_cast<float>(45 + 40 * std::cos(angle));
    const auto y = static_cast<float>(45 + 40 * std::sin(angle));
    worst = std::max(worst, std::abs(way.distance(0, x, y) - 40.0) / 40);
    // Directions bend along walls, within the range over which they are smoothed.
    const auto [dx, dy] = way.direction(0, 45 + (x - 45) / 2, 45 + (y - 45) / 2);
    EXPECT_LT(std::acos(std::min(1.0, -dx * std::cos(angle) - dy * std::sin(angle))), 0.02)
        << degree;
  }
  EXPECT_LT(worst, 0.003);
}

TEST(WayTo, AroundACornerTheWayIsTheTautStringsWithinTwoInAHundred) {
  Building building = field_of(40);
  building.surfaces[0].shape.holes = {{{10, 10}, {30, 10}, {30, 30}, {10, 30}}};
  const Ground ground(building, 0.25);
  const WayField way = way_to(ground, point(5, 20), 0);
  const double taut = 2 * std::hypot(5, 10) + 20;
  EXPECT_NEAR(way.distance(0, 35, 20), taut, 0.02 * taut);
}

TEST(WayTo, RoundACornerEverybodyKeepsToHisSideAndEveryStepLeadsNearer) {
  Building building;
  building.surfaces = {
      floor("street", {{{0, 0}, {26, 0}, {26, 38}, {20, 38}, {20, 6}, {0, 6}}, {}})};
  building.exits = {exit("end", 0, {20, 38}, {26, 38})};
  const Ground ground(building, 0.25);
  const WayField way = way_to(ground, {}, 0.2);
  // Two who start by the inner and by the outer wall pass the middle of the corner far apart.
  std::vector<float> passed;
  for (const float start : {5.F, 1.F}) {
    float x = 2, y = start, left = way.distance(0, x, y);
    for (int i = 0; i < 2000 && y < 37.5F; ++i) {
      const auto [dx, dy] = way.direction(0, x, y);
      x += 0.05F * dx;
      y += 0.05F * dy;
      const float now = way.distance(0, x, y);
      EXPECT_LT(now, left) << x << " " << y;
      left = now;
      if (passed.size() < (start > 4 ? 1U : 2U) && x - 20 > 6 - y) passed.push_back(x);
    }
    EXPECT_GE(y, 37.5F);
  }
  ASSERT_EQ(passed.size(), 2U);
  EXPECT_GT(passed[1] - passed[0], 1);
}

TEST(WayTo, KeepsOffACornerByTheBodysRadius) {
  Building building = field_of(40);
  building.surfaces[0].shape.holes = {{{10, 0.01}, {30, 0.01}, {30, 30}, {10, 30}}};
  const Ground ground(building, 0.1);
  const WayField way = way_to(ground, point(35, 20), 0.4);
  // Follow the way from the west: it never comes nearer to the obstacle than most of the radius.
  float x = 5, y = 20;
  double nearest = 9;
  const std::vector<LocalPoint> ring{{10, 0}, {30, 0}, {30, 30}, {10, 30}, {10, 0}};
  for (int i = 0; i < 2000 && std::hypot(x - 35, y - 20) > 0.5; ++i) {
    const auto [dx, dy] = way.direction(0, x, y);
    x += 0.05F * dx;
    y += 0.05F * dy;
    nearest = std::min(nearest, nearest_on(ring, {x, y}).distance_m);
  }
  EXPECT_LT(std::hypot(x - 35, y - 20), 0.5);
  EXPECT_GT(nearest, 0.3);
}

TEST(WayTo, ContinuesThroughAnOpeningObliquely) {
  Building building = two_rooms();
  building.openings[0] = opening("wide", 0, 1, {10, 0}, {10, 10});
  building.exits[0] = exit("out", 1, {19, 0}, {20, 0});
  const Ground ground(building, 0.25);
  const WayField way = way_to(ground, {}, 0.2);
  const double straight = std::hypot(19 + 0.2 - 1, 9);
  EXPECT_NEAR(way.distance(0, 1, 9), straight, 0.01 * straight);
}

TEST(WayTo, ADoorBesideTheWayDoesNotTurnAnybody) {
  // A corridor of 1 m with cabins on both sides; who comes out of one must not be led into another.
  Building building;
  building.surfaces = {floor("corridor", rectangle(0, 0, 18, 1))};
  for (std::uint32_t i = 0; i < 6; ++i) {
    const double x = 3 * i;
    building.surfaces.push_back(floor("north " + std::to_string(i), rectangle(x, 1, x + 3, 6)));
    building.openings.push_back(opening("n" + std::to_string(i), i + 1, 0, {x + 1, 1}, {x + 2, 1}));
  }
  building.exits = {exit("end", 0, {18, 0}, {18, 1})};
  const Ground ground(building, 0.25);
  const WayField field = way_to(ground, {Goal::Kind::exit, 0, 0, {}}, 0.05);
  for (float x = 0.3F; x < 17.5F; x += 0.1F) {
    for (float y = 0.1F; y < 0.95F; y += 0.1F) {
      EXPECT_GT(field.direction(0, x, y).x, 0.5F) << x << ' ' << y;
    }
  }
}

TEST(WayTo, AShutDoorLeavesNoWayBehindIt) {
  Ground ground(two_rooms(), 0.25);
  EXPECT_NEAR(way_to(ground, {}, 0.2).distance(0, 5, 5), 15, 0.1);
  ground.set_opening_open(0, false);
  const WayField way = way_to(ground, {}, 0.2);
  EXPECT_EQ(way.distance(0, 5, 5), never_s);
  EXPECT_EQ(way.direction(0, 5, 5).x, 0);
  EXPECT_NEAR(way.distance(1, 15, 5), 5, 0.05);
}

TEST(WayTo, StairsCountTheLengthOfTheirSlope) {
  Building building;
  building.surfaces = {floor("low", rectangle(0, 0, 4, 2)),
                       {.id = "stair",
                        .kind = Surface::Kind::stairs,
                        .shape = rectangle(4, 0, 8, 2),
                        .low = {4, 1},
                        .high = {8, 1},
                        .rise_m = 3},
                       floor("high", rectangle(8, 0, 12, 2), 3)};
  building.openings = {opening("foot", 0, 1, {4, 0}, {4, 2}), opening("top", 1, 2, {8, 0}, {8, 2})};
  building.exits = {exit("out", 2, {12, 0}, {12, 2})};
  const Ground ground(building, 0.2);
  EXPECT_NEAR(way_to(ground, {}, 0.2).distance(0, 1, 1), 3 + 5 + 4, 0.1);
}

TEST(WayTo, WallsOfTheStoreyBelowAreNotInTheWayOfADoorAbove) {
  Building building = two_rooms();
  building.surfaces[0].height_m = building.surfaces[1].height_m = 3;
  building.surfaces.push_back(floor("below", rectangle(0, 0, 10, 10)));
  const Ground ground(building, 0.25);
  EXPECT_NEAR(way_to(ground, {}, 0.2).distance(0, 5, 5), 15, 0.1);
}

TEST(WayTo, SlowGroundCountsAsLongerAndImpassableGroundIsGoneRound) {
  const Ground ground(field_of(20), 0.25);
  std::vector<float> speed(ground.grid().cells(), 0.5F);
  const WayField slow = way_to(ground, point(15, 10), 0.2, speed);
  EXPECT_NEAR(slow.distance(0, 5, 10), 20, 0.1);
  const WayField::Sheet& sheet = ground.grid().sheets[0];
  std::ranges::fill(speed, 1.F);
  for (std::uint32_t j = 0; j < sheet.rows; ++j) {
    for (std::uint32_t i = 0; i < sheet.columns; ++i) {
      const double x = sheet.x0_m + double{1} * i / sheet.per_m;
      const double y = sheet.y0_m + double{1} * j / sheet.per_m;
      if (x > 9 && x < 11 && y < 15) speed[sheet.begin + j * sheet.columns + i] = 0;
    }
  }
  EXPECT_NEAR(way_to(ground, point(15, 10), 0.2, speed).distance(0, 5, 10),
              2 * std::hypot(4, 5) + 2, 0.3);
  EXPECT_THROW(way_to(ground, point(15, 10), 0.2, std::vector<float>(3)), ScenarioError);
}

TEST(WayTo, AGapThinnerThanACellIsFoundAndAThinWallIsNotSeenThrough) {
  Building building = field_of(20);
  // Two thin walls across the room leave 0.45 m at y = 10, while cells are 0.5 m wide.
  building.surfaces[0].shape.holes = {{{10, 0.01}, {10.1, 0.01}, {10.1, 9.8}, {10, 9.8}},
                                      {{10, 10.25}, {10.1, 10.25}, {10.1, 19.99}, {10, 19.99}}};
  const Ground ground(building, 0.5);
  const WayField way = way_to(ground, point(15, 2), 0.2);
  const double taut = std::hypot(5, 8) + std::hypot(5, 8);
  EXPECT_NEAR(way.distance(0, 5, 2), taut, 0.06 * taut);
  // On either side of the thin wall the way leads along it, each its own: north on the west side.
  EXPECT_GT(way.direction(0, 9.75F, 5).y, 0.7F);
  EXPECT_LT(way.direction(0, 10.35F, 4).y, -0.1F);
}

TEST(WayTo, AnAreaIsReachedAtItsBorder) {
  Building building = field_of(20);
  building.areas = {{"stage", 0, rectangle(14, 8, 18, 12)}};
  const Ground ground(building, 0.25);
  const WayField way =
      way_to(ground, {.kind = Goal::Kind::area, .index = 0, .surface = 0, .point = {}}, 0.2);
  EXPECT_NEAR(way.distance(0, 4, 10), 10, 0.05);
  EXPECT_EQ(way.distance(0, 16, 10), 0);
  EXPECT_THROW(
      way_to(ground, {.kind = Goal::Kind::area, .index = 1, .surface = 0, .point = {}}, 0.2),
      ScenarioError);
}

TEST(WayTo, AnOpeningIsReachedFromBothSides) {
  const Ground ground(two_rooms(), 0.25);
  const WayField way =
      way_to(ground, {.kind = Goal::Kind::opening, .index = 0, .surface = 0, .point = {}}, 0.2);
  EXPECT_NEAR(way.distance(0, 5, 5), 5, 0.02);
  EXPECT_NEAR(way.distance(1, 15, 5), 5, 0.02);
  EXPECT_GT(way.direction(0, 5, 5).x, 0.99F);
  EXPECT_LT(way.direction(1, 15, 5).x, -0.99F);
}

}  // namespace
}  // namespace kontwin::crowd
