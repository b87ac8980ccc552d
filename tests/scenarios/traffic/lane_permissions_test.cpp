// Who drives in which lane, and that all who came get through.
#include <gtest/gtest.h>

#include "tests/scenarios/traffic/trips.hpp"

namespace kontwin::traffic::testing {
namespace {

constexpr VehicleKinds buses = bit_of(VehicleKind::bus);
constexpr VehicleKinds others = all_vehicles & ~unsigned{buses};

/// Vehicles that left each lane of a link so far.
std::vector<std::uint64_t> exits(const Simulation& simulation, std::uint32_t link) {
  const Network& network = simulation.network();
  std::vector<std::uint64_t> passed;
  for (std::uint32_t lane = network.lane_begin[link]; lane < network.lane_begin[link + 1]; ++lane) {
    passed.push_back(simulation.queues().counts()[lane].exits);
  }
  return passed;
}

/// Drives the trips until nobody is under way, and gives the vehicles that left each lane of
/// `link`.
std::vector<std::uint64_t> driven(Trips& trips, const std::string& link) {
  ComputeArena arena(1);
  const LinkState links(*trips.network);
  Simulation simulation(trips.network, links, arena, trips.table.types);
  std::vector<Departure> departures;
  for (const TripRow& trip : trips.sorted().trips) {
    Departure one;
    one.at = trip.depart;
    one.number = trip.number;
    one.type = trip.type;
    one.from_link = trip.from_link;
    one.to = {Destination::Kind::link, trip.to_link};
    one.route = simulation.guides().add_route(trips.table.route_of(trip));
    departures.push_back(one);
  }
  simulation.start(departures);
  simulation.run(to_micros(7200));
  EXPECT_EQ(simulation.arrived(), trips.table.trips.size());
  return exits(simulation, trips.link(link));
}

TEST(LanePermissions, BusesKeepTheirLaneAndTheOthersTheRest) {
  Drawing drawing = street({300, 300}, 10, LinkPart::unknown, 2);
  drawing.parts.links[1].lane_kinds = {buses, others};
  Trips trips(drawing.seal());
  trips.send({"01", "12"}, 20, 3, 0, VehicleKind::bus);
  trips.send({"01", "12"}, 50, 3, 0.5, VehicleKind::car);
  EXPECT_EQ(driven(trips, "12"), (std::vector<std::uint64_t>{20, 50}));
}

TEST(LanePermissions, WhereTheBusLaneLeadsAloneTheOthersTurnFromTheLaneBesideIt) {
  Drawing drawing = crossing(JunctionControl::unregulated, 2);
  drawing.parts.links[drawing.link_row("WX")].lane_kinds = {buses, others};
  Trips trips(drawing.seal());
  trips.send({"WX", "XS"}, 5, 10, 0, VehicleKind::bus);
  trips.send({"WX", "XS"}, 30, 5, 0, VehicleKind::car);
  EXPECT_EQ(driven(trips, "WX"), (std::vector<std::uint64_t>{5, 30}));
}

TEST(LanePermissions, ALaneThatShutsInMidRunIsLeftAndUsedNoMoreUntilItOpens) {
  Trips trips(street({300, 300}, 10, 900, 2).seal());
  trips.send({"01", "12"}, 300, 2);
  ComputeArena arena(1);
  TripRunOptions options;
  TripRun run(trips.network, trips.sorted(), arena, options);
  const std::uint32_t link = trips.link("12");
  const std::uint32_t inner = trips.network->lane_begin[link] + 1;
  std::vector<std::uint64_t> inside;
  const auto set = [&](VehicleKinds kinds) {
    run.links().lane_may_enter[inner] = kinds;
    run.simulation().take_over(std::array{link}, std::array{link}, {}, 0);
  };
  const auto drive_to = [&](double until_s) {
    while (run.now() < to_micros(until_s) && run.step()) {
    }
    inside.push_back(run.simulation().queues().lane(inner).count);
  };
  drive_to(180);
  set(0);
  drive_to(300);
  set(all_vehicles);
  drive_to(420);
  run.run();
  EXPECT_GT(inside[0], 0U);
  EXPECT_EQ(inside[1], 0U);
  EXPECT_GT(inside[2], 0U);
  EXPECT_EQ(run.simulation().arrived(), 300U);
}

TEST(LanePermissions, WhoTurnsFromAnotherLaneThanUsualIsSeenByASignalThatAsksForDemand) {
  Drawing drawing = crossing(JunctionControl::signal, 2);
  SignalPart signal;
  signal.id = "K";
  signal.kind = SignalKind::actuated;
  signal.turns = {drawing.turn("WX", "XS", 0b01), drawing.turn("WX", "XE", 0b10),
                  drawing.turn("NX", "XS", 0b11)};
  const Aspect go = Aspect::exclusive;
  signal.stages = {{20, 5, 60, {Aspect::red, go, Aspect::red}},
                   {20, 5, 60, {Aspect::red, Aspect::red, go}},
                   {20, 5, 60, {go, Aspect::red, Aspect::red}}};
  drawing.parts.signals.push_back(signal);
  Trips trips(drawing.seal());
  trips.send({"WX", "XS"}, 20, 6);
  ComputeArena arena(1);
  TripRun run(trips.network, trips.sorted(), arena);
  const std::uint32_t link = trips.link("WX");
  run.links().lane_may_enter[trips.network->lane_begin[link]] = 0;
  run.simulation().take_over(std::array{link}, std::array{link}, {}, 0);
  run.run();
  EXPECT_EQ(run.simulation().arrived(), 20U);
}

TEST(LanesSideBySide, CarryTheCapacityOfAllOfThem) {
  // A lane that vehicles left is as empty as one that nobody drove into.
  Trips trips(street({500, 500, 500}, 10, 900, 2).seal());
  trips.send({"01", "12", "23"}, 300, 2);
  ComputeArena arena(1);
  TripRun run(trips.network, trips.sorted(), arena);
  run.run();
  for (const Journey& journey : run.journeys()) {
    EXPECT_NEAR(seconds(journey.ended - journey.departed), 150, 4);
  }
}

}  // namespace
}  // namespace kontwin::traffic::testing
