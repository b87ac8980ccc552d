#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/io/synthesis/sample_checks.hpp"
#include "tests/io/synthesis/sample_world.hpp"
#include "twin/schema.hpp"

namespace kontwin {
namespace {

using testing::sample_land;
using testing::sample_world;

const EntityTable& roads() { return sample_world().entities(Kind::road); }
const RoadNetwork& network() { return sample_world().roads(); }

TEST(SampleNetwork, HasAtLeastSixThousandDirectedLinks) {
  EXPECT_GE(roads().size(), 6000U);
  EXPECT_LE(roads().size(), 20000U);
}

TEST(SampleNetwork, IsStronglyConnected) { testing::expect_strongly_connected(sample_world()); }

TEST(SampleNetwork, HasAJunctionAtTheSeatOfEveryCommuneOldAndNew) {
  testing::expect_all_seats(sample_world());
}

TEST(SampleNetwork, CrossesWideRiversOnBridgesOnly) { testing::expect_bridges(sample_world()); }

TEST(SampleNetwork, GivesTheCityThreeOrFourBridgesOverTheDakBla) {
  const LocalFrame& frame = sample_world().frame();
  const LocalPoint southwest = frame.to_local({107.96, 14.31});
  const LocalPoint northeast = frame.to_local({108.045, 14.375});
  const LocalBox city{southwest.x_m, southwest.y_m, northeast.x_m, northeast.y_m};
  std::set<std::string> names;
  int links = 0;
  for (std::size_t link = 0; link < network().links(); ++link) {
    if (roads().attribute(road_attribute::bridge, link) == 0) continue;
    if (!city.contains(roads().place[link])) continue;
    ++links;
    names.insert(roads().name[link]);
    EXPECT_EQ(testing::wide_rivers_met(sample_world(), network().shape_of(link)), 1)
        << roads().name[link];
  }
  EXPECT_GE(links, 6);
  EXPECT_LE(links, 8);
  EXPECT_TRUE(names.contains("Cầu Đăk Bla"));
  EXPECT_TRUE(names.contains("Cầu treo Kon Klor"));
}

TEST(SampleNetwork, LeadsQl14OverTheDakBlaBridge) {
  bool found = false;
  for (std::size_t link = 0; link < network().links(); ++link) {
    if (roads().name[link] == "Cầu Đăk Bla") {
      found = true;
      EXPECT_EQ(network().number[link], "QL14");
    }
  }
  EXPECT_TRUE(found);
}

TEST(SampleNetwork, PairsEveryLinkWithItsOpposite) {
  for (std::uint32_t link = 0; link < network().links(); ++link) {
    const auto back = network().opposite[link];
    ASSERT_LT(back, network().links());
    EXPECT_EQ(network().opposite[back], link);
    EXPECT_EQ(network().from[link], network().to[back]);
    EXPECT_EQ(network().to[link], network().from[back]);
  }
}

TEST(SampleNetwork, MeasuresLinksAlongTheirShapeFromJunctionToJunction) {
  const auto& places = sample_world().entities(Kind::junction).place;
  for (std::size_t link = 0; link < network().links(); ++link) {
    const auto shape = network().shape_of(link);
    EXPECT_EQ(shape.front(), places[network().from[link]]);
    EXPECT_EQ(shape.back(), places[network().to[link]]);
    EXPECT_NEAR(roads().attribute(road_attribute::length_m, link), length_m(shape), 1e-6);
    EXPECT_LT(length_m(shape), 4000) << roads().urn[link];
  }
}

TEST(SampleNetwork, CarriesTheMainRoadsAtPlausibleLength) {
  std::map<std::string, double> km;
  for (std::size_t link = 0; link < network().links(); ++link) {
    km[network().number[link]] += roads().attribute(road_attribute::length_m, link) / 2000;
  }
  // Chords within the province times 1.0 to 1.7.
  const std::map<std::string, std::array<double, 2>> expected{
      {"QL14", {125, 215}}, {"QL24", {70, 130}}, {"QL40", {13, 26}}, {"QL40B", {42, 110}},
      {"QL14C", {90, 165}}, {"DT675", {22, 75}}, {"DT676", {45, 95}}};
  for (const auto& [number, range] : expected) {
    EXPECT_GE(km[number], range[0]) << number;
    EXPECT_LE(km[number], range[1]) << number;
  }
}

TEST(SampleNetwork, NamesTheRiversideStreetsOnBothBanks) {
  double metres = 0;
  for (std::size_t link = 0; link < network().links(); ++link) {
    if (roads().name[link] == "Đường ven Đăk Bla") {
      metres += roads().attribute(road_attribute::length_m, link) / 2;
    }
  }
  EXPECT_GT(metres, 6000);
}

TEST(SampleNetwork, IsTheSameWhenMadeAgain) {
  WorldParts again = sample_land();
  add_network(testing::sample_folder(), again);
  EXPECT_EQ(again.roads.from, network().from);
  EXPECT_EQ(again.roads.to, network().to);
  EXPECT_EQ(again.roads.shape, network().shape);
  EXPECT_EQ(again.entities[index_of(Kind::road)].urn, roads().urn);
  EXPECT_EQ(again.entities[index_of(Kind::road)].attributes, roads().attributes);
}

}  // namespace
}  // namespace kontwin
