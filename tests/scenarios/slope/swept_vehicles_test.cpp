#include "scenarios/slope/swept_vehicles.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "scenarios/flood/stability.hpp"
#include "scenarios/slope/slope_engine.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin::slope {
namespace {

constexpr Instant noon{std::chrono::hours(24 * 365)};
constexpr double all = flood::every_vehicle;

/// Even water on level ground at 100 m.
class Stream final : public WaterField {
 public:
  Stream(double depth, double east) : depth_m_(depth), east_mps_(east) {}
  std::optional<WaterWindow> window(const LocalBox& box) const override {
    const GridShape shape{.left_m = box.min_x_m,
                          .bottom_m = box.min_y_m,
                          .cell_m = 10,
                          .columns = static_cast<std::size_t>((box.max_x_m - box.min_x_m) / 10),
                          .rows = static_cast<std::size_t>((box.max_y_m - box.min_y_m) / 10)};
    return WaterWindow{Raster<float>(shape, 100), Raster<float>(shape, float(depth_m_)),
                       Raster<float>(shape, float(east_mps_)), Raster<float>(shape, 0)};
  }

 private:
  double depth_m_, east_mps_;
};

/// A road from south to north, with another 60 m to the east of it.
WorldParts two_roads(double second_bridge, double deck_height_m) {
  WorldParts parts = testing::empty_parts(100, 60, 20);
  const auto a = testing::junction(parts, {600, 500});
  const auto b = testing::junction(parts, {600, 700});
  const auto c = testing::junction(parts, {660, 400});
  const auto d = testing::junction(parts, {660, 800});
  testing::link(parts, a, b);
  const auto second = testing::link(parts, c, d);
  auto& roads = parts.entities[index_of(Kind::road)];
  roads.attributes[road_attribute::bridge][second] = second_bridge;
  roads.attributes[road_attribute::deck_height_m][second] = deck_height_m;
  parts.add(Kind::parking, {.urn = make_urn(Kind::parking, "p"),
                            .name = "p",
                            .place = {600, 600},
                            .source = 0,
                            .commune_code = "",
                            .attributes = {50, std::nan("")}});
  return parts;
}

/// Motorbikes alone, which this water always moves.
SlopeOptions riders() {
  SlopeOptions options;
  options.motorbike_share = 1;
  return options;
}

struct Branching {
  explicit Branching(const WorldParts& parts) : world(World::seal(parts)), state(*world) {}
  void set(std::size_t column, double value) { state.at({Kind::road, 0}, column) = value; }
  std::shared_ptr<const World> world;
  StateTable state;
};

TEST(SweptVehicles, TakesThoseOffALinkWhoStandOnItWhenTheWaterComesOverTheirLimit) {
  Branching branch(two_roads(0, 0));
  ComputeArena arena(1);
  const Stream water(1.2, 2);
  const SlopeOptions options = riders();
  SweptVehicles vehicles(*branch.world, water, options, 7, arena);
  branch.set(road_column::vehicles, 5);
  EXPECT_THAT(vehicles.advance(branch.state, noon), ::testing::IsEmpty());
  branch.set(common_column::impassable_for, all);
  vehicles.advance(branch.state, noon + std::chrono::minutes(1));
  EXPECT_EQ(branch.state.at({Kind::road, 0}, road_column::swept_vehicles), 5);
  ASSERT_EQ(vehicles.all().size(), 5U);
  for (const SweptVehicle& one : vehicles.all()) {
    EXPECT_EQ(one.at, noon + std::chrono::minutes(1));
    EXPECT_GT(one.rest.x_m, one.stood.x_m + 20) << "down the stream";
  }
  vehicles.advance(branch.state, noon + std::chrono::minutes(2));
  EXPECT_EQ(vehicles.all().size(), 5U) << "once";
  const RunTable table = vehicles.table();
  EXPECT_EQ(table.rows(), 5U);
  EXPECT_EQ(table.of[0], (EntityRef{Kind::road, 0}));
}

TEST(SweptVehicles, LeavesThemWhereTheWaterIsTooWeakForTheirWeight) {
  Branching branch(two_roads(0, 0));
  ComputeArena arena(1);
  const Stream water(0.35, 0.2);
  SlopeOptions options;
  options.motorbike_share = 0;
  SweptVehicles vehicles(*branch.world, water, options, 7, arena);
  vehicles.advance(branch.state, noon);
  branch.set(road_column::vehicles, 5);
  branch.set(common_column::impassable_for, flood::every_vehicle);
  vehicles.advance(branch.state, noon);
  EXPECT_TRUE(vehicles.all().empty());
  KpiList kpis;
  vehicles.add_kpis(kpis);
  EXPECT_EQ(kpis.at(0).value, 0);
  EXPECT_EQ(kpis.at(1).value, 5) << "were there";
}

TEST(SweptVehicles, ABridgeHoldsWhatFloatsAgainstIt) {
  // The water stands 1.2 m deep, the carriageway 1.5 m over the ground, and a metre of it is deck.
  Branching branch(two_roads(1, 1.5));
  ComputeArena arena(1);
  const Stream water(1.2, 2);
  const SlopeOptions options = riders();
  SweptVehicles vehicles(*branch.world, water, options, 7, arena);
  vehicles.advance(branch.state, noon);
  branch.set(road_column::vehicles, 3);
  branch.set(common_column::impassable_for, all);
  EXPECT_THAT(vehicles.advance(branch.state, noon), ::testing::ElementsAre(1));
  std::size_t held = 0;
  for (const SweptVehicle& one : vehicles.all()) {
    EXPECT_LT(one.rest.x_m, 660.1) << "none gets past it, though one may ground before";
    if (one.end != SweptVehicle::End::at_bridge) continue;
    ++held;
    EXPECT_EQ(one.road, 1U);
    EXPECT_NEAR(one.rest.x_m, 660, 0.1);
  }
  EXPECT_GE(held, 1U);
  Branching high(two_roads(1, 6));
  SweptVehicles under(*high.world, water, options, 7, arena);
  under.advance(high.state, noon);
  high.set(road_column::vehicles, 3);
  high.set(common_column::impassable_for, all);
  under.advance(high.state, noon);
  ASSERT_EQ(under.all().size(), 3U);
  std::size_t past = 0;
  for (const SweptVehicle& one : under.all()) {
    EXPECT_NE(one.end, SweptVehicle::End::at_bridge);
    past += one.rest.x_m > 670 ? 1 : 0;
  }
  EXPECT_GE(past, 1U);
}

TEST(SweptVehicles, ParkedOnesGoOnceAndAreTheSameOnOneAndTwoThreads) {
  std::vector<SweptVehicle> seen[2];
  for (const std::size_t threads : {1U, 2U}) {
    Branching branch(two_roads(0, 0));
    ComputeArena arena(threads);
    const Stream water(1.5, 1.5);
    const SlopeOptions options = riders();
    SweptVehicles vehicles(*branch.world, water, options, 7, arena);
    vehicles.advance(branch.state, noon);
    const EntityRef parking{Kind::parking, 0};
    branch.state.at(parking, parking_column::occupied) = 4;
    branch.state.at(parking, common_column::impassable_for) = all;
    branch.set(road_column::vehicles, 2);
    branch.set(common_column::impassable_for, all);
    vehicles.advance(branch.state, noon);
    seen[threads - 1] = vehicles.all();
  }
  ASSERT_EQ(seen[0].size(), 6U);
  ASSERT_EQ(seen[1].size(), 6U);
  EXPECT_EQ(std::ranges::count(seen[0], EntityRef{Kind::parking, 0}, &SweptVehicle::from), 4);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(seen[0][i].rest, seen[1][i].rest);
    EXPECT_EQ(seen[0][i].kind, seen[1][i].kind);
  }
}

TEST(SweptVehicles, TheSlopeEngineClosesWhatTheyLieAcrossUntilMachinesAreThere) {
  Branch branch;
  branch.world = World::seal(two_roads(1, 1.5));
  branch.state = StateTable(*branch.world);
  branch.start = noon;
  ComputeArena arena(1);
  const Stream water(1.2, 2);
  SlopeEngine engine(branch, arena, riders(), &water);
  const auto advance = [&](int minute) {
    const Instant from = noon + std::chrono::minutes(minute);
    engine.advance(branch.state, from, from + std::chrono::minutes(1));
  };
  advance(0);
  branch.state.at({Kind::road, 0}, road_column::vehicles) = 2;
  branch.state.at({Kind::road, 0}, common_column::impassable_for) = all;
  advance(1);
  EXPECT_EQ(branch.state.at({Kind::road, 1}, road_column::debris), 1);
  for (int minute = 2; minute < 5 * 60; ++minute) advance(minute);
  EXPECT_EQ(branch.state.at({Kind::road, 1}, road_column::debris), 0);
  RunSummary summary;
  engine.summarise(summary);
  ASSERT_EQ(summary.tables.size(), 2U);
  EXPECT_EQ(summary.tables[0].id, "rockfall");
  EXPECT_NEAR(summary.tables[0].columns.back().values.at(0), 4, 0.05) << "hours blocked";
  EXPECT_EQ(summary.tables[1].id, "swept_vehicles");
}

}  // namespace
}  // namespace kontwin::slope
