#include "scenarios/flood/damage.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "scenarios/flood/river_reach.hpp"
#include "tests/scenarios/flood/flood_world.hpp"

namespace kontwin::flood {
namespace {

TEST(Damage, CurvesRiseFromNothingToAllAndAreLinearBetweenTheirPoints) {
  for (std::size_t i = 0; i < damage_sector_count; ++i) {
    const auto sector = static_cast<DamageSector>(i);
    EXPECT_EQ(damaged_share(sector, 0), 0);
    EXPECT_EQ(damaged_share(sector, 6), 1);
    EXPECT_EQ(damaged_share(sector, 60), 1);
    for (double depth_m = 0; depth_m < 6; depth_m += 0.1) {
      EXPECT_LE(damaged_share(sector, depth_m), damaged_share(sector, depth_m + 0.1));
    }
  }
  EXPECT_DOUBLE_EQ(damaged_share(DamageSector::homes, 1), 0.4941);
  EXPECT_DOUBLE_EQ(damaged_share(DamageSector::homes, 0.75), (0.3266 + 0.4941) / 2);
}

TEST(Damage, OfSeveralStoreysIsThatOfEachByTheWaterOverItsOwnFloor) {
  const auto homes = [](double depth_m, double storeys) {
    return damaged_share(DamageSector::homes, depth_m, storeys);
  };
  EXPECT_EQ(homes(1, 1), 0.4941);
  EXPECT_EQ(homes(1, std::nan("")), 0.4941) << "not known: one";
  EXPECT_EQ(homes(1, 2), 0.4941 / 2);
  EXPECT_NEAR(homes(4, 2), (0.9315 + 0.4941) / 2, 1e-12) << "a metre in the upper storey";
  EXPECT_NEAR(homes(4, 1.5), (0.9315 + 0.5 * 0.4941) / 1.5, 1e-12) << "half of them have one";
  EXPECT_EQ(homes(0, 3), 0);
}

TEST(Damage, ValuesRiseWithIncome) {
  const double now = greatest_damage_eur_per_m2(DamageSector::homes);
  EXPECT_NEAR(now, 24.078 * std::pow(1310, 0.3852) * 0.36 * 1.5, 1e-9);
  EXPECT_GT(greatest_damage_eur_per_m2(DamageSector::homes, {.gdp_per_person_usd2010 = 4000}), now);
  EXPECT_EQ(greatest_damage_eur_per_m2(DamageSector::roads, {.road_eur_per_m2 = 7}), 7);
}

double kpi(const KpiList& kpis, std::string_view id) {
  return std::ranges::find(kpis, id, &Kpi::id)->value;
}

TEST(Damage, IsThatOfTheDeepestWaterAtEachPlaceAndOfARoadOnce) {
  WorldParts parts = kontwin::testing::valley_parts();
  const auto a = kontwin::testing::junction(parts, {500, 1300});
  const auto b = kontwin::testing::junction(parts, {900, 1300});
  const auto out = kontwin::testing::link(parts, a, b);
  const auto back = kontwin::testing::link(parts, b, a);
  parts.roads.opposite[out] = back;
  parts.roads.opposite[back] = out;
  const auto world = World::seal(parts);
  const TerrainGrid& grid = world->terrain().grids.front();
  const FloodGrids grids(*world, kontwin::testing::options_for_town());
  const EntityDepths entities(*world, grids);
  const std::vector<float> deepest_m(grid.elevation_m.values.size(), 1.0F);
  KpiList kpis;
  add_damage_kpis(*world, entities, deepest_m, kpis);
  EXPECT_EQ(kpi(kpis, "people_affected"), 100);
  const double home = 100 * 23.5 * 0.4941 * greatest_damage_eur_per_m2(DamageSector::homes) / 1000;
  EXPECT_NEAR(kpi(kpis, "damage_homes"), home, 1e-9 * home);
  EXPECT_NEAR(kpi(kpis, "damage_roads"), 400 * 3.5 * 0.37 * 10 / 1000, 1e-6);
  EXPECT_NEAR(kpi(kpis, "damage_total"), kpi(kpis, "damage_homes") + kpi(kpis, "damage_roads"),
              1e-9);
}

TEST(Damage, RainOnAStreetDamagesNothing) {
  const auto world = kontwin::testing::valley();
  const TerrainGrid& grid = world->terrain().grids.front();
  const FloodGrids grids(*world, kontwin::testing::options_for_town());
  const EntityDepths entities(*world, grids);
  KpiList kpis;
  add_damage_kpis(*world, entities, std::vector<float>(grid.elevation_m.values.size(), 0.05F),
                  kpis);
  EXPECT_EQ(kpi(kpis, "damage_total"), 0);
  EXPECT_EQ(kpi(kpis, "people_affected"), 0);
}

}  // namespace
}  // namespace kontwin::flood
