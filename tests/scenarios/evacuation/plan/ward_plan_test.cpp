#include "scenarios/evacuation/plan/ward_plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/entity_at.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin::testing {
namespace {

using evacuation::Need;
using evacuation::plan_wards;
using evacuation::WardPlan;

/// Hospital 0 of a town in which another one stands in the south-west.
std::shared_ptr<const World> two_hospitals(double other_beds) {
  WorldParts parts = town_parts(5);
  add_entity(parts, Kind::hospital, "other", 0, {other_beds, 0, 0});
  return World::seal(std::move(parts));
}

const std::vector<OrderedHome> first_hospital{{{Kind::hospital, 0}, 600}};

PlanOptions ward_options() {
  PlanOptions options;
  options.households.ambulances = 6;
  return options;
}

WardPlan planned(double other_beds, const PlanOptions& options) {
  const auto world = two_hospitals(other_beds);
  StateTable state(*world);
  state.at({Kind::hospital, 0}, hospital_column::patients) = 100;
  state.at({Kind::hospital, 1}, hospital_column::patients) = 50;
  return plan_wards(*world, state, first_hospital, options);
}

std::uint32_t patients_in(const WardPlan& plan) {
  std::uint32_t sum = 0;
  for (const WardPlan::Ward& ward : plan.wards) sum += ward.patients;
  return sum;
}

TEST(WardPlan, BringsThoseWhoCannotWalkToFreeBedsInTheOrderOfTheWards) {
  PlanOptions options = ward_options();
  const WardPlan plan = planned(400, options);
  EXPECT_EQ(plan.by_bus + patients_in(plan), 100U);
  EXPECT_NEAR(plan.by_bus, 55, 15);
  EXPECT_TRUE(plan.without_bed.empty());
  ASSERT_GE(plan.wards.size(), 2U);
  EXPECT_EQ(plan.wards[0].need, Need::wheelchair);
  EXPECT_EQ(plan.wards[0].trips, (plan.wards[0].patients + 1) / 2);
  EXPECT_EQ(plan.wards[1].need, Need::stretcher);
  EXPECT_EQ(plan.wards[1].trips, plan.wards[1].patients);
  for (const WardPlan::Ward& ward : plan.wards) {
    EXPECT_EQ(ward.to, 1U);
    // Those who walk are ready before them, one a minute.
    EXPECT_GE(ward.ready_s, 600 + 60 * plan.by_bus);
    EXPECT_GT(ward.done_s, ward.ready_s);
    EXPECT_LE(ward.done_s, plan.done_s);
  }
  options.households.ward_order = WardOrder::critical_first;
  const WardPlan turned = planned(400, options);
  EXPECT_EQ(turned.wards.back().need, Need::wheelchair);
  EXPECT_LE(turned.wards.front().ready_s, 600 + 60 * options.households.ward_intensive_ready_min);
}

TEST(WardPlan, IsDoneLaterWithFewAmbulancesAndNoSoonerThanTheLastIsReady) {
  PlanOptions options = ward_options();
  options.households.ambulances = 1;
  const WardPlan one = planned(400, options);
  options.households.ambulances.reset();
  const WardPlan all = planned(400, options);
  EXPECT_EQ(one.ambulances, 1U);
  EXPECT_GT(all.ambulances, 25U);
  EXPECT_GT(one.done_s, 2 * all.done_s);
  EXPECT_GE(all.done_s, 600 + 100 * 60);
}

TEST(WardPlan, ListsPatientsForWhomThereIsNoBed) {
  const WardPlan plan = planned(60, ward_options());
  EXPECT_EQ(patients_in(plan), 10U);
  ASSERT_EQ(plan.without_bed.size(), 1U);
  EXPECT_EQ(plan.without_bed[0].first, 0U);
  EXPECT_EQ(plan.without_bed[0].second + 10 + plan.by_bus, 100U);
}

}  // namespace
}  // namespace kontwin::testing
