// Who waits for a wave of the plan, who is called sooner, and whom that saves.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "scenarios/evacuation/plan/make_plan.hpp"
#include "tests/scenarios/evacuation/evacuation_run.hpp"
#include "tests/scenarios/evacuation/plan/plan_support.hpp"
#include "tests/scenarios/evacuation/planned_options.hpp"

namespace kontwin::testing {
namespace {

EvacuationOptions nobody_walks() {
  EvacuationOptions options = at_once();
  options.walk_limit_km = 0;
  return options;
}

/// Everyone goes to the school of a valley, in waves of ten an hour apart, the first after an hour.
EvacuationPlan hourly_waves(std::uint32_t under_way) {
  EvacuationPlan plan;
  for (int wave = 1; wave <= 10; ++wave) {
    plan.assignments.push_back({{Kind::residence, 0}, 0, 40, 3600.0 * wave, {}});
  }
  plan.under_way = under_way;
  return plan;
}

/// The most people between home and shelter at once.
std::int64_t most_under_way(const EvacuationRecord& record) {
  std::vector<std::pair<Instant, std::int64_t>> changes;
  for (const EvacuationParty& party : record.parties) {
    changes.emplace_back(*party.left, party.people);
    changes.emplace_back(*party.safe_at, -std::int64_t{party.people});
  }
  std::ranges::sort(changes);
  std::int64_t under_way = 0;
  std::int64_t most = 0;
  for (const auto& [at, people] : changes) most = std::max(most, under_way += people);
  return most;
}

TEST(Waves, AreCalledSoonerWhileFewerAreUnderWayThanThePlanNames) {
  const auto world = World::seal(valley_parts(400, 5000));
  EvacuationRun run(world, with_plan(hourly_waves(60), nobody_walks()));
  run.order_all();
  run.run(59);
  EXPECT_EQ(run.state.at({Kind::residence, 0}, residence_column::people_safe), 400);
  // The party that reaches the number is called as a whole, and each window calls for itself.
  EXPECT_GT(most_under_way(run.record()), 30);
  EXPECT_LE(most_under_way(run.record()), 2 * 60 + 4);
}

TEST(Waves, WithoutANumberNobodyIsCalledSooner) {
  const auto world = World::seal(valley_parts(400, 5000));
  EvacuationRun run(world, with_plan(hourly_waves(0), nobody_walks()));
  run.order_all();
  run.run(59);
  EXPECT_EQ(run.state.at({Kind::residence, 0}, residence_column::people_home), 400);
}

TEST(Waves, NobodyWaitsForOneInDeepWater) {
  const auto world = World::seal(valley_parts(400, 5000));
  EvacuationRun run(world, with_plan(hourly_waves(0), nobody_walks()));
  run.order_all();
  run.run(50, [&run](int minute) {
    if (minute == 5) run.state.at({Kind::residence, 0}, common_column::water_depth_m) = 0.4;
  });
  EXPECT_EQ(run.state.at({Kind::residence, 0}, residence_column::people_home), 0);
}

TEST(Waves, AreNotToldWherePreparingTakesLongerThanDriving) {
  const auto world = World::seal(valley_parts(2000, 5000));
  PlanOptions planning;
  const auto made = [&] {
    return make_plan(*world, StateTable(*world), all_homes(*world), any_shelter, planning);
  };
  const PlannedEvacuation slow = made();
  EXPECT_TRUE(slow.preparing_takes_longer());
  EXPECT_EQ(slow.plan.under_way, 0U);
  for (const auto& one : slow.plan.assignments) EXPECT_EQ(one.depart_from_s, 0);
  planning.households = nobody_walks();
  const PlannedEvacuation fast = made();
  EXPECT_GT(fast.plan.under_way, 0U);
  EXPECT_GT(fast.plan.assignments.back().depart_from_s, 0);
}

/// A hamlet up the valley, whose road to the village floods after 35 minutes, and a narrow bridge
/// behind the village that all have to cross.
WorldParts hamlet_and_village() {
  WorldParts parts = empty_parts(100, 10);
  for (const double x_m : {0.0, 1000.0, 1100.0, 1300.0, 3000.0}) junction(parts, {x_m, 100});
  for (std::uint32_t at = 0; at < 4; ++at) {
    const double vph = at == 2 ? 300 : 1800;
    const std::uint32_t there = link(parts, at, at + 1, 10, vph);
    const std::uint32_t back = link(parts, at + 1, at, 10, vph);
    parts.roads.opposite[there] = back;
    parts.roads.opposite[back] = there;
  }
  const auto add = [&](Kind kind, const char* name, double x_m, std::vector<double> attributes) {
    EntityRecord record;
    record.urn = make_urn(kind, name);
    record.place = {x_m, 100};
    record.attributes = std::move(attributes);
    parts.add(kind, std::move(record));
  };
  add(Kind::residence, "hamlet", 0, {1000, 250, 0});
  add(Kind::residence, "village", 1100, {2000, 500, 2});
  add(Kind::shelter, "school", 3000, {5000, 4});
  return parts;
}

TEST(Waves, GiveTheRoadToThoseWhoseWayCloses) {
  const auto world = World::seal(hamlet_and_village());
  constexpr int floods_min = 35;
  PlanOptions planning = for_all();
  planning.households = nobody_walks();
  planning.closes_s.assign(world->roads().links(), std::numeric_limits<double>::infinity());
  planning.closes_s[2] = planning.closes_s[3] = 60.0 * floods_min;
  const EvacuationPlan plan =
      make_plan(*world, StateTable(*world), all_homes(*world), any_shelter, planning).plan;
  EXPECT_GT(plan.under_way, 0U);
  const auto safe_of_hamlet = [&](const EvacuationPlan& ordered) {
    EvacuationRun run(world, with_plan(ordered, nobody_walks()));
    run.order_all();
    run.run(300, [&run](int minute) {
      if (minute < floods_min) return;
      for (const std::uint32_t road : {2U, 3U}) {
        run.state.at({Kind::road, road}, common_column::water_depth_m) = 1.5;
      }
    });
    EXPECT_EQ(run.state.at({Kind::residence, 1}, residence_column::people_safe), 2000);
    return run.state.at({Kind::residence, 0}, residence_column::people_safe);
  };
  EvacuationPlan at_will = plan;
  at_will.under_way = 0;
  for (auto& one : at_will.assignments) one.depart_from_s = 0;
  EXPECT_EQ(safe_of_hamlet(plan), 1000);
  EXPECT_LT(safe_of_hamlet(at_will), 950);
}

}  // namespace
}  // namespace kontwin::testing
