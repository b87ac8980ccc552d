// What those who choose make of roads that a plan announces to close, and of shelters behind them.
#include <gtest/gtest.h>

#include "tests/scenarios/evacuation/planned_options.hpp"

namespace kontwin::testing {
namespace {

/// Every road that ends at a junction.
std::vector<std::uint32_t> roads_to(const World& world, std::uint32_t junction) {
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < world.roads().links(); ++row) {
    if (world.roads().to[row] == junction) rows.push_back(row);
  }
  return rows;
}

TEST(ClosingWays, TellsThoseWhoChooseWhichWaysCloseTooSoon) {
  // Residence 23 lives next to shelter 0 in the corner, at junction 24.
  const auto world = town(5);
  const auto in_the_corner = [&world](double closes_s, double safety_s) {
    EvacuationPlan plan;
    for (const std::uint32_t road : roads_to(*world, 24)) plan.closing.push_back({road, closes_s});
    plan.safety_s = safety_s;
    EvacuationRun run(world, with_plan(plan));
    run.apply(OrderEvacuation{{23}});
    run.run(120);
    const EvacuationRecord record = run.record();
    auto people = people_by_shelter(record);
    EXPECT_EQ(people[0] + people[1], 100U);
    for (const EvacuationParty& party : record.parties) {
      const double left_s = to_seconds(*party.left - run.branch.start);
      // Driving there takes half a minute; what is known is known for an exchange window.
      if (party.refuge.row == 0) {
        EXPECT_LT(left_s, closes_s - safety_s);
      } else {
        EXPECT_GT(left_s, closes_s - safety_s - 60);
      }
    }
    return people[0];
  };
  EXPECT_EQ(in_the_corner(86400, 0), 100U);
  const std::uint64_t some = in_the_corner(600, 0);
  EXPECT_GT(some, 0U);
  EXPECT_LT(some, 100U);
  EXPECT_LT(in_the_corner(600, 420), some);
  EXPECT_EQ(in_the_corner(0, 0), 0U);
}

TEST(ClosingWays, WhoIsTooLateForAllWaysThatCloseGoesAsWithoutAPlan) {
  const auto world = town(5);
  EvacuationPlan plan;
  for (const std::uint32_t shelter : {0U, 1U}) {
    for (const std::uint32_t road : roads_to(*world, world->junction_of({Kind::shelter, shelter})))
      plan.closing.push_back({road, 0});
  }
  EvacuationRun run(world, with_plan(plan));
  run.apply(OrderEvacuation{{23}});
  run.run(120);
  EXPECT_EQ(people_by_shelter(run.record()).at(0), 100U);
}

TEST(ClosingWays, SheltersForWhoIsThereFirstGoBeforeFartherOnes) {
  const auto world = town(5);
  EvacuationPlan plan;
  plan.assignments = {
      {.home = {Kind::residence, 24}, .shelter = 1, .people = 100, .depart_from_s = 0, .route = {}},
      {.home = {Kind::residence, 20},
       .shelter = 1,
       .people = 100,
       .depart_from_s = 0,
       .route = {}}};
  plan.first_come = {0};
  EvacuationRun run(world, with_plan(plan));
  run.apply(OrderEvacuation{{24, 20}});
  run.run(120);
  for (const EvacuationParty& party : run.record().parties) {
    // Shelter 1 is in the corner where residence 20 is.
    EXPECT_EQ(party.refuge.row, party.home.row == 24 ? 0U : 1U);
  }
}

}  // namespace
}  // namespace kontwin::testing
