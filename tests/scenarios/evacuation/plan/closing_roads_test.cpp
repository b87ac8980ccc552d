// What a plan makes of roads that close, and of what roads were seen to carry.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/evacuation/plan/measured_flows.hpp"
#include "tests/scenarios/evacuation/plan/plan_support.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::testing {
namespace {

using ::testing::HasSubstr;

TEST(MakePlan, SendsNobodyOverARoadThatClosesBeforeMostAreUnderWay) {
  const auto world = two_schools(1000, 1000);
  const StateTable state(*world);
  PlanOptions options = for_all();
  options.households.no_vehicle_share = 0;
  options.choice = ShelterChoice::earliest;
  options.closes_s.assign(world->roads().links(), std::numeric_limits<double>::infinity());
  options.closes_s[2] = 3600;  // the bridge
  const auto sent = [&](const World& where) {
    return people_by_shelter(
        make_plan(where, StateTable(where), homes_at({0}), any_shelter, options).plan);
  };
  // A small school at hand: the others go over the bridge as long as it is there,
  const auto small = two_schools(100, 1000);
  EXPECT_EQ(sent(*small).at(0), 300U);
  // and so do they when half of them are not ready by then, as there is no other.
  options.prepared_share = 0.95;
  EXPECT_EQ(sent(*small).at(0), 300U);
  EXPECT_EQ(sent(*world).count(0), 0U);
  for (const auto& one :
       make_plan(*small, state, homes_at({0}), any_shelter, options).plan.assignments) {
    // 1,200 m at 10 m/s from the homes to the far end of the bridge.
    if (one.shelter == 1) {
      EXPECT_TRUE(std::isinf(one.depart_until_s));
    } else {
      EXPECT_NEAR(one.depart_until_s, 3600 - 120, 1e-6);
    }
  }
}

TEST(MakePlan, AnnouncesWhatHoldsForThoseItDoesNotCountOn) {
  const auto world = two_schools(1000, 1000);
  PlanOptions options = for_all();
  options.households.no_vehicle_share = 0;
  options.households.compliance = 0.5;
  options.prepared_share = 0.95;
  options.safety_min = 10;
  const auto plan_of = [&] {
    return make_plan(*world, StateTable(*world), homes_at({0}), any_shelter, options);
  };
  EXPECT_TRUE(plan_of().plan.closing.empty());
  options.closes_s.assign(world->roads().links(), std::numeric_limits<double>::infinity());
  options.closes_s[2] = 3600;  // the bridge
  const PlannedEvacuation made = plan_of();
  ASSERT_EQ(made.plan.closing.size(), 1U);
  EXPECT_EQ(made.plan.closing[0].road, 2U);
  EXPECT_EQ(made.plan.closing[0].at_s, 3600);
  EXPECT_EQ(made.plan.safety_s, 600);
  // Nobody is sent over the bridge, so that the school behind it is for who is there first.
  EXPECT_EQ(made.plan.first_come, std::vector<std::uint32_t>{0});
  // Those whom it takes to stay have a place, too, should they come.
  EXPECT_GT(made.staying, 100U);
  EXPECT_EQ(people_by_shelter(made.plan).at(1), made.people + made.staying);
  // Who is at the bridge later than that cannot use it.
  options.closes_s[2] = 300;
  EXPECT_TRUE(plan_of().plan.first_come.empty());
}

TEST(MakePlan, LetsWhoIsThereFirstIntoAShelterThatFewAreSentTo) {
  // As many as the school at hand has no room for are sent to the one behind the bridge.
  const auto first_come = [](double share_beyond) {
    WorldParts parts = valley_parts(400, 1000);
    EntityRecord record;
    record.urn = make_urn(Kind::shelter, "near");
    record.place = {0, 100};
    record.attributes = {400 * (1 - share_beyond), 0};
    parts.add(Kind::shelter, std::move(record));
    const auto world = World::seal(std::move(parts));
    PlanOptions options = for_all();
    options.households.no_vehicle_share = 0;
    options.prepared_share = 0.95;
    options.safety_min = 10;
    options.closes_s.assign(world->roads().links(), std::numeric_limits<double>::infinity());
    options.closes_s[2] = 3600;  // the bridge
    const auto made = make_plan(*world, StateTable(*world), homes_at({0}), any_shelter, options);
    EXPECT_NEAR(people_by_shelter(made.plan)[0], 400 * share_beyond, 1);
    return made.plan.first_come;
  };
  EXPECT_EQ(first_come(0), std::vector<std::uint32_t>{0});
  EXPECT_EQ(first_come(0.05), std::vector<std::uint32_t>{0});
  EXPECT_TRUE(first_come(0.8).empty());
}

TEST(MakePlan, SaysWherePreparingTakesLongerThanDriving) {
  const auto preparing_takes_longer = [](double people, double median_min) {
    const auto world = World::seal(valley_parts(people, 5000));
    PlanOptions options = for_all();
    options.households.no_vehicle_share = 0;
    options.households.departure_median_min = median_min;
    options.prepared_share = 0.95;
    options.safety_min = 20;
    const PlannedEvacuation made =
        make_plan(*world, StateTable(*world), homes_at({0}), any_shelter, options);
    // Lognormal with a sigma of 0.7: 95 % within e^(0.7 * 1.645) times the median.
    EXPECT_NEAR(made.prepared_s / (median_min * 60), 3.16, 0.6);
    return made.preparing_takes_longer();
  };
  EXPECT_TRUE(preparing_takes_longer(400, 45));
  EXPECT_FALSE(preparing_takes_longer(4000, 10));
}

TEST(MakePlan, KeepsToWhatARoadWasSeenToCarry) {
  const auto world = World::seal(valley_parts(4000, 5000, 600));
  const StateTable state(*world);
  PlanOptions options = for_all();
  options.households.no_vehicle_share = 0;
  options.households.car_share = 1;
  const auto plan_of = [&] {
    return make_plan(*world, state, homes_at({0}), any_shelter, options);
  };
  const PlannedEvacuation by_the_book = plan_of();
  options.measured_vph.assign(world->roads().links(), std::numeric_limits<double>::infinity());
  options.measured_vph[2] = 300;  // cars on the bridge
  const PlannedEvacuation measured = plan_of();
  // Half as many cars in a step of 30 s, of which whole ones leave; the bound is as before, but for
  // its own steps.
  EXPECT_NEAR(measured.road_clearance_s / by_the_book.road_clearance_s, 2, 0.4);
  EXPECT_NEAR(measured.plan.lower_bound_s / by_the_book.plan.lower_bound_s, 1, 0.03);
  options.measured_vph[2] = -1;
  EXPECT_THAT(message_of<ScenarioError>(plan_of), HasSubstr("measured_vph"));
}

TEST(MeasuredFlows, AreTheMeanWhileVehiclesQueue) {
  const auto world = town(3);
  StateTable state(*world);
  MeasuredFlows flows(*world);
  const auto see = [&](double queue, double vph, int times) {
    state.at({Kind::road, 4}, road_column::queue) = queue;
    state.at({Kind::road, 4}, road_column::flow_vph) = vph;
    for (int i = 0; i < times; ++i) flows.see(state);
  };
  see(0, 1200, 10);
  EXPECT_TRUE(std::isinf(flows.vehicles_ph()[4]));
  see(40, 500, 2);
  EXPECT_TRUE(std::isinf(flows.vehicles_ph()[4]));
  see(30, 700, 2);
  EXPECT_EQ(flows.vehicles_ph()[4], 600);
  EXPECT_TRUE(std::isinf(flows.vehicles_ph()[3]));
}

}  // namespace
}  // namespace kontwin::testing
