#include "scenarios/traffic/outputs/service_access.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "scenarios/traffic/world_network.hpp"
#include "tests/support/small_world.hpp"
#include "twin/road_graph.hpp"

namespace kontwin::traffic::testing {
namespace {

using kontwin::testing::town_parts;

const ServiceAccess& of(const std::vector<ServiceAccess>& found, const std::string& commune,
                        Kind service) {
  const auto at = std::ranges::find_if(found, [&](const ServiceAccess& one) {
    return one.commune_code == commune && one.service == service;
  });
  EXPECT_NE(at, found.end()) << commune;
  return *at;
}

/// The town of 5 x 5 junctions, 200 m apart at 30 km/h, of 100 people each: a column of commune A
/// in the west, the rest B; a hospital at one corner.
class ServicesOfATown : public ::testing::Test {
 protected:
  ServicesOfATown() {
    EntityTable& homes = parts_.entities[index_of(Kind::residence)];
    for (std::size_t row = 0; row < homes.size(); ++row) {
      homes.commune_code[row] = homes.place[row].x_m < 250 ? "A" : "B";
    }
    auto& hospitals = parts_.entities[index_of(Kind::hospital)];
    hospitals.attributes[hospital_attribute::junction_row].assign(hospitals.size(), 0);
  }
  std::vector<ServiceAccess> access(double wait_s = 0) const {
    const auto world = World::seal(parts_);
    const auto network = network_of(*world);
    const std::vector<double> waits(network->links(), wait_s);
    return service_access(*world, *network, standard_vehicle_types()[0], waits);
  }
  WorldParts parts_ = town_parts();
};

TEST_F(ServicesOfATown, MinutesToTheNearestAreThoseOfTheStreets) {
  const auto found = access();
  const double block_min = 200 / (30 / 3.6) / 60;
  const ServiceAccess& near = of(found, "A", Kind::hospital);
  EXPECT_DOUBLE_EQ(near.people, 500);
  EXPECT_NEAR(near.mean_min, 2 * block_min, 1e-9);
  EXPECT_NEAR(near.farthest_min, 4 * block_min, 1e-9);
  EXPECT_DOUBLE_EQ(near.within[0], 500);
  const ServiceAccess& far = of(found, "B", Kind::hospital);
  EXPECT_DOUBLE_EQ(far.people, 2000);
  EXPECT_NEAR(far.mean_min, 4.5 * block_min, 1e-9);
  EXPECT_NEAR(far.farthest_min, 8 * block_min, 1e-9);
}

TEST_F(ServicesOfATown, ThoseBeyondTheMinutesAreNotCountedWithin) {
  // A block takes 10 minutes more.
  const auto found = access(600);
  const ServiceAccess& near = of(found, "A", Kind::hospital);
  EXPECT_DOUBLE_EQ(near.within[0], 200);  // at the hospital and a block away
  EXPECT_DOUBLE_EQ(near.within[1], 300);
  EXPECT_DOUBLE_EQ(near.within[2], 500);
}

TEST_F(ServicesOfATown, ATurnThatOthersMayMakeIsNoWay) {
  const auto turns_into = [this](std::uint32_t target) {
    const RoadNetwork& roads = parts_.roads;
    std::vector<ForbiddenTurn> turns;
    for (std::uint32_t from = 0; from < roads.links(); ++from) {
      for (std::uint32_t to = 0; to < roads.links(); ++to) {
        if (roads.to[to] != target || roads.to[from] != roads.from[to]) continue;
        turns.push_back({from, to, bit_of(standard_vehicle_types()[0].kind)});
      }
    }
    return turns;
  };
  parts_.roads.forbidden_turns = turns_into(0);
  // Left are the neighbours, who start beside it, and those at the hospital.
  EXPECT_DOUBLE_EQ(of(access(), "A", Kind::hospital).unreached, 300);
  EXPECT_DOUBLE_EQ(of(access(), "B", Kind::hospital).unreached, 1900);
}

TEST_F(ServicesOfATown, ThoseWithoutAWayAreCounted) {
  EntityTable& homes = parts_.entities[index_of(Kind::residence)];
  homes.attributes[residence_attribute::junction_row][0] = std::nan("");
  const auto cut = access();
  EXPECT_DOUBLE_EQ(of(cut, "A", Kind::hospital).unreached, 100);
  const auto shut = access(unreachable);
  EXPECT_DOUBLE_EQ(of(shut, "B", Kind::hospital).unreached, 2000);
  EXPECT_DOUBLE_EQ(of(shut, "B", Kind::hospital).mean_min, 0);
}

TEST_F(ServicesOfATown, AServiceThatTheWorldDoesNotHaveIsLeftOut) {
  for (const ServiceAccess& one : access()) EXPECT_NE(one.service, Kind::office);
}

}  // namespace
}  // namespace kontwin::traffic::testing
