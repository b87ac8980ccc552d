#include "scenarios/traffic/freight.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/traffic/world_network.hpp"
#include "tests/scenarios/traffic/traffic_run.hpp"

namespace kontwin::traffic::testing {
namespace {

using namespace kontwin::testing;  // NOLINT(google-build-using-namespace)

/// A road of 40 km with a plot of a thousand hectares of cassava at its start, a village 20 km on
/// and a town at its end.
WorldParts farm_road() {
  WorldParts parts = empty_parts();
  for (int i = 0; i <= 4; ++i) junction(parts, {10'000.0 * i, 0});
  for (std::uint32_t i = 0; i < 4; ++i) {
    link(parts, i, i + 1, 15, 1200);
    link(parts, i + 1, i, 15, 1200);
  }
  const auto add = [&parts](Kind kind, const char* id, LocalPoint place,
                            std::vector<double> attributes) {
    EntityRecord record;
    record.urn = make_urn(kind, id);
    record.name = id;
    record.place = place;
    record.attributes = std::move(attributes);
    parts.add(kind, std::move(record));
  };
  add(Kind::farm_plot, "f", {100, 500}, {1e7, 3});
  const auto home = [&add](const char* id, double x_m, double households, double at) {
    add(Kind::residence, id, {x_m, 0}, {4 * households, households, at});
  };
  home("village", 20'000, 100, 2);
  home("town", 40'000, 2000, 4);
  return parts;
}

TEST(Freight, PlotsSendTheirHarvestAndHomesMakeTripsByHousehold) {
  const auto world = World::seal(farm_road());
  const std::vector<FreightZone> zones = freight_zones(*world);
  ASSERT_EQ(zones.size(), 3U);
  // 1,000 ha of 20 t by 5 t a lorry on 300 days.
  EXPECT_NEAR(zones[0].harvest, 1000 * 20 / 5.0 / 300, 1e-9);
  EXPECT_EQ(zones[0].junction, 0U);
  EXPECT_EQ(zones[0].homes, 0);
  EXPECT_NEAR(zones[2].homes, 2000 * 0.0685, 1e-9);
}

TEST(Freight, LorriesDriveThereAndBackMoreToWhereMoreIsReceived) {
  const auto world = World::seal(farm_road());
  const auto network = network_of(*world);
  FreightRates rates;
  rates.tonnes_per_lorry = 0.5;  // ten times the lorries, for a mean of them
  const TripTable table = freight_trips(freight_zones(*world, rates), *network);
  const double loads = 1000 * 20 / 0.5 / 300;
  const double all = 2 * loads + 2100 * 0.0685;
  EXPECT_NEAR(static_cast<double>(table.trips.size()), all, 4 * std::sqrt(all));
  std::size_t out = 0, to_town = 0;
  for (const TripRow& trip : table.trips) {
    EXPECT_EQ(table.types[trip.type].kind, VehicleKind::lorry);
    EXPECT_GE(trip.depart, 0);
    EXPECT_LT(trip.depart, to_micros(86400));
    const bool leaves_farm = network->from[trip.from_link] == 0;
    out += leaves_farm ? 1 : 0;
    to_town += leaves_farm && network->to[trip.to_link] == 4 ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(out), loads, 4 * std::sqrt(loads));
  EXPECT_GT(to_town, out * 3 / 4);
  EXPECT_EQ(freight_trips(freight_zones(*world, rates), *network).trips.size(), table.trips.size());
}

TEST(Freight, WithoutHomesNobodyDrives) {
  WorldParts parts = farm_road();
  parts.entities[index_of(Kind::residence)] = EntityTable();
  const auto world = World::seal(std::move(parts));
  EXPECT_TRUE(freight_trips(freight_zones(*world), *network_of(*world)).trips.empty());
}

TEST(Freight, ZonesThatNoLorryReachesAreNamed) {
  const auto world = World::seal(farm_road());
  NetworkParts parts;
  for (const LocalPoint place : world->entities(Kind::junction).place) {
    parts.junctions.push_back({std::to_string(parts.junctions.size()), place, {}});
  }
  for (std::uint32_t i = 0; i < 4; ++i) {
    LinkPart part;
    part.id = std::to_string(i);
    part.from = i;
    part.to = i + 1;
    part.allowed = all_vehicles & ~bit_of(VehicleKind::lorry);
    parts.links.push_back(part);
  }
  std::vector<std::string> left_out;
  const TripTable table =
      freight_trips(freight_zones(*world), *Network::seal(std::move(parts)), {}, &left_out);
  EXPECT_TRUE(table.trips.empty());
  EXPECT_EQ(left_out.size(), 3U);
}

TEST(Freight, TheHoursOfADayShareAllLorries) {
  double sum = 0;
  for (std::uint32_t hour = 0; hour < 24; ++hour) sum += lorry_share_of_hour(hour);
  EXPECT_NEAR(sum, 1, 1e-9);
}

}  // namespace
}  // namespace kontwin::traffic::testing
