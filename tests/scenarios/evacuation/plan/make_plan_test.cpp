#include "scenarios/evacuation/plan/make_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

#include "scenarios/evacuation/plan/measured_flows.hpp"
#include "tests/scenarios/evacuation/plan/plan_support.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/small_world.hpp"
#include "twin/error.hpp"

namespace kontwin::testing {
namespace {

using ::testing::HasSubstr;
using Reason = PlannedEvacuation::Reason;

TEST(MakePlan, GivesEveryoneInATownAPlaceAndAWay) {
  const auto world = town(5);
  const StateTable state(*world);
  const auto made = make_plan(*world, state, all_homes(*world), any_shelter, for_all());
  EXPECT_EQ(made.people, 2500U);
  EXPECT_EQ(made.by_vehicle + made.on_foot + made.by_bus, 2500U);
  EXPECT_TRUE(made.left.empty());
  const auto people = people_by_shelter(made.plan);
  EXPECT_LE(people.at(0), 500U);
  EXPECT_LE(people.at(1), 2000U);
  std::map<EntityRef, std::uint32_t> of_home;
  for (const auto& one : made.plan.assignments) {
    of_home[one.home] += one.people;
    std::uint32_t at = world->junction_of(one.home);
    if (one.route.empty()) continue;  // on foot, or at the shelter already
    for (const std::uint32_t road : one.route) {
      ASSERT_EQ(world->roads().from[road], at);
      at = world->roads().to[road];
    }
    EXPECT_EQ(at, world->junction_of({Kind::shelter, one.shelter}));
  }
  for (const auto& [home, count] : of_home) EXPECT_EQ(count, 100U) << home.row;
  EXPECT_GT(made.plan.lower_bound_s, 0);
  EXPECT_LE(made.plan.lower_bound_s, made.road_clearance_s);
  EXPECT_EQ(made.arrivals.back().second, 2500U);
  EXPECT_EQ(made.arrivals.back().first, made.clearance_s);
}

TEST(MakePlan, IsTheSameEveryTime) {
  const auto world = town(5);
  const StateTable state(*world);
  const auto a = make_plan(*world, state, all_homes(*world), any_shelter, for_all());
  const auto b = make_plan(*world, state, all_homes(*world), any_shelter, for_all());
  EXPECT_EQ(a.arrivals, b.arrivals);
  EXPECT_EQ(a.plan.lower_bound_s, b.plan.lower_bound_s);
  ASSERT_EQ(a.plan.assignments.size(), b.plan.assignments.size());
  for (std::size_t i = 0; i < a.plan.assignments.size(); ++i) {
    EXPECT_EQ(a.plan.assignments[i].route, b.plan.assignments[i].route);
    EXPECT_EQ(a.plan.assignments[i].people, b.plan.assignments[i].people);
  }
}

TEST(MakePlan, NamesTheBridgeThatHoldsEveryoneBack) {
  const auto world = World::seal(valley_parts(4000, 5000));
  const StateTable state(*world);
  PlanOptions options = for_all();
  options.households.no_vehicle_share = 0;
  const auto made = make_plan(*world, state, homes_at({0}), any_shelter, options);
  EXPECT_EQ(made.by_vehicle, 4000U);
  ASSERT_EQ(made.bottlenecks.size(), 1U);
  EXPECT_NEAR(made.bottlenecks[0].capacity_vph, 300, 0.1);
  EXPECT_GT(made.bottlenecks[0].full_share, 0.9);
  EXPECT_EQ(world->roads().from[made.bottlenecks[0].road], 1U);  // the bridge
  EXPECT_EQ(world->roads().to[made.bottlenecks[0].road], 2U);
  // Nothing merges: the plan is close to what nobody can beat.
  EXPECT_GE(made.road_clearance_s, made.plan.lower_bound_s);
  EXPECT_LT(made.road_clearance_s, 1.15 * made.plan.lower_bound_s);
  // Nobody sets out to stand in a queue.
  EXPECT_GT(made.waves.size(), 2U);
}

TEST(MakePlan, ItsBoundKnowsThatNearSheltersTogetherAreTooSmall) {
  // Each of the two near ones could take more than half of the vehicles, if those who come alone in
  // a car went there; both together take nine in ten people and no more.
  WorldParts parts = valley_parts(100, 45, 1800);
  const std::uint32_t far = junction(parts, {4900, 100});
  link(parts, 3, far, 10, 1800);
  for (const auto& [name, places, at] : {std::tuple{"near", 45.0, 3U}, {"far", 1000.0, far}}) {
    EntityRecord record;
    record.urn = make_urn(Kind::shelter, name);
    record.place = {3000, 100};
    record.attributes = {places, double(at)};
    parts.add(Kind::shelter, std::move(record));
  }
  const auto world = World::seal(std::move(parts));
  PlanOptions options = for_all();
  options.households.no_vehicle_share = 0;
  const auto made = make_plan(*world, StateTable(*world), homes_at({0}), any_shelter, options);
  EXPECT_TRUE(made.left.empty());
  EXPECT_GT(made.plan.lower_bound_s, 470);  // 4,900 m at 10 m/s
  EXPECT_LE(made.plan.lower_bound_s, made.road_clearance_s);
}

TEST(MakePlan, LeavesTheNearPlacesToThoseWhoAreFetched) {
  // A bus drives the way twice; half of the people have no vehicle, and the near school has room
  // for a little more.
  const auto world = two_schools(250, 1000);
  PlanOptions options = for_all();
  options.households.no_vehicle_share = 0.5;
  options.households.walk_limit_km = 0.1;
  options.buses = 4;
  const auto made = make_plan(*world, StateTable(*world), homes_at({0}), any_shelter, options);
  ASSERT_GT(made.by_bus, 100U);
  ASSERT_LT(made.by_bus, 250U);
  ASSERT_FALSE(made.plan.rounds.empty());
  for (const EvacuationPlan::Round& one : made.plan.rounds) EXPECT_EQ(one.shelter, 1U);
  EXPECT_EQ(people_by_shelter(made.plan).at(1), 250U);
}

TEST(MakePlan, TurnsTheOtherSideOfABridgeRoundWhereItMay) {
  const auto world = World::seal(valley_parts(4000, 5000));
  const StateTable state(*world);
  PlanOptions options = for_all();
  options.households.no_vehicle_share = 0;
  const auto homes = homes_at({0});
  const auto without = make_plan(*world, state, homes, any_shelter, options);
  EXPECT_TRUE(without.plan.contraflow.empty());
  options.contraflow_km = 5;
  const auto with = make_plan(*world, state, homes, any_shelter, options);
  EXPECT_FALSE(with.plan.contraflow.empty());
  EXPECT_LT(with.road_clearance_s, 0.6 * without.road_clearance_s);
  EXPECT_LT(with.plan.lower_bound_s, 0.6 * without.plan.lower_bound_s);
  EXPECT_LE(with.plan.lower_bound_s, with.road_clearance_s);
}

TEST(MakePlan, SaysWhichShelterIsFullAndWhoStaysOutside) {
  const auto world = World::seal(valley_parts(1000, 700));
  const StateTable state(*world);
  const auto made = make_plan(*world, state, homes_at({0}), any_shelter, for_all());
  ASSERT_EQ(made.shelters.size(), 1U);
  EXPECT_TRUE(made.shelters[0].full());
  EXPECT_EQ(made.people_left(), 300U);
  for (const auto& one : made.left) EXPECT_EQ(one.reason, Reason::no_room);
}

TEST(MakePlan, NamesHomesThatNoRoadLeadsAwayFrom) {
  const auto world = World::seal(valley_parts(1000, 2000));
  StateTable state(*world);
  for (const std::uint32_t road : {2U, 3U}) state.at({Kind::road, road}, road_column::debris) = 1;
  const auto made = make_plan(*world, state, homes_at({0}), any_shelter, for_all());
  EXPECT_TRUE(made.plan.assignments.empty());
  EXPECT_EQ(made.people_left(), 1000U);
  for (const auto& one : made.left) EXPECT_EQ(one.reason, Reason::no_way);
}

TEST(MakePlan, WhoHasNoVehicleWalksOrIsFetchedByBus) {
  const auto world = World::seal(valley_parts(400, 2000));
  const StateTable state(*world);
  PlanOptions options = for_all();
  options.households.no_vehicle_share = 1;
  options.households.car_share = 0;
  const auto homes = homes_at({0});
  options.households.walk_limit_km = 4;
  const auto walking = make_plan(*world, state, homes, any_shelter, options);
  EXPECT_EQ(walking.on_foot, 400U);
  EXPECT_NEAR(walking.clearance_s, 3000 / options.households.walk_speed_mps, 1);
  options.households.walk_limit_km = 1;
  options.buses = 3;
  const auto by_bus = make_plan(*world, state, homes, any_shelter, options);
  EXPECT_EQ(by_bus.by_bus, 400U);
  // Fourteen trips by three buses: five rounds of the busiest.
  std::uint32_t buses = 0;
  for (const auto& round : by_bus.plan.rounds) buses += round.vehicles;
  EXPECT_EQ(buses, 3U);
  EXPECT_EQ(by_bus.plan.buses, 3U);
  EXPECT_NEAR(by_bus.clearance_s, 5 * (2 * 300 + 600), 1);
  options.buses = 0;
  const auto none = make_plan(*world, state, homes, any_shelter, options);
  ASSERT_EQ(none.left.size(), 1U);
  EXPECT_EQ(none.left[0].reason, Reason::no_bus);
}

TEST(MakePlan, TellsHowLongAWayStaysOpenAndWhichRoadCloses) {
  const auto world = World::seal(valley_parts(4000, 5000));
  const StateTable state(*world);
  PlanOptions options = for_all();
  options.households.no_vehicle_share = 0;
  options.closes_s.assign(world->roads().links(), std::numeric_limits<double>::infinity());
  options.closes_s[2] = 3600;  // the bridge, the way out
  const auto homes = homes_at({0});
  const auto made = make_plan(*world, state, homes, any_shelter, options);
  ASSERT_EQ(made.last_departures.size(), 1U);
  const auto& last = made.last_departures[0];
  EXPECT_EQ(last.road, 2U);
  EXPECT_NEAR(last.last_s, 3600 - 120, 1e-6);  // 1,200 m at 10 m/s
  EXPECT_GE(last.margin_s(), 0);
  // About 300 cars get over it in an hour; the others are told, not forgotten.
  EXPECT_GT(made.people_left(), 100U);
  EXPECT_EQ(made.people_left() + made.by_vehicle, 4000U);
  for (const auto& one : made.left) EXPECT_EQ(one.reason, Reason::no_time);
  // Those who do not get over it may walk: there is nobody for whom a bound is sure to hold.
  EXPECT_EQ(made.plan.lower_bound_s, 0);
  EXPECT_EQ(made.plan.bound_without, std::vector{homes[0].place});
}

TEST(MakePlan, ItsBoundHoldsWhereAWayOpensLater) {
  // The bridge of the valley is narrow. A wide road beside it is shut at first.
  WorldParts parts = valley_parts(4000, 5000);
  const std::uint32_t aside = junction(parts, {1100, 400});
  const std::uint32_t there = link(parts, 1, aside, 10, 1800);
  const std::uint32_t on = link(parts, aside, 2, 10, 1800);
  const auto world = World::seal(std::move(parts));
  StateTable state(*world);
  for (const std::uint32_t road : {there, on}) {
    state.at({Kind::road, road}, road_column::open) = 0;
  }
  PlanOptions options = for_all();
  options.households.no_vehicle_share = 0;
  const auto bound_s = [&](double until_s) {
    options.open_until_s.assign(world->roads().links(), until_s);
    for (const std::uint32_t road : {0U, 2U, 4U}) {
      options.open_until_s[road] = std::numeric_limits<double>::infinity();
    }
    return make_plan(*world, state, homes_at({0}), any_shelter, options).plan.lower_bound_s;
  };
  const double shut_s = bound_s(-1);
  EXPECT_LT(bound_s(std::numeric_limits<double>::infinity()), 0.5 * shut_s);
  options.open_until_s.clear();
  EXPECT_NEAR(make_plan(*world, state, homes_at({0}), any_shelter, options).plan.lower_bound_s,
              shut_s, 0.05 * shut_s);
}

TEST(MakePlan, ItsBoundKnowsOfAShelterThatOpensLater) {
  const auto world = two_schools(1000, 1000);
  StateTable state(*world);
  state.at({Kind::shelter, 1}, shelter_column::open) = 0;  // before the narrow bridge
  PlanOptions options = for_all();
  options.households.no_vehicle_share = 0;
  const auto bound_s = [&] {
    return make_plan(*world, state, homes_at({0}), any_shelter, options).plan.lower_bound_s;
  };
  const double without_s = bound_s();
  options.open_later = {1};
  EXPECT_LT(bound_s(), 0.5 * without_s);
}

TEST(MakePlan, KeepsAReserveInEveryShelterUntilAllAreFull) {
  PlanOptions options = for_all();
  options.households.no_vehicle_share = 0;
  options.room_reserve = 0.1;
  const auto sent = [&](double near_places, double far_places) {
    const auto world = two_schools(near_places, far_places);
    const auto made = make_plan(*world, StateTable(*world), homes_at({0}), any_shelter, options);
    EXPECT_TRUE(made.left.empty());
    return people_by_shelter(made.plan);
  };
  EXPECT_EQ(sent(200, 1000).at(1), 180U);
  EXPECT_EQ(sent(200, 1000).at(0), 220U);
  EXPECT_EQ(sent(200, 200).at(0), 200U);
}

TEST(MakePlan, RefusesWhatIsNotThere) {
  const auto world = town(3);
  StateTable state(*world);
  const auto said = [&](std::vector<std::uint32_t> homes, std::vector<std::uint32_t> shelters,
                        const PlanOptions& options = {}) {
    return message_of<ScenarioError>(
        [&] { make_plan(*world, state, homes_at(homes), shelters, options); });
  };
  EXPECT_EQ(said({0}, {}), "");
  EXPECT_THAT(said({99}, {}), HasSubstr("there is no"));
  EXPECT_THAT(said({0}, {7}), HasSubstr("there is no"));
  EXPECT_THAT(said({0, 1, 0}, {}), HasSubstr("named twice"));
  state.at({Kind::shelter, 0}, shelter_column::occupants) = 501;
  EXPECT_THAT(said({0}, {}), HasSubstr("less than no room"));
  state.at({Kind::shelter, 0}, shelter_column::occupants) = 0;
  PlanOptions options = for_all();
  options.wave_min = 0;
  EXPECT_THAT(said({0}, {}, options), HasSubstr("wave_min"));
  options = {};
  options.step_s = 1.5;
  EXPECT_THAT(said({0}, {}, options), HasSubstr("step_s"));
  options = {};
  options.room_reserve = 1;
  EXPECT_THAT(said({0}, {}, options), HasSubstr("room_reserve"));
  options = for_all();
  options.prepared_share = 1;
  EXPECT_THAT(said({0}, {}, options), HasSubstr("prepared_share"));
  options = for_all();
  options.safety_min = -1;
  EXPECT_THAT(said({0}, {}, options), HasSubstr("safety_min"));
  options = for_all();
  options.open_until_s = {1, 2};
  EXPECT_THAT(said({0}, {}, options), HasSubstr("open_until_s"));
  options = for_all();
  options.closes_s = {1, 2};
  EXPECT_THAT(said({0}, {}, options), HasSubstr("closes_s"));
}

TEST(MakePlan, RefusesHomesOutsideTheWorld) {
  WorldParts parts = town_parts(3);
  parts.entities[index_of(Kind::residence)].place[4] = {1e6, 0};
  const auto world = World::seal(std::move(parts));
  const StateTable state(*world);
  EXPECT_THAT(message_of<ScenarioError>(
                  [&] { make_plan(*world, state, homes_at({4}), any_shelter, for_all()); }),
              HasSubstr("lies outside"));
}

TEST(MakePlan, OfNobodyIsNoPlan) {
  const auto world = town(3);
  const StateTable state(*world);
  const auto made = make_plan(*world, state, {}, any_shelter, for_all());
  EXPECT_TRUE(made.plan.assignments.empty());
  EXPECT_EQ(made.clearance_s, 0);
}

}  // namespace
}  // namespace kontwin::testing
