#include "scenarios/flood/entity_depths.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "scenarios/flood/river_reach.hpp"
#include "scenarios/flood/stability.hpp"
#include "tests/scenarios/flood/flood_world.hpp"

namespace kontwin::flood {
namespace {

/// The valley with roads that are told how high their decks are, under one depth everywhere.
class EntityDepthsOfRoads : public ::testing::Test {
 protected:
  std::uint32_t road(LocalPoint from, LocalPoint to, double deck_height_m, bool bridge = false) {
    const auto a = kontwin::testing::junction(parts_, from);
    const auto b = kontwin::testing::junction(parts_, to);
    const auto row = kontwin::testing::link(parts_, a, b);
    auto& attributes = parts_.entities[index_of(Kind::road)].attributes;
    attributes[road_attribute::deck_height_m][row] = deck_height_m;
    attributes[road_attribute::bridge][row] = bridge ? 1 : 0;
    return row;
  }

  StateTable under(float depth_m) {
    const auto world = World::seal(parts_);
    const FloodGrids grids(*world, kontwin::testing::options_for_town());
    StateTable state(*world);
    const std::vector<float> depths_m(grids.cells(), depth_m);
    EntityDepths(*world, grids)
        .write(depths_m, std::vector<float>(depths_m.size(), speed_mps_), state);
    return state;
  }

  static double water_m(const StateTable& state, Kind kind, std::uint32_t row) {
    return state.at({kind, row}, common_column::water_depth_m);
  }

  WorldParts parts_ = kontwin::testing::valley_parts();
  float speed_mps_ = 0;
};

TEST_F(EntityDepthsOfRoads, AreMeasuredFromTheDeckOfAnEmbankment) {
  const auto low = road({500, 1200}, {900, 1200}, 0);
  const auto raised = road({500, 1300}, {900, 1300}, 1.5);
  const auto unknown = road({500, 1400}, {900, 1400}, std::numeric_limits<double>::quiet_NaN());
  const StateTable state = under(2);
  EXPECT_NEAR(water_m(state, Kind::road, low), 2, 1e-6);
  EXPECT_NEAR(water_m(state, Kind::road, raised), 0.5, 1e-6);
  EXPECT_NEAR(water_m(state, Kind::road, unknown), 2, 1e-6);
  EXPECT_EQ(water_m(under(1), Kind::road, raised), 0);
}

TEST_F(EntityDepthsOfRoads, AreMeasuredFromADeckAboveTheBanksOnABridge) {
  const auto level = road({1600, 900}, {1600, 680}, 0, true);
  const auto high = road({1700, 900}, {1700, 680}, 2, true);
  const StateTable state = under(6);
  EXPECT_NEAR(water_m(state, Kind::road, level) - water_m(state, Kind::road, high), 2, 0.01);
}

TEST_F(EntityDepthsOfRoads, StandAtAJunctionAsHighAsItsHighestRoad) {
  const auto raised = road({500, 1300}, {900, 1300}, 1.5);
  const auto end = parts_.roads.to[raised];
  const auto aside = kontwin::testing::junction(parts_, {900, 1400});
  kontwin::testing::link(parts_, end, aside);
  const StateTable state = under(2);
  EXPECT_NEAR(water_m(state, Kind::junction, end), 0.5, 1e-6);
  EXPECT_NEAR(water_m(state, Kind::junction, aside), 2, 1e-6);
}

TEST_F(EntityDepthsOfRoads, SayHowDangerousTheWaterOverTheDeckIsAndForWhom) {
  const auto low = road({500, 1200}, {900, 1200}, 0);
  const auto raised = road({500, 1300}, {900, 1300}, 0.5);
  speed_mps_ = 1;
  const StateTable state = under(0.7F);
  const auto value = [&](std::uint32_t row, std::size_t column) {
    return state.at({Kind::road, row}, column);
  };
  EXPECT_EQ(value(low, common_column::hazard_class), 4);  // 0.7 m²/s
  EXPECT_EQ(value(raised, common_column::hazard_class), 1);
  EXPECT_NEAR(value(low, common_column::water_depth_velocity_m2ps), 0.7, 1e-6);
  EXPECT_NEAR(value(raised, common_column::water_depth_velocity_m2ps), 0.2, 1e-6);
  EXPECT_EQ(value(low, common_column::water_speed_mps), 1);
  const auto stopped = [&](std::uint32_t row, Traveller who) {
    return stops(static_cast<unsigned>(value(row, common_column::impassable_for)), who);
  };
  EXPECT_TRUE(stopped(low, Traveller::adult));
  EXPECT_TRUE(stopped(low, Traveller::lorry));
  EXPECT_FALSE(stopped(raised, Traveller::child));
  EXPECT_FALSE(stopped(raised, Traveller::small_car));
  EXPECT_EQ(state.at({Kind::residence, 0}, common_column::hazard_class), 4);
}

TEST_F(EntityDepthsOfRoads, StayBarredToWhomTheyWereUntilTheWaterIsWellBelowTheLimit) {
  const auto low = road({500, 1200}, {900, 1200}, 0);
  const auto world = World::seal(parts_);
  const FloodGrids grids(*world, kontwin::testing::options_for_town());
  const EntityDepths entities(*world, grids);
  StateTable state(*world);
  // The limit of a small car is 0.3 m.
  const auto car_stopped_at = [&](float depth_m) {
    const std::vector<float> depths_m(grids.cells(), depth_m);
    entities.write(depths_m, std::vector<float>(depths_m.size(), 0), state);
    const double mask = state.at({Kind::road, low}, common_column::impassable_for);
    return stops(static_cast<unsigned>(mask), Traveller::small_car);
  };
  EXPECT_FALSE(car_stopped_at(0.29F));
  EXPECT_TRUE(car_stopped_at(0.31F));
  EXPECT_TRUE(car_stopped_at(0.29F));
  EXPECT_TRUE(car_stopped_at(0.25F));
  EXPECT_FALSE(car_stopped_at(0.23F));
  EXPECT_FALSE(car_stopped_at(0.29F));
}

TEST_F(EntityDepthsOfRoads, AreSafeForAllAgainOnceTheWaterIsGone) {
  const auto low = road({500, 1200}, {900, 1200}, 0);
  const StateTable state = under(0);
  for (const std::size_t column :
       {common_column::water_speed_mps, common_column::water_depth_velocity_m2ps,
        common_column::hazard_class, common_column::impassable_for}) {
    EXPECT_EQ(state.at({Kind::road, low}, column), 0);
  }
}

}  // namespace
}  // namespace kontwin::flood
