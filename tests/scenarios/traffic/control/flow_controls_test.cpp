// Speed limits by rule, ramp metering, weather.
#include <gtest/gtest.h>

#include "scenarios/traffic/control/ramp_rules.hpp"
#include "scenarios/traffic/control/weather_effects.hpp"
#include "scenarios/traffic/water_rules.hpp"
#include "tests/scenarios/traffic/control/control_run.hpp"

namespace kontwin::traffic::testing {
namespace {

TEST(SpeedControl, WithoutARuleHoldsWhileItLasts) {
  Trips trips(street({1000, 1000}, 20).seal());
  trips.send({"01", "12"}, 2, 300);
  Driven driven(
      trips,
      {begins(SpeedControl{.roads = {trips.link("12")}, .speed_mps = 10, .watched = {}}, 0, 200)});
  driven.to_the_end();
  const auto& journeys = driven.run->journeys();
  EXPECT_NEAR(seconds(journeys[0].ended - journeys[0].departed), 50 + 100, 0.1);
  EXPECT_NEAR(seconds(journeys[1].ended - journeys[1].departed), 50 + 50, 0.1);
}

TEST(SpeedControl, ComesAndGoesWithTheTrafficThatIsWatched) {
  for (const bool by_flow : {false, true}) {
    Trips trips(street({500, 500, 500}, 20).seal());
    trips.send({"01", "12", "23"}, 200, 3);
    trips.send({"01", "12", "23"}, 1, 1, 1500);
    SpeedControl control{
        .roads = {trips.link("01")}, .speed_mps = 10, .watched = {trips.link("23")}};
    (by_flow ? control.above_flow_vph : control.above_density_vpkm) = by_flow ? 600 : 10;
    Driven driven(trips, {begins(control)});
    driven.to(60);
    EXPECT_EQ(driven.run->links().speed_mps[trips.link("01")], 20) << by_flow;
    driven.to(420);
    EXPECT_EQ(driven.run->links().speed_mps[trips.link("01")], 10) << by_flow;
    driven.to(1200);
    EXPECT_EQ(driven.run->links().speed_mps[trips.link("01")], 20) << by_flow;
    driven.to_the_end();
    EXPECT_EQ(driven.arrived(), 201U);
  }
}

TEST(RampRules, AlineaAddsWhatIsMissingAndTheOverrideEmptiesTheQueue) {
  // 70 vehicles an hour for each percent.
  EXPECT_NEAR(alinea_vph(900, 7000, 0.30, 0.25), 900 + 350, 1e-9);
  EXPECT_NEAR(alinea_vph(900, 7000, 0.30, 0.40), 900 - 700, 1e-9);
  // 30 wait, 10 came in the last minute, 25 may stay: 15 a minute.
  EXPECT_DOUBLE_EQ(override_vph(30, 25, 10, 60), 900);
  EXPECT_LT(override_vph(5, 25, 10, 60), 0);
}

/// A main road of one lane with a bottleneck beyond the merge, and a ramp.
struct Merge {
  Drawing drawing;
  Merge() {
    drawing.junction("a", 0, 0);
    drawing.junction("m", 1500, 0, JunctionControl::unregulated);
    drawing.junction("b", 2500, 0);
    drawing.junction("c", 3500, 0);
    drawing.junction("r", 1000, -600);
    for (const auto& [from, to, priority] :
         {std::tuple("a", "m", 2), {"m", "b", 2}, {"b", "c", 2}, {"r", "m", 1}}) {
      LinkPart& link = drawing.link(from, to, priority);
      link.free_speed_mps = 20;
      link.lane_capacity_pcph = 1800;
    }
    drawing.parts.links.back().length_m = 800;
  }
};

TEST(RampMeter, HoldsTheMainRoadAtTheWishedOccupancyAndLetsALongQueueGo) {
  Merge merge;
  merge.drawing.parts.links[2].lane_capacity_pcph = 1500;  // the bottleneck
  Trips trips(merge.drawing.seal());
  trips.send({"am", "mb", "bc"}, 1000, 3);      // 1200 an hour
  trips.send({"rm", "mb", "bc"}, 400, 7, 300);  // and 514
  struct Counted {
    double main_road, ramp, ramp_later;
  };
  const auto counted = [&trips](std::vector<MomentEdit> edits) {
    Driven driven(trips, std::move(edits));
    driven.to(1500);
    Counted counts{1.0 * driven.on("mb"), 1.0 * driven.on("rm"), 0};
    driven.to(2880);
    counts.ramp_later = driven.on("rm");
    driven.to_the_end();
    EXPECT_TRUE(driven.accounted());
    EXPECT_EQ(driven.arrived(), 1400U);
    return counts;
  };
  const Counted without = counted({});
  const Counted with =
      counted({begins(RampMeter{.ramp = trips.link("rm"), .main_road = trips.link("mb")})});
  // Behind a bottleneck of 1500 an hour cars stand at 43 a kilometre; at capacity there are 25.
  EXPECT_GT(without.main_road, 40);
  EXPECT_LT(with.main_road, 32);
  EXPECT_GT(with.ramp, without.ramp + 30);
  // The queue of the ramp stays about the share of its room that it may take.
  EXPECT_LT(with.ramp_later, 0.8 * 800 / jam_spacing_m + 12);
}

TEST(RampMeter, MayNotStandWhereTheRampLeadsElsewhere) {
  Trips trips(Merge().drawing.seal());
  trips.send({"am", "mb"}, 1, 1);
  Driven driven(trips,
                {begins(RampMeter{.ramp = trips.link("rm"), .main_road = trips.link("bc")})});
  EXPECT_THROW(driven.to_the_end(), std::exception);
}

TEST(RainEffects, AreThoseOfTheirSources) {
  EXPECT_EQ(rain_effects(0).speed, 1);
  EXPECT_EQ(rain_effects(0).capacity, 1);
  EXPECT_DOUBLE_EQ(rain_effects(2).capacity, 1 - 0.0201);
  EXPECT_DOUBLE_EQ(rain_effects(5).capacity, 1 - 0.0724);
  EXPECT_DOUBLE_EQ(rain_effects(20).capacity, 1 - 0.1413);
  EXPECT_NEAR(rain_effects(0.01).speed, 1 - 0.028, 1e-3);
  EXPECT_DOUBLE_EQ(rain_effects(16).speed, 1 - 0.075);
  EXPECT_DOUBLE_EQ(rain_effects(60).speed, 1 - 0.075);
}

TEST(Weather, SlowsDownAndTakesCapacity) {
  Trips trips(street({1000, 1000}, 20, 1200).seal());
  trips.send({"01", "12"}, 300, 3);
  Driven driven(trips, {begins(Weather{.roads = {}, .rain_mmph = 20}, 0, 0)});
  driven.to_the_end();
  EXPECT_EQ(driven.arrived(), 300U);
  const auto& journeys = driven.run->journeys();
  EXPECT_NEAR(seconds(journeys[0].ended - journeys[0].departed), 100 / (1 - 0.075), 0.1);
  // The last of 300 at a capacity of 1030 an hour.
  EXPECT_NEAR(seconds(journeys.back().ended - journeys.front().ended), 299 * 3 / (1 - 0.1413), 5);
}

TEST(Weather, ShallowWaterIsDrivenThroughAtTheSpeedOfItsDepthAndDeepWaterIsNot) {
  Trips trips(street({1000, 1000}, 20).seal());
  trips.send({"01", "12"}, 1, 1);
  const std::uint32_t link = trips.link("12");
  Driven shallow(trips, {begins(Weather{.roads = {link}, .water_m = 0.15})});
  shallow.to_the_end();
  EXPECT_NEAR(shallow.mean_s(), 50 + 1000 / flooded_speed_mps(0.15), 0.1);
  TripRunOptions options;
  options.simulation.patience_s = 600;
  Driven deep(trips, {begins(Weather{.roads = {link}, .water_m = 0.6})}, options);
  deep.to_the_end();
  EXPECT_EQ(deep.arrived(), 0U);
  EXPECT_TRUE(deep.accounted());
}

}  // namespace
}  // namespace kontwin::traffic::testing
