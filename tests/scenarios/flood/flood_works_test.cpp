// Structures, breaches, edges and edits of them in the engine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "tests/scenarios/flood/flood_world.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using flood::StructurePlan;
using testing::balance_of;
using testing::branch_of;
using ::testing::HasSubstr;
using testing::noon;
using testing::options_for_town;
using testing::steady;

const EntityRef gauge{Kind::river_gauge, 0};
const EntityRef dam{Kind::reservoir, 0};
const EntityRef homes{Kind::residence, 0};

std::vector<float> depths(const Engine& engine) {
  Frame frame;
  engine.show(frame);
  return {frame.fields.at(0).values.begin(), frame.fields.at(0).values.end()};
}

/// A culvert under a wall round the homes, a pump that drains what it lets in, evaporation.
FloodOptions with_works(FloodScheme scheme) {
  FloodOptions options = options_for_town();
  options.scheme = scheme;
  options.order = 1;
  options.evaporation_mm_per_day = 5;
  StructurePlan culvert;
  culvert.kind = StructurePlan::Kind::culvert;
  culvert.name = "cống";
  culvert.from = {2000, 810};
  culvert.to = LocalPoint{2000, 850};
  culvert.culvert = {.width_m = 2,
                     .height_m = 1.5,
                     .length_m = 40,
                     .inlet_invert_m = StructurePlan::of_ground,
                     .outlet_invert_m = StructurePlan::of_ground};
  StructurePlan pump;
  pump.kind = StructurePlan::Kind::pump;
  pump.name = "trạm bơm";
  pump.from = {2000, 850};
  pump.capacity_m3ps = 1;
  pump.start_level_m = 96.3;
  pump.stop_level_m = 96.29;
  options.structures = {culvert, pump};
  return options;
}

class FloodWorks : public ::testing::TestWithParam<FloodScheme> {};

TEST_P(FloodWorks, AllWaterIsAccountedForAndOneThreadGivesTheBitsOfTwo) {
  std::vector<std::vector<float>> ran;
  for (const std::size_t threads : {1, 2}) {
    ComputeArena arena(threads);
    Branch branch = branch_of(testing::valley());
    branch.forcing.rain_mmph = steady(20);
    branch.forcing.inflows.push_back({"Đăk Bla", {-2900, 790}, steady(900)});
    FloodEngine engine(branch, arena, with_works(GetParam()));
    engine.apply(AddBarrier{{{1500, 1590}, {1500, 825}, {2500, 825}, {2500, 1590}}, 4},
                 branch.state, noon);
    testing::run(engine, branch, 30);
    StartBreach breach;
    breach.line = {{1500, 825}, {2500, 825}};
    breach.place = {2200, 825};
    breach.bottom_m = 97;
    breach.width_m = 20;
    breach.formation = std::chrono::minutes(10);
    engine.apply(breach, branch.state, noon);
    engine.apply(SetStructure{"cống", 0.3}, branch.state, noon);
    testing::run(engine, branch, 30, noon + std::chrono::minutes(30));
    const Balance water = balance_of(engine, "water");
    EXPECT_LE(std::abs(water.error()), water.tolerance);
    EXPECT_GT(branch.state.at(homes, common_column::water_depth_m), 0.05) << "it came through";
    KpiList kpis;
    engine.add_kpis(kpis);
    const auto pumped = std::ranges::find(kpis, "structure_volume_trạm bơm", &Kpi::id);
    ASSERT_NE(pumped, kpis.end());
    EXPECT_GT(pumped->value, 10);
    ran.push_back(depths(engine));
  }
  EXPECT_EQ(std::memcmp(ran[0].data(), ran[1].data(), ran[0].size() * sizeof(float)), 0);
}

TEST_P(FloodWorks, ABlockedCulvertKeepsTheWaterOut) {
  const auto depth_at_homes = [](double open) {
    ComputeArena arena(1);
    Branch branch = branch_of(testing::valley());
    branch.forcing.inflows.push_back({"Đăk Bla", {-2900, 790}, steady(1600)});
    FloodOptions options = with_works(GetParam());
    options.structures.pop_back();
    FloodEngine engine(branch, arena, options);
    engine.apply(AddBarrier{{{1500, 1590}, {1500, 825}, {2500, 825}, {2500, 1590}}, 6},
                 branch.state, noon);
    engine.apply(SetStructure{"cống", open}, branch.state, noon);
    testing::run(engine, branch, 60);
    return branch.state.at(homes, common_column::water_depth_m);
  };
  EXPECT_GT(depth_at_homes(1), 0.05);
  EXPECT_LT(depth_at_homes(0), 0.001);
}

TEST_P(FloodWorks, ARaisedRoadHoldsWater) {
  const auto depth_at_homes = [](double height_m) {
    WorldParts parts = testing::valley_parts();
    const auto a = testing::junction(parts, {1500, 1590});
    const auto b = testing::junction(parts, {1500, 825});
    const auto c = testing::junction(parts, {2500, 825});
    const auto d = testing::junction(parts, {2500, 1590});
    std::vector<std::uint32_t> roads{testing::link(parts, a, b), testing::link(parts, b, c),
                                     testing::link(parts, c, d)};
    ComputeArena arena(1);
    Branch branch = branch_of(World::seal(std::move(parts)));
    branch.forcing.inflows.push_back({"Đăk Bla", {-2900, 790}, steady(1600)});
    FloodOptions options = options_for_town();
    options.scheme = GetParam();
    options.order = 1;
    FloodEngine engine(branch, arena, options);
    for (const auto road : roads) engine.apply(RaiseRoad{road, height_m}, branch.state, noon);
    testing::run(engine, branch, 60);
    return branch.state.at(homes, common_column::water_depth_m);
  };
  EXPECT_GT(depth_at_homes(0.1), 0.3);
  EXPECT_LT(depth_at_homes(5), 0.001);
}

TEST_P(FloodWorks, AStageAtItsEdgeDrivesTheRiverAndBalances) {
  ComputeArena arena(1);
  Branch branch = branch_of(testing::valley());
  FloodOptions options = options_for_town();
  options.scheme = GetParam();
  options.order = 1;
  flood::EdgePlan edge{.side = flood::GridSide::west,
                       .part = {{{0, 760}, {0, 820}}},
                       .kind = flood::EdgeCondition::Kind::stage,
                       .over_time = steady(99)};
  options.edges = {edge};
  FloodEngine engine(branch, arena, options);
  testing::run(engine, branch, 60);
  const Balance water = balance_of(engine, "water");
  EXPECT_LE(std::abs(water.error()), water.tolerance);
  EXPECT_GT(water.entered, 100000);
  EXPECT_GT(branch.state.at(gauge, river_gauge_column::stage_m), 93);
}

TEST_P(FloodWorks, ADamThatBreaksReachesTheTown) {
  ComputeArena arena(1);
  Branch branch = branch_of(testing::valley());
  branch.state.at(dam, reservoir_column::level_m) = 148;
  FloodOptions options = options_for_town();
  options.scheme = GetParam();
  options.order = 1;
  FloodEngine engine(branch, arena, options);
  StartBreach breach;
  breach.reservoir = 0;
  breach.bottom_m = 130;
  engine.apply(breach, branch.state, noon);
  testing::run(engine, branch, 90);
  EXPECT_GT(branch.state.at(homes, common_column::water_depth_m), 0.5);
  for (const Balance& balance : engine.balances()) {
    EXPECT_LE(std::abs(balance.error()), balance.tolerance) << balance.quantity;
  }
}

TEST_P(FloodWorks, SaysWhichStructuresThereAre) {
  ComputeArena arena(1);
  Branch branch = branch_of(testing::valley());
  FloodEngine engine(branch, arena, with_works(GetParam()));
  EXPECT_THAT(testing::message_of<ScenarioError>([&] {
                engine.apply(SetStructure{"đập", 1}, branch.state, noon);
              }),
              HasSubstr("only: 'cống', 'trạm bơm'"));
}

INSTANTIATE_TEST_SUITE_P(Schemes, FloodWorks,
                         ::testing::Values(FloodScheme::inertial, FloodScheme::finite_volume),
                         [](const auto& scheme) {
                           return scheme.param == FloodScheme::inertial ? "inertial"
                                                                        : "finite_volume";
                         });

}  // namespace
}  // namespace kontwin
