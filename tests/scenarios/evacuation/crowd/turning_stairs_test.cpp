#include <gtest/gtest.h>

#include <cmath>

#include "tests/scenarios/evacuation/crowd/crowd_run_case.hpp"

namespace kontwin::crowd::test {
namespace {

constexpr double storey_m = 3.2, flight_m = 1.2;

Surface flight(std::string id, double x0, LocalPoint low, LocalPoint high, double height_m) {
  return {.id = std::move(id),
          .kind = Surface::Kind::stairs,
          .shape = rectangle(x0, 2, x0 + flight_m, 5),
          .height_m = height_m,
          .low = low,
          .high = high,
          .rise_m = storey_m / 2};
}

/// A stair of two flights with a post between them and a half landing in each storey, and a hall
/// beside it; the exit is on the ground floor.
Building turning_stairs(int storeys, double post_m) {
  Building building;
  const double back_m = flight_m + post_m, end_m = back_m + flight_m;
  std::uint32_t above = 0;
  for (int storey = 0; storey < storeys; ++storey) {
    const double z_m = storey_m * storey;
    const std::string name = std::to_string(storey);
    const auto hall = static_cast<std::uint32_t>(building.surfaces.size());
    building.surfaces.push_back(floor("hall " + name, rectangle(-12, -4, 0, 4), z_m));
    building.surfaces.push_back(floor("landing " + name, rectangle(0, 0.6, end_m, 2), z_m));
    building.openings.push_back(opening("to stair " + name, hall, hall + 1, {0, 0.6}, {0, 2}));
    building.areas.push_back({"people " + name, hall, rectangle(-11.5, -3.5, -0.5, 3.5)});
    if (storey > 0) {
      // Down from this landing to the half landing, and from there back to the landing below.
      const std::uint32_t down = hall + 2, half = hall + 3, back = hall + 4;
      const double half_m = z_m - storey_m / 2, middle_m = flight_m / 2;
      building.surfaces.push_back(flight("down " + name, 0, {middle_m, 5}, {middle_m, 2}, half_m));
      building.surfaces.push_back(
          floor("half landing " + name, rectangle(0, 5, end_m, 6.4), half_m));
      building.surfaces.push_back(flight("back " + name, back_m, {back_m + middle_m, 2},
                                         {back_m + middle_m, 5}, z_m - storey_m));
      building.openings.push_back(opening("head " + name, hall + 1, down, {0, 2}, {flight_m, 2}));
      building.openings.push_back(opening("turn " + name, down, half, {0, 5}, {flight_m, 5}));
      building.openings.push_back(opening("turned " + name, half, back, {back_m, 5}, {end_m, 5}));
      building.openings.push_back(opening("foot " + name, back, above, {back_m, 2}, {end_m, 2}));
    }
    above = hall + 1;
  }
  building.exits = {exit("out", 0, {-12, -1}, {-12, 1})};
  return building;
}

TEST(TurningStairs, EverybodyGetsDownInEveryModel) {
  for (const double post_m : {0.0, 0.3}) {
    const Building building = turning_stairs(3, post_m);
    std::vector<Person> people;
    for (const std::uint32_t storey : {1U, 2U}) {
      const Area& area = building.areas[storey];
      const auto some = people_in(area.surface, area.shape, 80, weidmann(), storey);
      people.insert(people.end(), some.begin(), some.end());
    }
    for (const auto model :
         {MovementOptions::Model::collision_free_speed, MovementOptions::Model::anticipation,
          MovementOptions::Model::social_force}) {
      CrowdOptions options;
      options.movement = movement_options(model);
      CrowdRun run(building, people, options);
      run.until_empty(400);
      EXPECT_EQ(run.crowd.count().out, people.size())
          << "model " << static_cast<int>(model) << ", post of " << post_m << " m";
    }
  }
}

TEST(TurningStairs, WaysOnALandingLeadOffTheLineBehindAndPastThePost) {
  const Ground ground(turning_stairs(2, 0), 0.2);
  const WayField field = way_to(ground, {}, 0.05);
  const std::uint32_t half_landing = 5;
  const auto direction = [&](double x, double y) {
    return field.direction(half_landing, static_cast<float>(x - ground.origin().x_m),
                           static_cast<float>(y - ground.origin().y_m));
  };
  for (double x = 0.3; x < 1.2; x += 0.1) {
    // Right behind the line nobody is sent back, and nobody against the post at 1.2, 5.
    EXPECT_GT(direction(x, 5.05).y, 0) << x;
    EXPECT_GT(direction(x, 5.05).x, 0) << x;
  }
  for (double x = 1.5; x < 2.3; x += 0.1) EXPECT_LT(direction(x, 5.2).y, -0.9) << x;
}

}  // namespace
}  // namespace kontwin::crowd::test
