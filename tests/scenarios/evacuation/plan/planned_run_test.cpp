// What the engines make of the plans that the planner proposes.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "scenarios/evacuation/plan/make_plan.hpp"
#include "scenarios/evacuation/statistics.hpp"
#include "tests/scenarios/evacuation/evacuation_run.hpp"
#include "tests/scenarios/evacuation/plan/plan_support.hpp"
#include "tests/scenarios/evacuation/planned_options.hpp"
#include "tests/support/entity_at.hpp"
#include "twin/random.hpp"

namespace kontwin::testing {
namespace {

/// A town with an inn and a lake, and more room in its shelters than it has people.
std::shared_ptr<const World> resort() {
  WorldParts parts = town_parts(5);
  for (double& places :
       parts.entities[index_of(Kind::shelter)].attributes[shelter_attribute::places]) {
    places *= 1.3;
  }
  add_entity(parts, Kind::lodging, "inn", 0, {100, 200, 0});
  add_entity(parts, Kind::tourist_site, "lake", 4, {1000, 4});
  return World::seal(std::move(parts));
}

struct Planned {
  PlannedEvacuation made;
  EvacuationOptions options;  ///< with the plan
};

Planned planned(const std::shared_ptr<const World>& world, EvacuationOptions options,
                std::span<const OrderedHome> homes, std::uint64_t seed = 1,
                PlanOptions planning = {}, StateTable* state = nullptr) {
  planning.households = options;
  planning.seed = seed;
  const StateTable rest(*world);
  Planned one{make_plan(*world, state != nullptr ? *state : rest, homes, {}, planning), options};
  one.options.plan = std::make_shared<const EvacuationPlan>(one.made.plan);
  return one;
}

PlanOptions with_fleet(double buses, double boats) {
  PlanOptions options;
  options.buses = buses;
  options.boats = boats;
  return options;
}

std::uint64_t leaving(const EvacuationRecord& record) {
  return evacuation::clearance_of_ordered(record.parties).leaving;
}

TEST(PlannedRun, NeverClearsFasterThanTheBoundOfThoseWhoGo) {
  const auto world = resort();
  for (const double compliance : {0.3, 0.7, 1.0}) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      EvacuationOptions options = at_once();
      options.compliance = compliance;
      const Planned plan = planned(world, options, all_homes(*world), seed);
      for (const bool by_plan : {false, true}) {
        EvacuationRun run(world, by_plan ? plan.options : options, 1, seed);
        run.order_all();
        run.run(120);
        const EvacuationRecord record = run.record();
        ASSERT_EQ(leaving(record), plan.made.people);
        EvacuationRecord judged = record;
        judged.lower_bound_s = plan.made.plan.lower_bound_s;
        EXPECT_GE(evacuation::gap_to_bound(judged), 1) << seed << " at " << compliance << by_plan;
      }
    }
  }
}

TEST(PlannedRun, NeverClearsFasterThanTheBoundWhereSomeWalkOn) {
  // The plan knows of no water, and then streets flood: too deep for vehicles, not for a child.
  const auto world = resort();
  int judged = 0;
  for (const double walk_limit_km : {3.0, 0.5}) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      EvacuationOptions options = at_once();
      options.walk_limit_km = walk_limit_km;
      options.boats = 2;
      options.boat_ready_min = 0;
      const Planned plan = planned(world, options, all_homes(*world), seed);
      EXPECT_LE(plan.made.plan.bound_on_foot_s, plan.made.plan.lower_bound_s);
      EXPECT_GT(plan.made.plan.bound_on_foot_s, 0);
      TrafficOptions traffic = no_background();
      traffic.patience_min = 1;
      EvacuationRun run(world, plan.options, 1, seed, traffic);
      run.order_all();
      RandomStream random(seed, 7);
      run.run(400, [&](int minute) {
        if (minute > 1) return;
        for (std::uint32_t road = 0; road < run.state.rows(Kind::road); ++road) {
          const bool floods = random.uniform() < (minute == 0 ? 0.9 : 0.3);
          run.state.at({Kind::road, road}, common_column::water_depth_m) = floods ? 0.4 : 0;
        }
      });
      const EvacuationRecord record = run.record();
      EXPECT_EQ(record.lower_bound_s, plan.made.plan.bound_on_foot_s) << seed;
      const double gap = evacuation::gap_to_bound(record);
      if (std::isnan(gap)) continue;  // boats still fetch some
      EXPECT_GE(gap, 1) << seed;
      ++judged;
    }
  }
  EXPECT_GE(judged, 8);
}

TEST(PlannedRun, WhoIsOrderedLaterLeavesLaterAndIsInTheSamePlan) {
  const auto world = town(5);
  const std::vector<OrderedHome> homes{{{Kind::residence, 0}, 0}, {{Kind::residence, 24}, 1800}};
  const Planned plan = planned(world, at_once(), homes);
  std::map<std::uint32_t, std::uint32_t> people;
  for (const auto& one : plan.made.plan.assignments) {
    people[one.home.row] += one.people;
    if (one.home.row != 24) continue;
    EXPECT_GE(one.depart_from_s, 1800);
  }
  EXPECT_EQ(people.at(0), 100U);
  EXPECT_EQ(people.at(24), 100U);
  EXPECT_GE(plan.made.plan.lower_bound_s, 1800);
  EvacuationRun run(world, plan.options);
  run.apply(OrderEvacuation{{0}});
  run.run(90, [&run](int minute) {
    if (minute == 30) run.apply(OrderEvacuation{{24}});
  });
  EXPECT_EQ(run.total(Kind::residence, residence_column::people_safe), 200);
  // From the first order on, and not for each from its own.
  EXPECT_GE(evacuation::gap_to_bound(run.record()), 1);
  for (const EvacuationParty& party : run.record().parties) {
    if (party.home.row != 24) continue;
    EXPECT_GE(*party.left, run.branch.start + from_seconds(1800));
  }
}

TEST(PlannedRun, VisitorsAreSentWhereTheirPlanSays) {
  const auto world = resort();
  EvacuationOptions options = at_once();
  options.visitors = {.people = 300, .lodging_share = 0.5, .lodgings = {0}, .sites = {0}};
  const std::vector<OrderedHome> homes{{{Kind::lodging, 0}, 0}, {{Kind::tourist_site, 0}, 600}};
  const Planned plan = planned(world, options, homes);
  EXPECT_EQ(plan.made.people, 300U);
  EXPECT_EQ(plan.made.by_vehicle, 300U);
  EvacuationRun run(world, plan.options);
  run.apply(OrderEvacuation{{}, {{Kind::lodging, 0}}});
  run.run(10);
  run.apply(OrderEvacuation{{}, {{Kind::tourist_site, 0}}});
  run.run(120);
  std::map<std::uint32_t, std::uint64_t> by_plan;
  std::map<std::uint32_t, std::uint64_t> by_run;
  for (const auto& one : plan.made.plan.assignments) by_plan[one.shelter] += one.people;
  for (const EvacuationParty& party : run.record().parties) {
    ASSERT_EQ(party.fate, EvacueeFate::safe);
    by_run[party.refuge.row] += party.people;
  }
  // Coaches and families stay together.
  for (const auto& [shelter, people] : by_plan) {
    EXPECT_NEAR(static_cast<double>(by_run[shelter]), static_cast<double>(people), 45);
  }
}

TEST(PlannedRun, NobodySetsOutBeforeTheWaveOfThePlan) {
  const auto world = town(5);
  Planned plan = planned(world, at_once(), all_homes(*world));
  EvacuationPlan staged = plan.made.plan;
  staged.under_way = 0;
  for (auto& one : staged.assignments) one.depart_from_s += one.home.row < 12 ? 0 : 3600;
  plan.options.plan = std::make_shared<const EvacuationPlan>(staged);
  EvacuationRun run(world, plan.options);
  run.order_all();
  run.run(180);
  for (const EvacuationParty& party : run.record().parties) {
    const double left_s = to_seconds(*party.left - run.branch.start);
    EXPECT_EQ(left_s >= 3600, party.home.row >= 12);
  }
}

TEST(PlannedRun, BusesShareTheRoundsAndFetchEveryone) {
  const auto world = town(5);
  EvacuationOptions options = at_once();
  options.no_vehicle_share = 1;
  options.car_share = 0;
  options.walk_limit_km = 0;
  const std::vector<OrderedHome> homes{
      {{Kind::residence, 6}, 0}, {{Kind::residence, 12}, 0}, {{Kind::residence, 18}, 0}};
  const Planned plan = planned(world, options, homes, 1, with_fleet(2, 0));
  EXPECT_EQ(plan.made.by_bus, 300U);
  EXPECT_EQ(plan.made.plan.buses, 2U);
  EXPECT_GT(plan.made.plan.rounds.size(), 2U);
  EvacuationRun run(world, plan.options);
  run.apply(OrderEvacuation{{6, 12, 18}});
  double most = 0;
  run.run(300, {}, [&](int) {
    Frame frame;
    run.traffic.show(frame);
    most = std::max(most, double(std::ranges::count(frame.movers, Mover::Kind::bus, &Mover::kind)));
  });
  EXPECT_EQ(run.total(Kind::residence, residence_column::people_safe), 300);
  EXPECT_GT(most, 0);
  EXPECT_LE(most, 2);
  EXPECT_GE(run.kpi("pick_up_rounds"), 10);
  for (const EvacuationParty& party : run.record().parties) {
    EXPECT_EQ(party.mode, EvacuationMode::bus);
  }
}

TEST(PlannedRun, ABusSetsOutForThoseWhoAreOrderedLater) {
  const auto world = town(5);
  EvacuationOptions options = at_once();
  options.no_vehicle_share = 1;
  options.car_share = 0;
  options.walk_limit_km = 0;
  const std::vector<OrderedHome> homes{{{Kind::residence, 6}, 0}, {{Kind::residence, 18}, 3600}};
  const Planned plan = planned(world, options, homes, 1, with_fleet(1, 0));
  EvacuationRun run(world, plan.options);
  run.apply(OrderEvacuation{{6}});
  run.run(360, [&run](int minute) {
    if (minute == 60) run.apply(OrderEvacuation{{18}});
  });
  EXPECT_EQ(run.total(Kind::residence, residence_column::people_safe), 200);
}

TEST(PlannedRun, BoatsFetchThoseToWhomNoRoadLeads) {
  const auto world = town(4);
  EvacuationOptions options = at_once();
  options.boats = 2;
  options.boat_ready_min = 10;
  StateTable wet(*world);
  const auto flood = [&world](StateTable& state) {
    const RoadNetwork& roads = world->roads();
    for (std::uint32_t row = 0; row < roads.links(); ++row) {
      if (roads.from[row] != 5 && roads.to[row] != 5) continue;
      state.at({Kind::road, row}, common_column::water_depth_m) = 1.5;
    }
  };
  flood(wet);
  const std::vector<OrderedHome> homes{{{Kind::residence, 5}, 0}};
  const Planned none = planned(world, options, homes, 1, {}, &wet);
  EXPECT_EQ(none.made.people_left(), 100U);
  const Planned plan = planned(world, options, homes, 1, with_fleet(0, 2), &wet);
  EXPECT_EQ(plan.made.by_boat, 100U);
  EXPECT_TRUE(plan.made.left.empty());
  EXPECT_EQ(plan.made.plan.boats, 2U);
  EvacuationRun run(world, plan.options);
  flood(run.state);
  run.apply(OrderEvacuation{{5}});
  run.run(300);
  EXPECT_EQ(run.state.at({Kind::residence, 5}, residence_column::people_safe), 100);
  EXPECT_GE(run.kpi("boat_rounds"), 10);
  for (const EvacuationParty& party : run.record().parties) {
    EXPECT_GE(*party.left, run.branch.start + from_seconds(600));
  }
}

TEST(PlannedRun, LanesThatAreTurnedRoundCarryThePlan) {
  const auto world = World::seal(valley_parts(2000, 5000));
  const auto clearance_min = [&world](double contraflow_km) {
    PlanOptions planning;
    planning.contraflow_km = contraflow_km;
    const Planned plan = planned(world, at_once(), all_homes(*world), 1, planning);
    EXPECT_EQ(plan.made.plan.contraflow.empty(), contraflow_km == 0);
    EvacuationRun run(world, plan.options);
    Contraflow contraflow;
    for (const std::uint32_t road : plan.made.plan.contraflow) {
      contraflow.roads.push_back(world->roads().opposite[road]);
    }
    if (!contraflow.roads.empty()) run.apply(StartMeasure{"plan", contraflow});
    run.order_all();
    run.run(240);
    EXPECT_GE(evacuation::gap_to_bound(run.record()), 1);
    return run.kpi("all_in_shelter_min");
  };
  const double without = clearance_min(0);
  EXPECT_LT(clearance_min(5), 0.7 * without);
}

}  // namespace
}  // namespace kontwin::testing
