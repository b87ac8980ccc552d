#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/door_flow.hpp"
#include "scenarios/evacuation/warning.hpp"
#include "tests/scenarios/evacuation/evacuation_run.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::validation {
namespace {

using testing::EvacuationRun;

/// People in single households at one end of a way, a shelter at the other.
std::shared_ptr<const World> way(double length_m, double people) {
  WorldParts parts = testing::empty_parts(100, 10);
  testing::junction(parts, {0, 0});
  testing::junction(parts, {length_m, 0});
  testing::link(parts, 0, 1);
  EntityRecord shelter;
  shelter.urn = make_urn(Kind::shelter, "test-0");
  shelter.place = {length_m, 0};
  shelter.attributes = {people, 1};
  parts.add(Kind::shelter, std::move(shelter));
  EntityRecord homes;
  homes.urn = make_urn(Kind::residence, "test-0");
  homes.attributes = {people, people, 0};
  parts.add(Kind::residence, std::move(homes));
  return World::seal(std::move(parts));
}

EvacuationOptions on_foot_at_once() {
  EvacuationOptions options;
  options.departure_median_min = 0;
  options.compliance = 1;
  options.no_vehicle_share = 1;
  options.car_share = 0;
  options.old_share = 0;  // everyone at the speed that is asked for
  options.wheelchair_share = 0;
  return options;
}

// What the authors conclude of their diffusion curves, on which the rates of the channels rest.
TEST(EvacuationValidation, WarningsAreThroughWhenTheAuthorsOfTheEquationSay) {
  const char* source =
      "Rogers and Sorensen 1988, Diffusion of emergency warning: comparing empirical and "
      "simulation results, Oak Ridge National Laboratory (CONF-8810249)";
  const auto through = [](evacuation::WarningChannel channel, double minutes) {
    const evacuation::WarningDiffusion& spreads = evacuation::diffusion_of(channel);
    return spreads.heard(minutes) / spreads.reach;
  };
  expect_within(
      {"evacuation", "Share of those in reach warned by siren within an hour", "", source},
      through(evacuation::WarningChannel::siren, 60), 1, 0.05);
  expect_within(
      {"evacuation", "Share of those in reach warned by telephone within half an hour", "", source},
      through(evacuation::WarningChannel::sms, 30), 1, 0.05);
}

TEST(EvacuationValidation, OnePersonKeepsItsSpeedAlongACorridor) {
  EvacuationOptions options = on_foot_at_once();
  options.walk_speed_mps = 1.33;
  options.door_width_m_per_100_places = 10000;  // no door to speak of
  EvacuationRun run(way(40, 1), options);
  run.order_all();
  run.run(3);
  const auto journeys = run.evacuation.journeys();
  ASSERT_EQ(journeys.size(), 1U);
  ASSERT_TRUE(journeys[0].safe);
  // Test 1 of the guideline: 40 m at 1.33 m/s within 26 to 34 s.
  expect_within({"evacuation", "Corridor of 40 m at 1.33 m/s", "s",
                 "RiMEA 2016, Guideline for Microscopic Evacuation Analysis, test 1"},
                journeys[0].safe_s - journeys[0].left_s, 40 / 1.33, 0.01);
}

TEST(EvacuationValidation, ADoorPassesItsSpecificFlow) {
  EvacuationOptions options = on_foot_at_once();
  options.door_width_m_per_100_places = 0;  // the least: 1.2 m clear, 0.9 m effective
  EvacuationRun run(way(120, 1000), options);
  run.order_all();
  run.run(30);
  std::vector<std::pair<double, double>> inside;
  for (const auto& one : run.evacuation.journeys()) {
    ASSERT_TRUE(one.safe);
    inside.emplace_back(one.safe_s / 60, 0);
  }
  std::ranges::sort(inside);
  for (std::size_t i = 0; i < inside.size(); ++i) inside[i].second = static_cast<double>(i + 1);
  const double flow_pps =
      static_cast<double>(inside.size() - 1) / (60 * (inside.back().first - inside.front().first));
  const char* const source =
      "SFPE Handbook of Fire Protection Engineering, maximum specific flow of doorways";
  expect_within(
      {"evacuation", "Door of 0.9 m effective width, 1,000 people", "person/(m s)", source},
      flow_pps / 0.9, 1.32, 0.01);
  plot("evacuation", "door", "People inside behind a door of 1.2 m", "min", "person",
       {{"measured", inside, true},
        {"SFPE, 1.32 person/(m s)",
         {{inside.front().first, 0}, {inside.front().first + 1000 / (1.32 * 0.9) / 60, 1000}},
         true}});
}

TEST(EvacuationValidation, TheCrowdModelPeaksWhereItsHandbookSays) {
  double best_flow = 0;
  double best_density = 0;
  Curve curve{"specific flow", {}, true};
  for (double density = 0; density < 3.8; density += 0.01) {
    const double flow = evacuation::specific_flow(density);
    curve.points.emplace_back(density, flow);
    if (flow > best_flow) {
      best_flow = flow;
      best_density = density;
    }
  }
  const char* const source =
      "SFPE Handbook of Fire Protection Engineering, hydraulic model: 1.9 persons/m2, 1.3 "
      "persons/(m s)";
  expect_within({"evacuation", "Density of the greatest flow", "person/m²", source}, best_density,
                1.9, 0.02);
  expect_within({"evacuation", "Greatest specific flow", "person/(m s)", source}, best_flow, 1.3,
                0.02);
  expect_within({"evacuation", "Speed of people who do not slow each other", "m/s",
                 "SFPE Handbook of Fire Protection Engineering, hydraulic model: 1.19 m/s"},
                evacuation::crowd_speed_mps(0.3), 1.19, 0.01);
  plot("evacuation", "specific-flow", "Specific flow of a crowd", "person/m²", "person/(m s)",
       {curve});
}

}  // namespace
}  // namespace kontwin::validation
