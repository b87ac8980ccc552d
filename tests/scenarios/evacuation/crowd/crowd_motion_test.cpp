#include "scenarios/evacuation/crowd/crowd_motion.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>

#include "tests/scenarios/evacuation/crowd/people_among_walls.hpp"
#include "twin/error.hpp"
#include "twin/random.hpp"

namespace kontwin::testing {
namespace {

using crowd::movement_options;
using crowd::MovementOptions;
using Model = MovementOptions::Model;

constexpr Model every_model[] = {Model::collision_free_speed, Model::anticipation,
                                 Model::social_force};
constexpr Model velocity_models[] = {Model::collision_free_speed, Model::anticipation};

/// A room of 12 m x 12 m with a wall across that leaves a gap, and people all over it who walk all
/// ways.
std::unique_ptr<People> crowded_room(const MovementOptions& options, std::size_t threads,
                                     int people) {
  Plan plan;
  plan.box(0, 0, 12, 12).wall(6, 0, 6, 5).wall(6, 7, 6, 12);
  auto room = std::make_unique<People>(plan, options, threads);
  for (int i = 0; i < people; ++i) {
    RandomStream random(3, static_cast<std::uint64_t>(i));
    const auto angle = static_cast<float>(random.uniform(0, 6.28));
    const float column = static_cast<float>(i % 30) * 0.39F,
                row = static_cast<float>(i / 30) * 0.39F;
    room->add(0.3F + column + (column > 5.5F ? 0.3F : 0.0F), 0.3F + row,
              {std::cos(angle), std::sin(angle), 1.3F}, 0.15F);
  }
  return room;
}

TEST(CrowdMotion, APersonAloneWalksAtTheSpeedItWishes) {
  for (const Model model : every_model) {
    People people(Plan().box(-5, -5, 60, 5), movement_options(model));
    const auto one = people.add(0, 0, {1, 0, 1.34F});
    people.walk(5);
    const float from = people.x(one);
    people.walk(30);
    EXPECT_NEAR(people.x(one) - from, 30 * 1.34, 0.05);
    EXPECT_NEAR(people.y(one), 0, 1e-3);
  }
}

TEST(CrowdMotion, NobodyPassesThroughAWall) {
  for (const Model model : every_model) {
    People people(Plan().box(0, 0, 6, 6), movement_options(model));
    for (int i = 0; i < 150; ++i) {
      const float x = 0.3F + 0.4F * static_cast<float>(i % 13),
                  y = 0.3F + 0.4F * static_cast<float>(i / 13);
      const float length = std::hypot(6 - x, 6 - y);
      people.add(x, y, {(6 - x) / length, (6 - y) / length, 2.0F});  // all into one corner
    }
    people.walk(20);
    for (std::uint32_t i = 0; i < 150; ++i) {
      EXPECT_GT(people.x(i), 0) << i;
      EXPECT_LT(people.x(i), 6) << i;
      EXPECT_GT(people.y(i), 0) << i;
      EXPECT_LT(people.y(i), 6) << i;
    }
  }
}

TEST(CrowdMotion, BodiesKeepOffWallsByTheirRadiusInVelocityModels) {
  for (const Model model : velocity_models) {
    People people(Plan().box(0, 0, 10, 10), movement_options(model));
    const auto one = people.add(5, 5, {0.6F, 0.8F, 1.5F}, 0.2F);
    people.walk(30);
    EXPECT_GT(people.x(one), 8.5F);
    EXPECT_GT(people.y(one), 8.5F);
    EXPECT_LE(people.x(one), 9.8F + 1e-3F);
    EXPECT_LE(people.y(one), 9.8F + 1e-3F);
  }
}

TEST(CrowdMotion, AWallOfAnotherStoreyHidesNobody) {
  // Two who meet in a corridor where a wall stands across two storeys higher up.
  for (const Model model : velocity_models) {
    People people(Plan().box(0, 0, 10, 1, 0).wall(5, 0, 5, 1, 7), movement_options(model));
    people.add(4.4F, 0.5F, {1, 0, 1.3F});
    people.add(5.6F, 0.5F, {-1, 0, 1.3F});
    float deepest = 0;
    people.after_step = [&] { deepest = std::max(deepest, people.deepest_overlap()); };
    people.walk(3);
    EXPECT_LT(deepest, 0.02F);
  }
}

TEST(CrowdMotion, WhoWouldGoStraightBackTurnsRound) {
  for (const Model model : velocity_models) {
    People people(Plan().box(0, 0, 40, 4), movement_options(model));
    const auto one = people.add(20, 2, {1, 0, 1.3F});
    people.walk(3);
    const float turned_at = people.x(one);
    people.wishes[one] = {-1, 0, 1.3F};
    people.walk(3);
    EXPECT_LT(people.x(one), turned_at - 1);
  }
}

TEST(CrowdMotion, WhoIsTurnedBackIsSlowerThanWhoIsTurnedAside) {
  const auto walked_m = [](float heading_x, float heading_y) {
    People people(Plan().box(0, 0, 20, 20), movement_options(Model::anticipation));
    const auto one = people.add(10, 10, {0, 1, 1.3F});
    crowd::Pedestrians& rows = people.motion.people;
    rows.heading_x[0] = heading_x;
    rows.heading_y[0] = heading_y;
    rows.vx_mps[0] = 1.3F * heading_x;
    rows.vy_mps[0] = 1.3F * heading_y;
    people.walk(0.05);
    return std::hypot(people.x(one) - 10, people.y(one) - 10);
  };
  EXPECT_NEAR(walked_m(0, 1), 0.065F, 1e-4F);
  EXPECT_NEAR(walked_m(1, 0), 0.065F, 1e-4F);
  EXPECT_LT(walked_m(0.1F, -0.995F), 0.05F);
}

TEST(CrowdMotion, TheSameBitsOnOneThreadAndOnTwo) {
  for (const Model model : every_model) {
    const auto one = crowded_room(movement_options(model), 1, 840);
    const auto two = crowded_room(movement_options(model), 2, 840);
    ASSERT_GT(crowd::parts_of(840), 1U);
    one->walk(5);
    two->walk(5);
    const auto bytes = 840 * sizeof(float);
    EXPECT_EQ(0, std::memcmp(one->motion.people.x_m.data(), two->motion.people.x_m.data(), bytes));
    EXPECT_EQ(0, std::memcmp(one->motion.people.y_m.data(), two->motion.people.y_m.data(), bytes));
    EXPECT_EQ(one->motion.people.person, two->motion.people.person);
  }
}

TEST(CrowdMotion, BodiesDoNotReachIntoEachOtherInAJamUnlessTheySqueezePast) {
  for (const Model model : velocity_models) {
    MovementOptions options = movement_options(model);
    options.squeeze_mps = 0;
    const auto room = crowded_room(options, 1, 600);
    float deepest = 0;
    int step = 0;
    room->after_step = [&] {
      if (++step % 20 == 0) deepest = std::max(deepest, room->deepest_overlap());
    };
    room->walk(30);
    EXPECT_LT(deepest, 0.06F);  // a fifth of a body, for a moment
    EXPECT_LT(room->deepest_overlap(), 0.04F);
  }
}

TEST(CrowdMotion, WhoBeginsInsideAnotherIsPushedOutGently) {
  for (const Model model : velocity_models) {
    People people(Plan().box(-5, -5, 5, 5), movement_options(model));
    people.add(0, 0, {1, 0, 0});
    people.add(0.05F, 0, {1, 0, 0});
    people.add(0, 0.08F, {1, 0, 0});
    float fastest = 0;
    people.after_step = [&] {
      for (std::size_t row = 0; row < 3; ++row) {
        fastest = std::max(fastest, std::hypot(people.motion.people.vx_mps[row],
                                               people.motion.people.vy_mps[row]));
      }
    };
    people.walk(8);
    EXPECT_LT(people.deepest_overlap(), 0.01F);
    EXPECT_LE(fastest, 0.301F);
  }
}

TEST(CrowdMotion, TwoWhoMeetInACorridorPassEachOther) {
  for (const Model model : velocity_models) {
    People people(Plan().wall(-5, 0, 25, 0).wall(-5, 2, 25, 2), movement_options(model));
    const auto east = people.add(0, 1.0F, {1, 0, 1.3F});
    const auto west = people.add(20, 1.02F, {-1, 0, 1.3F});
    people.walk(13);
    EXPECT_GT(people.x(east), 14);
    EXPECT_LT(people.x(west), 6);
  }
}

TEST(CrowdMotion, WhoComesTowardsIsPassedOnTheSideThatPeoplePrefer) {
  // The other stands a little to the right of the way: the nearer side to pass is the left.
  for (const float side_m : {0.3F, 0.0F, -0.3F}) {
    MovementOptions options = movement_options(Model::anticipation);
    options.passing_side_m = side_m;
    People people(Plan().wall(-5, -3, 25, -3).wall(-5, 3, 25, 3), options);
    const auto east = people.add(0, 0.05F, {1, 0, 1.3F});
    const auto west = people.add(6, -0.05F, {-1, 0, 1.3F});
    people.walk(3);
    EXPECT_GT(people.x(east), people.x(west)) << side_m;
    EXPECT_EQ(people.y(east) < people.y(west), side_m > 0) << side_m;
  }
}

/// Of two who meet in a corridor that is a tenth of a metre wider than the wider of them, how far
/// the one got in 20 s that walks east.
float met_in_a_narrow_corridor(float squeeze_mps, float radius_m) {
  MovementOptions options = movement_options(Model::anticipation);
  options.squeeze_mps = squeeze_mps;
  const float width_m = 2 * radius_m + 0.1F;
  People people(Plan().wall(-5, 0, 25, 0).wall(-5, width_m, 25, width_m), options);
  const auto east = people.add(0, width_m / 2, {1, 0, 1.3F}, radius_m);
  people.add(10, width_m / 2, {-1, 0, 1.3F});
  people.walk(20);
  return people.x(east);
}

TEST(CrowdMotion, TwoOnFootWhoMeetWhereThereIsNoRoomSqueezePastEachOther) {
  EXPECT_GT(met_in_a_narrow_corridor(0.2F, 0.15F), 15);
  EXPECT_LT(met_in_a_narrow_corridor(0, 0.15F), 6);
  constexpr float wheelchair_radius_m = 0.35F;
  EXPECT_LT(met_in_a_narrow_corridor(0.2F, wheelchair_radius_m), 6);
}

TEST(CrowdMotion, FloorsOverOneAnotherDoNotMeet) {
  for (const Model model : every_model) {
    Plan plan;
    plan.box(-5, -5, 30, 5, 0).box(-5, -5, 30, 5, 3).wall(10, -5, 10, 5, 3);
    People people(plan, movement_options(model));
    ASSERT_TRUE(people.motion.cells().grid().levels);
    const auto below = people.add(0, 0, {1, 0, 1.3F}, 0.15F, 0);
    const auto above = people.add(9, 0, {1, 0, 0}, 0.15F, 3);  // stands over the way
    people.walk(16);
    EXPECT_NEAR(people.x(below), 20, 0.8);
    EXPECT_NEAR(people.x(above), 9, 0.02);
  }
}

TEST(CrowdMotion, WhoIsBehindAWallIsNotSeen) {
  for (const Model model : velocity_models) {
    People alone(Plan().box(-5, 0, 30, 4).box(-5, -4, 30, 0), movement_options(model));
    const auto one = alone.add(0, 0.3F, {1, 0, 1.3F});
    People beside(Plan().box(-5, 0, 30, 4).box(-5, -4, 30, 0), movement_options(model));
    const auto same = beside.add(0, 0.3F, {1, 0, 1.3F});
    for (int i = 0; i < 40; ++i) beside.add(static_cast<float>(i) * 0.5F, -0.2F, {1, 0, 0});
    alone.walk(10);
    beside.walk(10);
    EXPECT_EQ(alone.x(one), beside.x(same));
    EXPECT_EQ(alone.y(one), beside.y(same));
  }
}

TEST(CrowdMotion, AFasterPersonOvertakesASlowerOne) {
  People people(Plan().wall(-5, 0, 60, 0).wall(-5, 3, 60, 3),
                movement_options(Model::anticipation));
  const auto slow = people.add(3, 1.5F, {1, 0, 0.6F});
  const auto fast = people.add(0, 1.5F, {1, 0, 1.5F});
  people.walk(20);
  EXPECT_GT(people.x(fast), people.x(slow) + 3);
}

TEST(CrowdMotion, AFigureOutsideItsRangeIsNamed) {
  MovementOptions options;
  options.step_s = 0.2F;
  try {
    People people(Plan().box(0, 0, 1, 1), options);
    FAIL();
  } catch (const ScenarioError& error) {
    EXPECT_NE(std::string(error.what()).find("step_s is 0.2"), std::string::npos) << error.what();
  }
  options = {};
  options.time_gap_s = std::nanf("");
  EXPECT_THROW(People(Plan().box(0, 0, 1, 1), options), ScenarioError);
}

TEST(CrowdMotion, APlaceOutsideTheWallsIsNoHarm) {
  for (const Model model : every_model) {
    People people(Plan().box(0, 0, 5, 5), movement_options(model));
    people.add(-100, 300, {1, 0, 1});
    people.add(1e7F, -1e7F, {1, 0, 1});
    people.walk(1);
    EXPECT_NEAR(people.x(0), -99, 0.6);
  }
}

TEST(CrowdMotion, NobodyIsAlsoACrowd) {
  People people(Plan().box(0, 0, 5, 5), movement_options(Model::anticipation));
  people.walk(1);
  EXPECT_EQ(people.motion.people.count(), 0U);
}

}  // namespace
}  // namespace kontwin::testing
