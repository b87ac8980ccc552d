// Networks and demand that make no sense: each is mended and listed, or refused; no run freezes,
// and every vehicle is accounted for at its end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "scenarios/traffic/demand/od_estimation.hpp"
#include "scenarios/traffic/demand/od_trips.hpp"
#include "tests/scenarios/traffic/trips.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

using kontwin::testing::message_of;
using ::testing::HasSubstr;

struct Ends {
  std::size_t arrived = 0, no_route = 0, stranded = 0, under_way = 0;
  std::size_t all() const { return arrived + no_route + stranded + under_way; }
};

Ends drive(const Trips& trips, const std::function<void(TripRun&)>& change = {}) {
  ComputeArena arena(1);
  TripRunOptions options;
  options.simulation.patience_s = 600;
  options.most = to_micros(4 * 3600);
  TripRun run(trips.network, trips.table, arena, options);
  if (change) change(run);
  run.run();
  Ends ends;
  for (const Journey& journey : run.journeys()) {
    ends.arrived += journey.result == Journey::Result::arrived ? 1 : 0;
    ends.no_route += journey.result == Journey::Result::no_route ? 1 : 0;
    ends.stranded += journey.result == Journey::Result::stranded ? 1 : 0;
  }
  ends.under_way = run.simulation().inside();
  return ends;
}

TEST(BadInput, LinksThatDangleAndPlacesThatCannotBeReachedLoseNobody) {
  // Two streets that do not meet, the second a one-way road into nowhere.
  Drawing drawing;
  drawing.junction("0", 0, 0);
  drawing.junction("1", 200, 0);
  drawing.junction("2", 400, 0);
  drawing.junction("3", 5000, 0);
  drawing.junction("4", 5200, 0);
  drawing.link("0", "1");
  drawing.link("1", "2");
  drawing.link("3", "4");
  Trips trips(drawing.seal());
  trips.send_from_to(trips.link("01"), trips.link("12"), 0, VehicleKind::car);
  trips.send_from_to(trips.link("01"), trips.link("34"), 1, VehicleKind::car);
  trips.send_from_to(trips.link("12"), trips.link("01"), 2, VehicleKind::motorbike);
  trips.send_from_to(trips.link("34"), trips.link("34"), 3, VehicleKind::lorry);
  const Ends ends = drive(trips);
  EXPECT_EQ(ends.arrived, 2U);
  EXPECT_EQ(ends.no_route, 2U);
  EXPECT_EQ(ends.all(), 4U);
}

TEST(BadInput, LengthsSpeedsAndCapacitiesOfNothingAreMendedAndDriven) {
  Drawing drawing = street({500, 500, 500}, 10);
  drawing.parts.links[0].length_m = 0;
  drawing.parts.links[1].length_m = -3;
  drawing.parts.links[1].free_speed_mps = 0;
  drawing.parts.links[2].lane_capacity_pcph = 0;
  drawing.parts.links[2].lanes = 0;
  std::vector<Repair> repairs;
  Trips trips(Network::seal(drawing.parts, &repairs));
  EXPECT_EQ(repairs.size(), 5U);
  trips.send({"01", "12", "23"}, 50, 2);
  EXPECT_EQ(drive(trips).arrived, 50U);
}

TEST(BadInput, AClosedOnlyRoadStrandsThoseWhoseWayItIs) {
  Trips trips(street({500, 500, 500}, 10).seal());
  trips.send({"01", "12", "23"}, 20, 5);
  trips.send({"01"}, 5, 5);
  trips.sorted();
  const Ends ends = drive(trips, [&](TripRun& run) {
    const std::uint32_t closed = trips.link("12");
    run.links().may_enter[closed] = 0;
    run.simulation().take_over({&closed, 1}, {&closed, 1}, {}, all_vehicles);
  });
  EXPECT_EQ(ends.arrived, 5U);
  EXPECT_EQ(ends.stranded + ends.no_route, 20U);
  EXPECT_EQ(ends.under_way, 0U);
}

TEST(BadInput, ALinkThatLetsInNobodyAndAKindThatNoLinkLetsIn) {
  Drawing drawing = street({500, 500}, 10);
  drawing.parts.links[1].allowed = 0;
  std::vector<Repair> repairs;
  Trips trips(Network::seal(drawing.parts, &repairs));
  EXPECT_EQ(repairs.at(0).rule, "no one allowed");
  trips.send({"01", "12"}, 3, 1);
  trips.send_from_to(trips.link("12"), trips.link("12"), 5, VehicleKind::bus);
  const Ends ends = drive(trips);
  EXPECT_EQ(ends.arrived, 0U);
  EXPECT_EQ(ends.all(), 4U);
  EXPECT_EQ(ends.under_way, 0U);
}

TEST(BadInput, ASignalWithoutGreenLetsItsTurnsGiveWay) {
  Drawing drawing = crossing(JunctionControl::signal);
  SignalPart signal;
  signal.id = "K";
  signal.turns = {drawing.turn("WX", "XE"), drawing.turn("NX", "XS")};
  signal.stages = {{60, 5, 60, {Aspect::red, Aspect::exclusive}}};
  drawing.turn("EX", "XW");
  drawing.turn("SX", "XN");
  drawing.parts.signals.push_back(signal);
  std::vector<Repair> repairs;
  Trips trips(Network::seal(drawing.parts, &repairs));
  EXPECT_EQ(repairs.at(0).rule, "no green");
  trips.send({"WX", "XE"}, 30, 3);
  trips.send({"NX", "XS"}, 30, 3);
  trips.sorted();
  EXPECT_EQ(drive(trips).arrived, 60U);
}

TEST(BadInput, DemandInTheSeaIsRefusedByZone) {
  HourlyOd od;
  od.zone = {"harbour", "sea"};
  od.hours.push_back({7, OdMatrix(2, 2)});
  od.hours[0].trips.at(0, 1) = 5;
  const std::vector<ZoneLinks> zones{{{0}, {0}}, {}};
  const std::vector<TypeShare> shares{{0, 1}};
  const auto standard = standard_vehicle_types();
  EXPECT_THAT(message_of<ScenarioError>([&] {
                draw_trips(od, zones, {standard.begin(), standard.end()}, shares);
              }),
              HasSubstr("from harbour to sea have no link to begin or end at"));
  od.hours[0].trips.at(0, 1) = -5;
  EXPECT_THAT(message_of<ScenarioError>([&] {
                draw_trips(od, zones, {standard.begin(), standard.end()}, shares);
              }),
              HasSubstr("from harbour to sea are no number from 0"));
}

TEST(BadInput, CountsBelowNothingAreRefused) {
  const std::vector<PriorTrips> prior{{100, 10}};
  EXPECT_THROW(estimate_od(prior, std::vector<Counter>{{-1, 1, {{0, 1}}}}), ScenarioError);
}

}  // namespace
}  // namespace kontwin::traffic::testing
