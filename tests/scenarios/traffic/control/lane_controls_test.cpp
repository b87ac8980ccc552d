// Lanes given and taken: who is delayed by how much, and that all get through.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/traffic/control/incident_capacity.hpp"
#include "tests/scenarios/traffic/control/control_run.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

using kontwin::testing::message_of;
using ::testing::HasSubstr;

/// 300 cars at the capacity of two lanes of 900 cars an hour, over three links.
Trips two_lanes(int cars = 300, double headway_s = 2) {
  Trips trips(street({500, 500, 500}, 10, 900, 2).seal());
  trips.send({"01", "12", "23"}, cars, headway_s);
  return trips;
}

TEST(BusLane, LeavesTheOthersTheRestAndComesBackWhenItEnds) {
  const auto cars = [](std::vector<MomentEdit> edits) {
    Trips trips = two_lanes();
    trips.send({"01", "12", "23"}, 10, 60, 1, VehicleKind::bus);
    Driven driven(trips, std::move(edits));
    driven.to_the_end();
    EXPECT_TRUE(driven.accounted());
    EXPECT_EQ(driven.arrived(), 310U);
    return driven.mean_s();
  };
  Trips names = two_lanes();
  const BusLane lane{.roads = {names.link("12")}};
  const double before = cars({});
  const double always = cars({begins(lane)});
  const double for_a_while = cars({begins(lane, 0, 300)});
  // One lane of two carries 900 of the 1800 cars an hour: the last of 300 waits ten minutes.
  EXPECT_GT(always, before + 200);
  EXPECT_GT(for_a_while, before + 20);
  EXPECT_LT(for_a_while, always - 50);
}

TEST(BusLane, NeedsALaneForTheOthers) {
  Trips trips(street({500, 500}, 10).seal());
  trips.send({"01", "12"}, 1, 1);
  Driven driven(trips, {begins(BusLane{.roads = {trips.link("12")}}, 0, 0, "B1")});
  EXPECT_THAT(message_of<ScenarioError>([&] { driven.to_the_end(); }),
              AllOf(HasSubstr("measure B1"), HasSubstr("link 12"), HasSubstr("no lane")));
}

TEST(NarrowRoad, OneOfTwoLanesCarriesHalf) {
  Trips trips = two_lanes();
  Driven driven(trips, {begins(NarrowRoad{.roads = {trips.link("12")}})});
  driven.to(660);
  // From about 50 s on one car each 4 s.
  EXPECT_NEAR(static_cast<double>(driven.exits("12")), (660 - 100) / 4.0, 8);
  driven.to_the_end();
  EXPECT_EQ(driven.arrived(), 300U);
}

TEST(NarrowRoad, MayOnlySlowDown) {
  Trips trips(street({500, 500}, 20).seal());
  trips.send({"01", "12"}, 1, 1);
  Driven driven(trips,
                {begins(NarrowRoad{.roads = {trips.link("12")}, .lanes = 0, .speed_mps = 5})});
  driven.to_the_end();
  EXPECT_NEAR(driven.mean_s(), 25 + 100, 0.1);
}

TEST(Incident, LeavesWhatTheManualSaysAndClearsByItself) {
  Trips trips = two_lanes();
  Driven driven(trips, {begins(Incident{.roads = {trips.link("12")}}, 120, 600)});
  driven.to(720);
  // 35 % of 1800 cars an hour: one each 5.7 s, for ten minutes. Some were on the way before.
  const auto during = static_cast<double>(driven.exits("12"));
  driven.to_the_end();
  EXPECT_TRUE(driven.accounted());
  EXPECT_EQ(driven.arrived(), 300U);
  EXPECT_EQ(driven.run->control().in_force(), 0U);
  const double before = (120 - 100) / 2.0;
  EXPECT_NEAR(during, before + 50 / 2.0 + 550 / (3600 / (0.35 * 1800)), 10);
}

TEST(Incident, OnAllLanesTurnsBackWhoIsBeforeItAndNobodyIsLost) {
  Trips trips(street({500, 1000, 500}, 10, 900, 2).seal());
  trips.send({"01", "12", "23"}, 60, 2);
  Driven driven(trips, {begins(Incident{.roads = {trips.link("12")}, .lanes = 2}, 120, 600)});
  driven.to(600);
  const auto passed = driven.arrived();
  EXPECT_LT(passed, 60U);
  EXPECT_TRUE(driven.accounted());
  driven.to_the_end();
  EXPECT_EQ(driven.arrived(), 60U);
}

TEST(IncidentCapacity, IsThatOfTheTable) {
  EXPECT_DOUBLE_EQ(incident_capacity(2, 1), 0.35);
  EXPECT_DOUBLE_EQ(incident_capacity(3, 2), 0.17);
  EXPECT_DOUBLE_EQ(incident_capacity(8, 3), 0.41);
  EXPECT_EQ(incident_capacity(1, 1), 0);
  EXPECT_EQ(incident_capacity(3, 0), 1);
  // Beyond the table each open lane keeps what it does in the last known case.
  EXPECT_DOUBLE_EQ(incident_capacity(6, 4), 0.26 * 6 / 3 * 2 / 6);
}

/// Streets both ways between three places, two lanes each way.
Drawing both_ways(int lanes = 2) {
  Drawing drawing;
  for (const double x_m : {0, 600, 1200, 1800}) {
    drawing.junction(std::to_string(static_cast<int>(x_m) / 600), x_m, 0);
  }
  for (int i = 0; i < 3; ++i) {
    drawing.both(std::to_string(i), std::to_string(i + 1), 0, lanes);
  }
  for (LinkPart& link : drawing.parts.links) {
    link.free_speed_mps = 10;
    link.lane_capacity_pcph = 900;
  }
  return drawing;
}

TEST(Contraflow, LanesChangeHandsWhenTheyAreEmptyAndComeBack) {
  Trips trips(both_ways().seal());
  trips.send({"01", "12", "23"}, 200, 4);
  trips.send({"32", "21", "10"}, 600, 1.34);  // three lanes' worth for two
  const auto mean = [&trips](std::vector<MomentEdit> edits) {
    Driven driven(trips, std::move(edits));
    driven.to(500);
    const auto given = driven.run->links().entry_headway[trips.link("21")];
    driven.to_the_end();
    EXPECT_TRUE(driven.accounted());
    EXPECT_EQ(driven.arrived(), 800U);
    // In the end all is as before.
    EXPECT_EQ(driven.run->links().entry_headway[trips.link("21")], headway(900));
    EXPECT_EQ(driven.run->links().lane_may_enter[trips.network->lane_begin[trips.link("12")] + 1],
              all_vehicles);
    return std::pair(driven.mean_s(), given);
  };
  const std::vector<std::uint32_t> roads{trips.link("01"), trips.link("12"), trips.link("23")};
  const auto without = mean({});
  const auto with = mean({begins(Contraflow{.roads = roads}, 60, 800)});
  EXPECT_EQ(without.second, headway(900));
  EXPECT_EQ(with.second, headway(1350));
  EXPECT_LT(with.first, 0.8 * without.first);
}

TEST(Contraflow, OnALaneThatIsTakenOrToALinkThatIsClosedIsRefused) {
  Trips trips(both_ways().seal());
  trips.send({"01", "12", "23"}, 1, 1);
  const std::uint32_t link = trips.link("12");
  const auto refusal = [&](MomentEdit before, Contraflow contraflow) {
    Driven driven(trips, {std::move(before), begins(std::move(contraflow), 1, 0, "C")});
    return message_of<ScenarioError>([&] { driven.to_the_end(); });
  };
  EXPECT_THAT(refusal(begins(NarrowRoad{.roads = {link}, .inner = true}, 0, 0, "N"), {{link}}),
              AllOf(HasSubstr("measure C"), HasSubstr("link 12"), HasSubstr("another measure")));
  EXPECT_THAT(refusal({0, SetRoadOpen{trips.link("21"), false}}, {{link}}),
              AllOf(HasSubstr("link 21"), HasSubstr("is closed")));
  EXPECT_THAT(refusal(begins(NarrowRoad{.roads = {link}}, 0, 0, "N"), {{link}, 3}),
              HasSubstr("has 2 lanes, not 3"));
}

TEST(OneWay, ShutsTheLinkBackAndThoseOnItLeave) {
  Trips trips(both_ways().seal());
  trips.send({"32", "21", "10"}, 40, 2);
  Driven driven(trips, {begins(OneWay{{trips.link("12")}}, 100, 400)});
  driven.to(120);
  EXPECT_GT(driven.on("21"), 0U);
  driven.to(420);
  EXPECT_EQ(driven.on("21"), 0U);
  EXPECT_LT(driven.arrived(), 40U);
  EXPECT_TRUE(driven.accounted());
  driven.to_the_end();
  EXPECT_EQ(driven.arrived(), 40U);
}

TEST(OneWay, OfALinkWithoutOneBackIsRefused) {
  Trips trips(street({500, 500}, 10).seal());
  trips.send({"01", "12"}, 1, 1);
  Driven driven(trips, {begins(OneWay{{trips.link("12")}})});
  EXPECT_THAT(message_of<ScenarioError>([&] { driven.to_the_end(); }),
              HasSubstr("one-way already"));
}

TEST(Measures, OverlapAndEndInAnyOrder) {
  Trips trips = two_lanes(1);
  const std::uint32_t link = trips.link("12");
  const std::uint32_t first = trips.network->lane_begin[link];
  trips.table.trips[0].depart = to_micros(400);
  Driven driven(trips, {begins(NarrowRoad{.roads = {link}, .speed_mps = 5}, 0, 0, "A"),
                        begins(NarrowRoad{.roads = {link}, .lanes = 0, .speed_mps = 3}, 60, 0, "B"),
                        ends(120, "A"), ends(180, "B")});
  driven.to(120);
  EXPECT_EQ(driven.run->links().speed_mps[link], 3);
  EXPECT_EQ(driven.run->links().lane_may_enter[first], 0);
  driven.to(180);
  EXPECT_EQ(driven.run->links().speed_mps[link], 3);
  EXPECT_EQ(driven.run->links().lane_may_enter[first], all_vehicles);
  driven.to(240);
  EXPECT_EQ(driven.run->links().speed_mps[link], 10);
}

TEST(Measures, OfOneNameOrThatAreNotThereAreRefused) {
  Trips trips = two_lanes(1);
  const NarrowRoad road{.roads = {trips.link("12")}};
  const auto refusal = [&](std::vector<MomentEdit> edits) {
    Driven driven(trips, std::move(edits));
    return message_of<ScenarioError>([&] { driven.to_the_end(); });
  };
  EXPECT_THAT(refusal({begins(road, 0, 0, "A"), begins(road, 1, 0, "A")}),
              HasSubstr("A is in force already"));
  EXPECT_THAT(refusal({ends(0, "A")}), HasSubstr("A is not in force"));
  EXPECT_THAT(refusal({begins(road, 0, 60, "A"), ends(90, "A")}), HasSubstr("A is not in force"));
  EXPECT_THAT(refusal({{0, SetDemand{2}}}), HasSubstr("set_demand needs a world"));
}

TEST(Measures, ABranchInTheMidstOfThemGoesOnToTheSameEnd) {
  Trips trips = two_lanes();
  const std::uint32_t link = trips.link("12");
  Driven driven(trips, {begins(Incident{.roads = {link}}, 60, 300, "A"),
                        begins(BusLane{.roads = {trips.link("23")}}, 120, 300, "B")});
  driven.to(240);
  TripRun fork(*driven.run);
  driven.to_the_end();
  fork.run();
  ASSERT_EQ(fork.journeys().size(), driven.run->journeys().size());
  for (std::size_t i = 0; i < fork.journeys().size(); ++i) {
    EXPECT_EQ(fork.journeys()[i].ended, driven.run->journeys()[i].ended);
  }
}

TEST(Measures, EveryVehicleIsAccountedForUnderManyOfThem) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    Drawing drawing = grid(5);
    for (LinkPart& link : drawing.parts.links) link.lanes = 2;
    Trips trips = random_trips(drawing.seal(), 1500, 1800);
    RandomStream random(seed, 5);
    std::vector<MomentEdit> edits;
    for (int i = 0; i < 40; ++i) {
      const auto link = static_cast<std::uint32_t>(random.below(trips.network->links()));
      const double at_s = 45.0 * i;
      const std::string id = "M" + std::to_string(i);
      const double lasts_s = 60 + static_cast<double>(random.below(900));
      switch (random.below(5)) {
        case 0:
          edits.push_back(begins(BusLane{.roads = {link}}, at_s, lasts_s, id));
          break;
        case 1:
          edits.push_back(begins(Incident{.roads = {link}, .lanes = 2}, at_s, lasts_s, id));
          break;
        case 2:
          edits.push_back(begins(OneWay{{link}}, at_s, lasts_s, id));
          break;
        case 3:
          edits.push_back(begins(Weather{.roads = {link}, .rain_mmph = 30, .water_m = 0.25}, at_s,
                                 lasts_s, id));
          break;
        default:
          edits.push_back(begins(Incident{.roads = {link}}, at_s, lasts_s, id));
          break;
      }
    }
    TripRunOptions options;
    options.simulation.patience_s = 600;
    Driven driven(trips, std::move(edits), options);
    while (driven.run->step()) ASSERT_TRUE(driven.run->now() > 0);
    EXPECT_TRUE(driven.accounted()) << "seed " << seed;
    EXPECT_EQ(driven.run->simulation().inside(), 0U) << "seed " << seed;
  }
}

}  // namespace
}  // namespace kontwin::traffic::testing
