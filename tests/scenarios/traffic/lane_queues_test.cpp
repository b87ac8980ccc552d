// What a lane holds, and what a light lets out of it.
#include "scenarios/traffic/lane_queues.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/traffic/trips.hpp"

namespace kontwin::traffic::testing {
namespace {

constexpr Aspect go = Aspect::exclusive, stop = Aspect::red;

/// When the last vehicle of the trips arrives, in seconds.
double last_arrival_s(Trips& trips) {
  ComputeArena arena(1);
  TripRun run(trips.network, trips.sorted(), arena);
  run.run();
  EXPECT_EQ(run.simulation().arrived(), trips.table.trips.size());
  Micros last = 0;
  for (const Journey& journey : run.journeys()) last = std::max(last, journey.ended);
  return seconds(last);
}

/// A street of 300 m, a link of `short_m` before a light that is red from 60 s on, and 300 m.
Trips before_a_red_light(double short_m) {
  Drawing drawing = street({300, short_m, 300}, 10);
  SignalPart signal;
  signal.id = "2";
  signal.turns = {drawing.turn("12", "23")};
  signal.stages = {{60, 5, 60, {go}}, {600, 5, 60, {stop}}};
  drawing.parts.signals.push_back(signal);
  return Trips(drawing.seal());
}

TEST(LaneRoom, AShortLinkBeforeARedLightHoldsWholeVehiclesAndNoneInTheJunction) {
  // Cars of 7.5 m with their gap.
  for (const auto& [short_m, cars] : {std::pair{14.0, 1U}, {26.0, 3U}, {31.0, 4U}}) {
    Trips trips = before_a_red_light(short_m);
    trips.send({"01", "12", "23"}, 60, 2);
    ComputeArena arena(1);
    TripRun run(trips.network, trips.sorted(), arena);
    while (run.now() < to_micros(300) && run.step()) {
    }
    EXPECT_EQ(run.simulation().queues().count(trips.link("12")), cars) << short_m << " m";
  }
}

TEST(LaneRoom, AShortLinkThatMovesCarriesWhatItsNeighboursDo) {
  const auto last_over = [](const std::vector<double>& lengths_m) {
    Trips trips(street(lengths_m, 10).seal());
    std::vector<std::string> route;
    for (std::size_t i = 0; i < lengths_m.size(); ++i) {
      route.push_back(std::to_string(i) + std::to_string(i + 1));
    }
    trips.send(route, 300, 1);
    return last_arrival_s(trips);
  };
  const double without_s = last_over({500, 500});
  for (const double short_m : {8.0, 12.0, 14.0, 20.0}) {
    EXPECT_NEAR(last_over({500, short_m, 500}), without_s + short_m / 10, 0.02 * without_s)
        << short_m << " m";
  }
}

TEST(LaneAtALight, AGreenIsWholeForEachWayOutOfItAlsoWhereOneWayIsGreenTwice) {
  Drawing drawing = crossing(JunctionControl::signal);
  SignalPart signal;
  signal.id = "K";
  signal.turns = {drawing.turn("WX", "XE"), drawing.turn("WX", "XS")};
  signal.stages = {{30, 5, 60, {go, go}},
                   {20, 5, 60, {stop, stop}},
                   {20, 5, 60, {stop, go}},
                   {20, 5, 60, {stop, stop}}};
  drawing.parts.signals.push_back(signal);
  Trips trips(drawing.seal());
  trips.send({"WX", "XS"}, 50, 2, 0);
  trips.send({"WX", "XE"}, 50, 2, 1);
  // Of a single lane at least 30 s of each 90 are used; a car takes 1.54 s, turning a little more.
  const double greens = 100 * 1.6 / 30;
  EXPECT_LE(last_arrival_s(trips), 90 * std::ceil(greens) + 60);
}

}  // namespace
}  // namespace kontwin::traffic::testing
