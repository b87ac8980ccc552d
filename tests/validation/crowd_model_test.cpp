#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/scenarios/evacuation/crowd/crowd_run_case.hpp"
#include "tests/validation/crowd_ring.hpp"
#include "tests/validation/validation.hpp"

// One calibrated set of figures (the defaults of MovementOptions and of a PeopleKind) holds for all
// cases here.

namespace kontwin::validation {
namespace {

using crowd::MovementOptions;

TEST(CrowdModelValidation, SpeedFallsWithDensityAsWeidmannFound) {
  // Experiments scatter about Weidmann's line by a quarter to a third of it up to 3 persons/m²
  // (compilation of Seyfried et al. 2010, Pedestrian and Evacuation Dynamics 2008, fig. 1), and by
  // more than it is itself where people hardly move: there the difference in speed is held.
  Curve measured{"model", {}, false}, published{"Weidmann 1993", {}, true};
  for (const double per_m2 : {0.5, 1.0, 1.5, 2.0, 3.0}) {
    const double speed = Ring(per_m2, MovementOptions::Model::anticipation).mean_speed_mps();
    measured.points.emplace_back(per_m2, speed);
    expect_within({"crowd", "Speed at " + std::to_string(per_m2).substr(0, 3) + " persons/m²",
                   "m/s", "Weidmann 1993, Transporttechnik der Fussgänger, fundamental diagram"},
                  speed, weidmann_mps(per_m2), 0.25);
  }
  for (const double per_m2 : {4.0, 5.0}) {
    const double speed = Ring(per_m2, MovementOptions::Model::anticipation).mean_speed_mps();
    measured.points.emplace_back(per_m2, speed);
    expect_at_most(
        {"crowd", "Difference in speed at " + std::to_string(per_m2).substr(0, 3) + " persons/m²",
         "m/s", "Weidmann 1993, Transporttechnik der Fussgänger, fundamental diagram"},
        std::fabs(speed - weidmann_mps(per_m2)), 0.15);
  }
  for (double per_m2 = 0.2; per_m2 < 5.4; per_m2 += 0.1) {
    published.points.emplace_back(per_m2, weidmann_mps(per_m2));
  }
  Curve other{"collision-free speed", {}, false};
  for (const double per_m2 : {0.5, 1.0, 2.0, 3.0, 4.0, 5.0}) {
    other.points.emplace_back(
        per_m2, Ring(per_m2, MovementOptions::Model::collision_free_speed).mean_speed_mps());
  }
  plot("crowd", "crowd-fundamental-diagram", "Speed and density in a corridor of 4 m", "persons/m²",
       "m/s", {published, measured, other});
}

/// People in a room 8 m wide before a passage of a width.
crowd::Building bottleneck(double width_m, double length_m) {
  constexpr double room_m = 20, room_width_m = 8;
  const double low = (room_width_m - width_m) / 2, high = (room_width_m + width_m) / 2;
  const double end = room_m + length_m;
  crowd::Building building;
  crowd::Polygon shape;
  shape.outer = {{0, 0},      {room_m, 0},    {room_m, low},          {end, low},
                 {end, high}, {room_m, high}, {room_m, room_width_m}, {0, room_width_m}};
  building.surfaces = {crowd::test::floor("room", shape)};
  building.exits = {crowd::test::exit("out", 0, {end, low}, {end, high})};
  return building;
}

/// Two such rooms and a door between them; the exit is the far wall of the second.
crowd::Building door_between_rooms(double width_m) {
  constexpr double room_m = 20, room_width_m = 8;
  const double low = (room_width_m - width_m) / 2, high = (room_width_m + width_m) / 2;
  crowd::Building building;
  building.surfaces = {
      crowd::test::floor("first", crowd::test::rectangle(0, 0, room_m, room_width_m)),
      crowd::test::floor("second", crowd::test::rectangle(room_m, 0, 2 * room_m, room_width_m))};
  building.openings = {crowd::test::opening("door", 0, 1, {room_m, low}, {room_m, high})};
  building.exits = {crowd::test::exit("out", 1, {2 * room_m, 0}, {2 * room_m, room_width_m})};
  return building;
}

/// Persons a metre and second over a line across the way of people from the first room, between a
/// fifth and four fifths of all; the mean of three seeds.
double specific_flow(const crowd::Building& building, double width_m, std::uint32_t surface,
                     double line_x_m) {
  const auto people = static_cast<std::size_t>(std::min(350.0, 150 + 60 * width_m));
  double flow = 0;
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    crowd::test::CrowdRun run(
        building, crowd::test::people_in(0, crowd::test::rectangle(0.3, 0.3, 19.5, 7.7), people,
                                         crowd::weidmann(), seed));
    const auto line =
        run.crowd.measure(crowd::MeasureLine{"line", surface, {line_x_m, 8}, {line_x_m, 0}});
    run.until_empty(900);
    EXPECT_EQ(run.crowd.count().out, people);
    const auto& times = run.crowd.line(line).forward_s;
    if (times.size() < people) return 0;
    const std::size_t first = people / 5, last = people * 4 / 5;
    flow += static_cast<double>(last - first) / (times[last] - times[first]) / width_m / 3;
  }
  return flow;
}

TEST(CrowdModelValidation, BottlenecksPassTheFlowsThatWereMeasured) {
  // 1.3 to 2.0 persons/(m s) is the span of what experiments found for doors of 0.7 to 5 m and for
  // passages of 0.8 m and more.
  const std::string source =
      "Kretz, Grünebohm and Schreckenberg 2006, J. Stat. Mech. P10014; Seyfried et al. 2009, "
      "Transportation Science 43; Liddle et al. 2009, arXiv:0911.4350";
  Curve passage{"passage of 4 m", {}, false}, deep{"door, 0.5 m deep", {}, false},
      between{"door between two rooms", {}, false};
  const auto expect = [&source](const std::string& where, double width_m, double flow,
                                Curve& curve) {
    curve.points.emplace_back(width_m, flow);
    expect_within(
        {"crowd", "Specific flow, " + std::to_string(width_m).substr(0, 3) + " m wide" + where,
         "persons/(m s)", source},
        flow, 1.65, 0.35 / 1.65);
  };
  for (const double width_m : {0.7, 0.9, 1.2, 1.6, 2.0, 3.0, 5.0}) {
    expect(" and 0.5 m long", width_m, specific_flow(bottleneck(width_m, 0.5), width_m, 0, 20.25),
           deep);
  }
  for (const double width_m : {0.8, 1.0, 1.2, 1.6, 2.0, 3.0, 5.0}) {
    expect(" and 4.0 m long", width_m, specific_flow(bottleneck(width_m, 4), width_m, 0, 22),
           passage);
  }
  for (const double width_m : {0.8, 1.0, 1.2, 1.6, 2.0, 2.4}) {
    expect(" between two rooms", width_m,
           specific_flow(door_between_rooms(width_m), width_m, 1, 20.3), between);
  }
  plot("crowd", "crowd-bottleneck", "Specific flow through bottlenecks", "width, m",
       "persons/(m s)", {passage, deep, between});
}

TEST(CrowdModelValidation, ARoomEmptiesTwiceAsFastByTwiceTheExits) {
  const auto empty_s = [](bool four) {
    crowd::Building building;
    building.surfaces = {crowd::test::floor("hall", crowd::test::rectangle(0, 0, 30, 20))};
    building.exits = {crowd::test::exit("a", 0, {4.5, 20}, {5.5, 20}),
                      crowd::test::exit("b", 0, {24.5, 20}, {25.5, 20})};
    if (four) {
      building.exits.push_back(crowd::test::exit("c", 0, {4.5, 0}, {5.5, 0}));
      building.exits.push_back(crowd::test::exit("d", 0, {24.5, 0}, {25.5, 0}));
    }
    crowd::test::CrowdRun run(
        building, crowd::test::people_in(0, crowd::test::rectangle(0.3, 0.3, 29.7, 19.7), 1000));
    const double last_s = run.until_empty(1200);
    EXPECT_EQ(run.crowd.count().out, 1000U);
    return last_s;
  };
  const std::string source = "RiMEA 2016, Guideline for Microscopic Evacuation Analysis, test 9";
  const double four_s = empty_s(true), two_s = empty_s(false);
  expect_within({"crowd", "1000 people by two exits beside four", "times as long", source},
                two_s / four_s, 2.0, 0.2);
  expect_within({"crowd", "1000 people by four exits of 1 m, each", "persons/(m s)", source},
                250 / four_s, 1.65, 0.35 / 1.65);
}

TEST(CrowdModelValidation, BodiesStayApartInADenseCrowd) {
  Ring ring(4.0, MovementOptions::Model::anticipation);
  ring.mean_speed_mps();
  // The model is free of collisions in continuous time; a step of 0.05 s leaves a trace.
  expect_at_most({"crowd", "Deepest overlap of bodies of 0.3 m at 4 persons/m²", "m",
                  "Xu, Chraibi and Seyfried 2021, Transportation Research C 133"},
                 ring.deepest_overlap_m(), 0.02);
}

}  // namespace
}  // namespace kontwin::validation
