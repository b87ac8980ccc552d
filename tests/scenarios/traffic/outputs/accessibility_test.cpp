#include "scenarios/traffic/outputs/accessibility.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/traffic/trips.hpp"

namespace kontwin::traffic::testing {
namespace {

/// Towns along a road both ways, 15 km at 60 km/h from one to the next: a quarter of an hour.
std::shared_ptr<const Network> road_of_towns() {
  Drawing drawing;
  for (int i = 0; i < 4; ++i) drawing.junction(std::to_string(i), 15000.0 * i, 0);
  for (int i = 0; i < 3; ++i) drawing.both(std::to_string(i), std::to_string(i + 1));
  for (LinkPart& link : drawing.parts.links) {
    link.length_m = 14990;
    link.free_speed_mps = 60 / 3.6;
  }
  return drawing.seal();
}

const std::vector<Zone> towns{{"a", {0, 10}, 1, 10},
                              {"b", {15000, 0}, 2, 20},
                              {"c", {30000, 0}, 4, 40},
                              {"d", {45000, 0}, 8, 80}};

TEST(Accessibility, CountsWhatIsWithinTheMinutes) {
  const auto network = road_of_towns();
  const std::vector<double> none(network->links(), 0);
  const VehicleType& car = standard_vehicle_types()[1];
  const auto found = accessibility(*network, car, towns, none);
  EXPECT_EQ(found[0].people, (std::array{3.0, 7.0, 15.0}));
  EXPECT_EQ(found[1].people, (std::array{7.0, 15.0, 15.0}));
  EXPECT_EQ(found[3].sites, (std::array{120.0, 140.0, 150.0}));
  const double t = 14.99;
  EXPECT_NEAR(found[0].hansen, 10 + 20 / t + 40 / (2 * t) + 80 / (3 * t), 1e-3);
}

TEST(Accessibility, SuffersFromWaitsAndFromRoadsThatAreShutToTheKind) {
  const auto network = road_of_towns();
  std::vector<double> waits(network->links(), 0);
  waits[*network->find_link("12")] = 3600;
  const VehicleType& car = standard_vehicle_types()[1];
  const auto found = accessibility(*network, car, towns, waits);
  EXPECT_EQ(found[0].people, (std::array{3.0, 3.0, 3.0}));
  EXPECT_EQ(found[3].people, (std::array{12.0, 14.0, 15.0}));

  Drawing drawing;
  drawing.junction("x", 0, 0);
  drawing.junction("y", 1000, 0);
  drawing.both("x", "y");
  for (LinkPart& link : drawing.parts.links) link.allowed = bit_of(VehicleKind::motorbike);
  const auto path = drawing.seal();
  const std::vector<double> none(path->links(), 0);
  const std::vector<Zone> ends{{"x", {0, 0}, 1, 1}, {"y", {1000, 0}, 1, 1}};
  EXPECT_EQ(accessibility(*path, car, ends, none)[0].people[2], 0);
  EXPECT_EQ(accessibility(*path, standard_vehicle_types()[0], ends, none)[0].people[2], 2);
}

TEST(Accessibility, AZoneIsTheOneWhoseCentreIsNearest) {
  EXPECT_EQ(nearest_zone(towns, {14000, 3000}), 1U);
  EXPECT_EQ(nearest_zone(towns, {-1e6, 0}), 0U);
}

}  // namespace
}  // namespace kontwin::traffic::testing
