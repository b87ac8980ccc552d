// Lanes that change hands where vehicles are driven as individuals.
#include <gtest/gtest.h>

#include <set>

#include "tests/scenarios/traffic/control/control_run.hpp"
#include "tests/scenarios/traffic/zone_run.hpp"

namespace kontwin::traffic::testing {
namespace {

/// A road both ways between four places in a row, 600 m apart.
std::shared_ptr<const Network> road(int lanes, double lane_capacity_pcph) {
  Drawing drawing;
  for (int i = 0; i < 4; ++i) drawing.junction(std::to_string(i), 600.0 * i, 0);
  for (int i = 0; i < 3; ++i) {
    drawing.both(std::to_string(i), std::to_string(i + 1), 0, lanes);
  }
  for (LinkPart& link : drawing.parts.links) link.lane_capacity_pcph = lane_capacity_pcph;
  return drawing.seal();
}

std::vector<std::string> whole_road() { return {"0", "1", "2", "3"}; }

/// The strips of lane, from the middle of the road outwards from the side of `link`, in which
/// somebody is who drives along it; borrowed ones are below 0.
std::set<int> strips_in_use(const Simulation& simulation, std::uint32_t link) {
  const Network& network = simulation.network();
  const std::uint32_t first = network.lane_begin[link];
  const micro::MicroZone* zone = simulation.queues().zone_of(first);
  const int lanes = static_cast<int>(network.lanes_of(link));
  std::set<int> strips;
  const auto add = [&](std::uint32_t lane, double lateral_m) {
    if (network.lane_link[lane] != link) return;
    const int beyond = static_cast<int>(lateral_m / network.lane_width_m[link]);
    strips.insert(lanes - 1 - static_cast<int>(lane - first) - beyond);
  };
  std::vector<micro::VehiclePlace> places;
  zone->places(places);
  for (const micro::VehiclePlace& place : places) add(place.lane, place.lateral_m);
  std::vector<micro::Crossing> crossings;
  zone->crossings(crossings);
  for (const micro::Crossing& crossing : crossings) {
    if (crossing.rear_m < 0) add(crossing.lane, crossing.lateral_m);
  }
  return strips;
}

/// Nobody drives along a strip of road that somebody drives along the other way.
void expect_nobody_head_on(const TripRun& run, const std::vector<std::uint32_t>& links) {
  for (const std::uint32_t link : links) {
    const std::uint32_t back = run.simulation().network().opposite[link];
    const std::set<int> there = strips_in_use(run.simulation(), link);
    for (const int strip : strips_in_use(run.simulation(), back)) {
      ASSERT_FALSE(there.contains(-1 - strip))
          << "strip " << strip << " of " << run.simulation().network().link_id[back] << " at "
          << seconds(run.now());
    }
  }
}

int borrowed_in_use(const TripRun& run, std::uint32_t link) {
  const std::set<int> strips = strips_in_use(run.simulation(), link);
  return static_cast<int>(std::ranges::count_if(strips, [](int strip) { return strip < 0; }));
}

/// Cars an hour over the road while `lanes` of the way back are given to it, or none.
double given_flow(int lanes, int given, double lane_capacity_pcph,
                  const std::vector<std::string>& zone) {
  Trips trips(road(lanes, lane_capacity_pcph));
  const double most = (lanes + given) * (lane_capacity_pcph > 0 ? lane_capacity_pcph : 2400);
  trips.send({"32", "21", "10"}, static_cast<int>(most / 4), 3500 / most);
  const std::vector<std::uint32_t> roads{trips.link("01"), trips.link("12"), trips.link("23")};
  std::vector<MomentEdit> edits;
  if (given > 0) edits.push_back(begins(Contraflow{.roads = roads, .lanes = given}));
  Driven driven(trips, std::move(edits), with_zone(*trips.network, zone));
  driven.to(840);
  EXPECT_EQ(overruns(*driven.run), 0U);
  return flow_vph(*driven.run, 300, 840);
}

TEST(ContraflowInAZone, CarriesWhatTheLanesCarryThatAreThere) {
  for (const double capacity : {900.0, LinkPart::unknown}) {
    const double one = given_flow(1, 0, capacity, whole_road());
    EXPECT_NEAR(given_flow(1, 1, capacity, whole_road()), 2 * one, 0.03 * 2 * one) << capacity;
    const double two = given_flow(2, 0, capacity, whole_road());
    EXPECT_NEAR(given_flow(2, 1, capacity, whole_road()), 1.5 * two, 0.03 * 1.5 * two) << capacity;
    EXPECT_NEAR(given_flow(2, 2, capacity, whole_road()), 2 * two, 0.03 * 2 * two) << capacity;
  }
}

TEST(ContraflowInAZone, CarriesAsMuchAsInQueuesAndWherePartsOfTheRoadAreQueues) {
  const double queues = given_flow(2, 1, 900, {});
  EXPECT_NEAR(queues, 3 * 900, 0.03 * 3 * 900);
  for (const auto& zone :
       {std::vector<std::string>{"1"}, {"2", "1"}, {"0"}, {"0", "1", "2", "3"}}) {
    EXPECT_NEAR(given_flow(2, 1, 900, zone), queues, 0.03 * queues) << zone.front();
  }
}

TEST(ContraflowInAZone, NobodyMeetsAnyoneHeadOnAndAllGetThrough) {
  for (const int given : {1, 2}) {
    Trips trips(road(3, 900));
    trips.send({"01", "12", "23"}, 500, 1.6);
    trips.send({"12"}, 60, 13, 4, VehicleKind::motorbike);
    trips.send({"32", "21", "10"}, 900, 0.9);
    trips.send({"32", "21", "10"}, 200, 4, 1, VehicleKind::motorbike);
    trips.send({"21", "10"}, 40, 20, 3, VehicleKind::bus);
    const std::vector<std::uint32_t> roads{trips.link("01"), trips.link("12"), trips.link("23")};
    TripRunOptions options = with_zone(*trips.network, whole_road());
    options.window = to_micros(0.5);
    Driven driven(trips,
                  {begins(Contraflow{.roads = roads, .lanes = given}, 120, 240, "A"),
                   begins(Contraflow{.roads = roads, .lanes = given}, 600, 150, "B")},
                  options);
    int most = 0;
    int while_returning = 0;
    while (driven.run->step()) {
      expect_nobody_head_on(*driven.run, roads);
      expect_all_there(*driven.run);
      if (HasFatalFailure()) return;
      const int borrowed = borrowed_in_use(*driven.run, trips.link("21"));
      most = std::max(most, borrowed);
      const double now = seconds(driven.run->now());
      // Closed again, they are left before they are given back.
      if (now > 361 && now < 600) while_returning += borrowed;
      if (now > 480 && now < 600) {
        EXPECT_EQ(borrowed, 0) << now;
      }
      if (now > 480 && now < 481) {
        for (const std::uint32_t link : roads) {
          EXPECT_EQ(driven.run->links().lane_may_enter[trips.network->lane_begin[link] + 2],
                    all_vehicles);
        }
      }
    }
    EXPECT_EQ(most, given);
    EXPECT_GT(while_returning, 0);
    EXPECT_EQ(driven.arrived(), trips.table.trips.size());
    EXPECT_EQ(overruns(*driven.run), 0U);
  }
}

TEST(ContraflowInAZone, LeavesThoseAloneWhoTurnOffAndOnToItAtCrossings) {
  Trips trips = random_trips(grid(5).seal(), 1500, 900);
  std::vector<std::string> all;
  for (int x = 0; x < 5; ++x) {
    for (int y = 0; y < 5; ++y) all.push_back(std::to_string(x) + "_" + std::to_string(y) + ".");
  }
  const std::vector<std::uint32_t> roads{trips.link("1_2.2_2."), trips.link("2_2.3_2.")};
  TripRunOptions options = with_zone(*trips.network, all);
  options.window = to_micros(0.5);
  Driven driven(trips, {begins(Contraflow{.roads = roads}, 200, 400)}, options);
  while (driven.run->step()) {
    expect_nobody_head_on(*driven.run, roads);
    if (HasFatalFailure()) return;
  }
  expect_all_there(*driven.run);
  EXPECT_TRUE(driven.accounted());
  EXPECT_EQ(driven.run->simulation().inside(), 0U);
  EXPECT_EQ(overruns(*driven.run), 0U);
}

TEST(ContraflowInAZone, GoesOnInACopyAsInTheOriginal) {
  Trips trips(road(2, 900));
  trips.send({"32", "21", "10"}, 300, 1.4);
  trips.send({"01", "12", "23"}, 100, 4);
  const std::vector<std::uint32_t> roads{trips.link("01"), trips.link("12"), trips.link("23")};
  for (const double copied_at_s : {61.0, 120.0, 270.0}) {
    Driven driven(trips, {begins(Contraflow{.roads = roads}, 60, 200)},
                  with_zone(*trips.network, whole_road()));
    driven.to(copied_at_s);
    TripRun copy(*driven.run);
    copy.run();
    driven.to_the_end();
    EXPECT_EQ(ends_of(copy), ends_of(*driven.run));
    EXPECT_EQ(copy.simulation().arrived(), trips.table.trips.size());
  }
}

}  // namespace
}  // namespace kontwin::traffic::testing
