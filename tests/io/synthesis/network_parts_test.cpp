#include <gtest/gtest.h>

#include <numeric>

#include "io/synthesis/network_draft.hpp"
#include "io/synthesis/network_line.hpp"
#include "io/synthesis/network_rivers.hpp"
#include "io/synthesis/places_maker.hpp"
#include "io/synthesis/road_embankments.hpp"

namespace kontwin::synthesis {
namespace {

/// A river that flows north along x = 0, 100 m wide, and a brook along x = 2000, 6 m wide.
std::vector<River> two_rivers() {
  River river;
  river.name = "river";
  river.line = {{0, -5000}, {0, 5000}};
  river.bed_m = {10, 5};
  river.width_m = {100, 100};
  river.bank_depth_m = {4, 4};
  River brook = river;
  brook.name = "brook";
  brook.line = {{2000, -5000}, {2000, 5000}};
  brook.width_m = {6, 6};
  return {river, brook};
}

TEST(RiverIndex, SeesOnlyWideRiversAsAnObstacle) {
  const auto rivers = two_rivers();
  const RiverIndex index(rivers);
  EXPECT_TRUE(index.crosses_wide({-200, 0}, {300, 40}));
  EXPECT_FALSE(index.crosses_wide({1900, 0}, {2100, 40}));
  EXPECT_FALSE(index.crosses_wide({20, 0}, {300, 40}));
}

TEST(RiverIndex, MeasuresFromTheEdgeOfTheChannel) {
  const auto rivers = two_rivers();
  const RiverIndex index(rivers);
  const auto bank = index.nearest({80, 100}, 40);
  ASSERT_TRUE(bank);
  EXPECT_DOUBLE_EQ(bank->clear_m(), 30);
  EXPECT_FALSE(index.nearest({80, 100}, 29));
  EXPECT_FALSE(index.nearest({1990, 100}, 200, true));
}

TEST(RiverIndex, PushesAPlaceOutOfTheChannelOnItsOwnSide) {
  const auto rivers = two_rivers();
  const RiverIndex index(rivers);
  const LocalPoint dry = index.pushed_clear({-20, 100}, 15);
  EXPECT_LE(dry.x_m, -65);
  EXPECT_DOUBLE_EQ(dry.y_m, 100);
  EXPECT_EQ(index.pushed_clear({500, 0}, 15), (LocalPoint{500, 0}));
}

/// Flat ground at 11 m.
Terrain flat_ground() {
  const GridShape shape{
      .left_m = -6000, .bottom_m = -6000, .cell_m = 100, .columns = 120, .rows = 120};
  Terrain terrain;
  terrain.grids.push_back({"flat", Raster<float>(shape, 11), Raster<float>(shape, 0.05F)});
  return terrain;
}

TEST(RoadEmbankment, StandsHalfAMetreAboveTheDesignFloodOfItsClass) {
  const auto rivers = two_rivers();
  const RiverIndex index(rivers);
  const Terrain terrain = flat_ground();
  DraftRoad road;
  road.line = {{300, 0}, {700, 0}};  // the bed is at 7.5 m there, the banks are 4 m high
  road.road_class = RoadClass::national;
  EXPECT_NEAR(deck_height_m(road, false, index, terrain), 7.5 + 2.0 * 4 + 0.5 - 11, 1e-3);
  EXPECT_NEAR(deck_height_m(road, true, index, terrain), 7.5 + 2.2 * 4 + 0.5 - 11, 1e-3);
  road.road_class = RoadClass::provincial;
  EXPECT_NEAR(deck_height_m(road, false, index, terrain), 7.5 + 1.75 * 4 + 0.5 - 11, 1e-3);
  road.road_class = RoadClass::commune;
  EXPECT_EQ(deck_height_m(road, false, index, terrain), 0);
}

TEST(RoadEmbankment, IsNoneWhereNoFloodComesAndNeverHigherThanSixMetres) {
  const auto rivers = two_rivers();
  const RiverIndex index(rivers);
  const Terrain terrain = flat_ground();
  DraftRoad road;
  road.road_class = RoadClass::national;
  road.line = {{900, 0}, {1500, 0}};
  EXPECT_EQ(deck_height_m(road, false, index, terrain), 0);
  Terrain low = terrain;
  for (float& height_m : low.grids.front().elevation_m.values) height_m = 5;
  road.line = {{300, 0}, {700, 0}};
  EXPECT_EQ(deck_height_m(road, false, index, low), 6);
}

TEST(CountryRoad, IsCutIntoLinksAndBecomesABridgeOverAWideRiver) {
  const auto rivers = two_rivers();
  const RiverIndex index(rivers);
  NetworkDraft draft;
  const auto a = draft.add_junction({{-4000, 0}, {}, {}, false});
  const auto b = draft.add_junction({{4000, 0}, {}, {}, false});
  const std::vector<LocalPoint> course{{-4000, 0}, {4000, 0}};
  add_in_links(draft, a, b, course, {}, index);

  double total_m = 0;
  int bridges = 0;
  for (const DraftRoad& road : draft.roads) {
    const double long_m = length_m(road.line);
    total_m += long_m;
    bridges += road.bridge;
    EXPECT_EQ(road.bridge, !index.crossings(road.line).empty());
    if (road.bridge) {
      EXPECT_NEAR(long_m, 160, 1);
    } else {
      EXPECT_TRUE(long_m > 900 && long_m < 3000) << long_m;
    }
  }
  EXPECT_EQ(bridges, 1);
  EXPECT_NEAR(total_m, 8000, 20);
  EXPECT_EQ(draft.parts(), std::vector<std::uint32_t>(draft.junctions.size(), 0));
}

TEST(WindingCourse, IsLongerWhereItClimbsAndKeepsItsEnds) {
  const std::vector<LocalPoint> rough{{0, 0}, {300, 0}, {600, 0}, {900, 0}, {1200, 0}};
  const auto level = winding_course(rough, std::vector<double>(5, 500.0), nullptr, 7);
  const auto steep =
      winding_course(rough, std::vector<double>{500, 540, 580, 620, 660}, nullptr, 7);
  EXPECT_EQ(steep.front(), rough.front());
  EXPECT_EQ(steep.back(), rough.back());
  EXPECT_LT(length_m(level), 1230);
  EXPECT_GT(length_m(steep), 1290);
}

TEST(NetworkDraft, KeepsToAStreetRatherThanZigzagging) {
  // A square of 3 x 3: from corner to corner all ways are as long; the best turns once.
  NetworkDraft draft;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      draft.add_junction({{100.0 * column, 100.0 * row}, {}, {}, true});
    }
  }
  for (std::uint32_t row = 0; row < 3; ++row) {
    for (std::uint32_t column = 0; column < 3; ++column) {
      if (column < 2) draft.add_road(3 * row + column, 3 * row + column + 1, {});
      if (row < 2) draft.add_road(3 * row + column, 3 * row + column + 3, {});
    }
  }
  const auto way = draft.way(
      0, 8, [](const DraftRoad& road) { return length_m(road.line); }, 50);
  ASSERT_TRUE(way);
  ASSERT_EQ(way->size(), 4U);
  const auto along_x = [&](std::uint32_t road) {
    return draft.roads[road].line[0].y_m == draft.roads[road].line[1].y_m;
  };
  EXPECT_EQ(along_x((*way)[0]), along_x((*way)[1]));
  EXPECT_EQ(along_x((*way)[2]), along_x((*way)[3]));
}

TEST(NetworkDraft, FindsNoWayBetweenPartsThatDoNotMeet) {
  NetworkDraft draft;
  for (int i = 0; i < 4; ++i) draft.add_junction({{100.0 * i, 0}, {}, {}, false});
  draft.add_road(0, 1, {});
  draft.add_road(2, 3, {});
  EXPECT_FALSE(draft.way(
      0, 3, [](const DraftRoad&) { return 1.0; }, 0));
  EXPECT_EQ(draft.parts(), (std::vector<std::uint32_t>{0, 0, 1, 1}));
  draft.remove_junctions({true, true, false, false});
  ASSERT_EQ(draft.roads.size(), 1U);
  EXPECT_EQ(draft.roads[0].a, 0U);
  EXPECT_EQ(draft.roads[0].b, 1U);
}

TEST(Apportion, MeetsTheTotalExactlyWithAtLeastTheLeast) {
  const auto shares = apportion(1250, {1, 2.7, 0.2, 9, 3.3, 1, 1}, 3);
  EXPECT_EQ(std::accumulate(shares.begin(), shares.end(), 0), 1250);
  for (const int share : shares) EXPECT_GE(share, 3);
  EXPECT_GT(shares[3], shares[1]);
}

}  // namespace
}  // namespace kontwin::synthesis
