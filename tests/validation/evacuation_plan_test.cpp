#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/plan/make_plan.hpp"
#include "scenarios/evacuation/plan/max_flow.hpp"
#include "scenarios/evacuation/plan/min_cost_flow.hpp"
#include "scenarios/evacuation/plan/quickest_flow.hpp"
#include "scenarios/evacuation/plan/route_planner.hpp"
#include "tests/scenarios/evacuation/evacuation_run.hpp"
#include "tests/scenarios/evacuation/plan/dimacs.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::validation {
namespace {

using namespace evacuation;
using testing::EvacuationRun;

constexpr const char* networkx_source =
    "NetworkX 2.8.8, the networks that its flows are tested with, DIMACS 1991 generators";

void expect_maximum_flow(const std::string& name, Amount published) {
  const auto read = testing::networkx_network(name);
  if (!read) GTEST_SKIP() << "python3-networkx is not installed";
  const Amount value = maximum_flow(read->network, read->source, read->sink).value;
  expect_within({"evacuation", "Maximum flow of " + name, "", networkx_source}, double(value),
                double(published), 0);
}

TEST(EvacuationPlanValidation, FlowsThroughGl1) { expect_maximum_flow("gl1", 156545); }
TEST(EvacuationPlanValidation, FlowsThroughGw1) { expect_maximum_flow("gw1", 1202018); }
TEST(EvacuationPlanValidation, FlowsThroughWlm3) { expect_maximum_flow("wlm3", 11875108); }

TEST(EvacuationPlanValidation, CostsOfNetgen2) {
  const auto read = testing::networkx_network("netgen-2");
  if (!read) GTEST_SKIP() << "python3-networkx is not installed";
  const MinCostFlow found = minimum_cost_flow(read->network, read->supply);
  ASSERT_TRUE(found.feasible);
  expect_within({"evacuation", "Least cost of a flow through netgen-2", "", networkx_source},
                double(found.cost), 6749969302, 0);
}

TEST(EvacuationPlanValidation, OnePathTakesTravelPlusTheQueueAtItsNarrowestArc) {
  DynamicNetwork path;
  path.nodes = 4;
  path.add(0, 1, 20, 7);
  path.add(1, 2, 6, 4);
  path.add(2, 3, 15, 9);
  const double expected = 20 + std::ceil(1000 / 6.0) - 1;
  expect_within(
      {"evacuation", "Quickest flow of 1,000 along a path of 7 + 4 + 9 steps, 6 a step", "step",
       "Chen and Chin 1990, The quickest path problem: sum of travel times + ceil(F/c) - "
       "1"},
      quickest_flow(path, 0, 3, 1000).value_or(-1), expected, 0);
}

/// Homes at the ends of `arms` roads that meet before one bridge; a shelter behind it.
std::shared_ptr<const World> valley(std::size_t arms, double people, double bridge_vph) {
  WorldParts parts = testing::empty_parts(100, 100);
  testing::junction(parts, {2000, 2000});
  testing::junction(parts, {2300, 2000});
  testing::junction(parts, {4000, 2000});
  const auto add = [&](Kind kind, std::size_t number, LocalPoint place,
                       std::vector<double> attributes) {
    EntityRecord record;
    record.urn = make_urn(kind, "test-" + std::to_string(number));
    record.place = place;
    record.attributes = std::move(attributes);
    parts.add(kind, std::move(record));
  };
  testing::link(parts, 0, 1, 12, bridge_vph);
  testing::link(parts, 1, 2, 12, 1800, 2);
  for (std::size_t arm = 0; arm < arms; ++arm) {
    const LocalPoint place{300.0 + 400.0 * double(arm), 500.0 + 700.0 * double(arm)};
    const std::uint32_t home = testing::junction(parts, place);
    testing::link(parts, home, 0, 12, 1500);
    add(Kind::residence, arm, place, {people, people / 3.8, double(home)});
  }
  add(Kind::shelter, 0, {4000, 2000}, {people * double(arms) + 10, 2});
  return World::seal(std::move(parts));
}

struct Cleared {
  double planned_s, simulated_s, bound_s;
};

/// Everyone leaves at once: the plan's bound, the plan, and what the engines make of a departure
/// without any plan.
Cleared cleared(const std::shared_ptr<const World>& world) {
  EvacuationOptions options;
  options.departure_median_min = 0;
  options.departure_sigma = 0;
  options.compliance = 1;
  options.no_vehicle_share = 0;
  options.wheelchair_share = 0;  // those who need help are fetched, and the bound is of drivers
  options.door_width_m_per_100_places = 1000;
  EvacuationRun run(world, options);
  PlanOptions planning;
  planning.households = options;
  std::vector<OrderedHome> homes(world->entities(Kind::residence).size());
  for (std::uint32_t row = 0; row < homes.size(); ++row) homes[row].place = {Kind::residence, row};
  const PlannedEvacuation made = make_plan(*world, run.state, homes, {}, planning);
  run.order_all();
  run.run(240);
  double last_s = 0;
  for (const auto& one : run.evacuation.journeys()) {
    EXPECT_TRUE(one.safe);
    last_s = std::max(last_s, one.safe_s);
  }
  return {made.road_clearance_s, last_s, made.plan.lower_bound_s};
}

void expect_between(const std::string& where, const Cleared& cleared) {
  const std::string source = "Ford and Fulkerson 1958, flows over time: nobody beats the bound";
  expect_at_most({"evacuation", "Lower bound over planned clearance, " + where, "", source},
                 cleared.bound_s / cleared.planned_s, 1);
  expect_at_most({"evacuation", "Lower bound over simulated clearance, " + where, "", source},
                 cleared.bound_s / cleared.simulated_s, 1);
  expect_at_most({"evacuation", "Planned clearance over lower bound, " + where, "", source},
                 cleared.planned_s / cleared.bound_s, 1.15);
  expect_at_most({"evacuation", "Simulated clearance over lower bound, " + where, "", source},
                 cleared.simulated_s / cleared.bound_s, 1.15);
}

TEST(EvacuationPlanValidation, OneRoadIsClearedCloseToTheBound) {
  expect_between("one road over a bridge", cleared(valley(1, 4000, 400)));
}

TEST(EvacuationPlanValidation, ThreeRoadsThatMeetBeforeABridgeAreClearedCloseToTheBound) {
  expect_between("three roads before a bridge", cleared(valley(3, 1500, 400)));
}

}  // namespace
}  // namespace kontwin::validation
