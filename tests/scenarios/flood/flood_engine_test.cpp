#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "tests/scenarios/flood/flood_world.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using testing::balance_of;
using testing::branch_of;
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

/// The cell of the valley's grid at a place.
std::size_t engine_cell(double x_m, double y_m) {
  return testing::valley()->terrain().grids.front().elevation_m.shape.cell_of({x_m, y_m});
}

std::string refusal(const Branch& branch, const FloodOptions& options) {
  ComputeArena arena(1);
  return testing::message_of<ScenarioError>([&] { FloodEngine engine(branch, arena, options); });
}

TEST(FloodEngine, WaterBalancesAtEveryExchangeWithRainRiverAndOutflow) {
  ComputeArena arena(1);
  Branch branch = branch_of(testing::valley());
  branch.forcing.rain_mmph = steady(30);
  branch.forcing.inflows.push_back({"Đăk Bla", {-2900, 790}, steady(400)});
  FloodEngine engine(branch, arena, options_for_town(1));
  for (int minute = 0; minute < 180; ++minute) {
    testing::run(engine, branch, 1, noon + std::chrono::minutes(minute));
    for (const Balance& balance : engine.balances()) {
      ASSERT_LE(std::abs(balance.error()), balance.tolerance) << balance.quantity << minute;
    }
  }
  const Balance water = balance_of(engine, "water");
  EXPECT_NEAR(water.entered, 3 * 3600 * (400 + 0.03 / 3600 * 4000 * 1600), 1);
  EXPECT_GT(water.left, 1e6);
}

TEST(FloodEngine, RainOnHighGroundComesDownLaterAndAllOfItIsAccountedFor) {
  ComputeArena arena(1);
  const auto water_after = [&arena](double upland_height_m, int dry_minutes) {
    Branch branch = branch_of(testing::valley());
    branch.forcing.rain_mmph = {
        {noon, noon + std::chrono::minutes(30)}, {60, 0}, TimeSeries::Between::hold};
    FloodOptions options = options_for_town();
    options.upland_height_m = upland_height_m;
    FloodEngine engine(branch, arena, options);
    testing::run(engine, branch, 30 + dry_minutes);
    const Balance water = balance_of(engine, "water");
    EXPECT_NEAR(water.entered, 0.03 * 4000 * 1600, 1);
    EXPECT_LE(std::abs(water.error()), water.tolerance);
    double on_grid_m3 = 0;
    for (const float depth_m : depths(engine)) on_grid_m3 += 400.0 * double(depth_m);
    EXPECT_LE(on_grid_m3, water.inside + 1);
    return std::pair{on_grid_m3, water.inside};
  };
  // All ground but the channel is high: half an hour's rain is mostly still on its way.
  const auto [soon_m3, soon_inside_m3] = water_after(1, 0);
  EXPECT_LT(soon_m3, 0.7 * soon_inside_m3);
  const auto [later_m3, later_inside_m3] = water_after(1, 90);
  EXPECT_GT(later_m3 / later_inside_m3, soon_m3 / soon_inside_m3);
  // No ground is high: all water is on the grid.
  const auto [flat_m3, flat_inside_m3] = water_after(1e6, 0);
  EXPECT_NEAR(flat_m3, flat_inside_m3, 1);
}

TEST(FloodEngine, RainSoaksIntoTheGroundAndAllOfItIsAccountedFor) {
  ComputeArena arena(1);
  const auto after = [&arena](FloodInfiltration infiltration) {
    Branch branch = branch_of(testing::valley());
    branch.forcing.rain_mmph = steady(20);
    FloodOptions options = options_for_town();
    options.infiltration = infiltration;
    options.curve_number = 80;
    options.soil = "loam";
    options.upland_height_m = 3;
    FloodEngine engine(branch, arena, options);
    testing::run(engine, branch, 120, noon);
    const Balance water = balance_of(engine, "water");
    EXPECT_LE(std::abs(water.error()), water.tolerance);
    return water;
  };
  const Balance all = after(FloodInfiltration::none);
  // Of 40 mm of rain (40 - 12.7)² / (40 + 50.8) = 8.21 mm run off.
  EXPECT_NEAR(after(FloodInfiltration::curve_number).entered / all.entered, 8.21 / 40, 0.001);
  EXPECT_LT(after(FloodInfiltration::green_ampt).inside, 0.8 * all.inside);
}

TEST(FloodEngine, GivesTheSameBitsOnOneThreadAndOnTwo) {
  std::vector<std::vector<float>> ran;
  for (const std::size_t threads : {1, 2}) {
    ComputeArena arena(threads);
    Branch branch = branch_of(testing::valley());
    branch.forcing.rain_mmph = steady(40);
    branch.forcing.inflows.push_back({"Đăk Bla", {-2900, 790}, steady(900)});
    FloodEngine engine(branch, arena, options_for_town());
    testing::run(engine, branch, 60);
    ran.push_back(depths(engine));
  }
  ASSERT_EQ(ran[0].size(), ran[1].size());
  EXPECT_EQ(std::memcmp(ran[0].data(), ran[1].data(), ran[0].size() * sizeof(float)), 0);
  EXPECT_GT(*std::ranges::max_element(ran[0]), 2);
  EXPECT_GE(*std::ranges::min_element(ran[0]), 0);
}

TEST(FloodEngine, StartsARiverAtTheStageItsGaugeKnows) {
  ComputeArena arena(1);
  Branch branch = branch_of(testing::valley());
  branch.state.at(gauge, river_gauge_column::stage_m) = 94.5;
  FloodEngine engine(branch, arena, options_for_town());
  const auto depth_m = depths(engine);
  const GridShape shape = branch.world->terrain().grids[0].elevation_m.shape;
  EXPECT_NEAR(depth_m[shape.cell_of({2000, 790})], 2.5, 0.05);
  EXPECT_NEAR(depth_m[shape.cell_of({800, 790})], 2.5, 0.05);
  EXPECT_EQ(depth_m[shape.cell_of({2000, 1200})], 0);
}

TEST(FloodEngine, ALeadInBringsARisingRiverToTheStageItHasByTheStart) {
  ComputeArena arena(1);
  const auto stage_after = [&arena](Duration lead_in, int minutes) {
    Branch branch = branch_of(testing::valley());
    branch.lead_in = lead_in;
    branch.forcing.inflows.push_back(
        {"Đăk Bla",
         {-2900, 790},
         {{noon - std::chrono::hours(3), noon}, {50, 500}, TimeSeries::Between::straight}});
    FloodEngine engine(branch, arena, options_for_town(1));
    for (Instant at = branch.lead_in_start(); at < branch.start; at += branch.window) {
      engine.lead_in(branch.state, at, at + branch.window);
    }
    KpiList kpis;
    engine.add_kpis(kpis);
    EXPECT_TRUE(std::ranges::none_of(kpis, [](const Kpi& kpi) { return kpi.value > 0; }))
        << "nothing of it counts";
    testing::run(engine, branch, minutes, noon);
    for (const Balance& balance : engine.balances()) {
      EXPECT_LE(std::abs(balance.error()), balance.tolerance) << balance.quantity;
    }
    return branch.state.at(gauge, river_gauge_column::stage_m);
  };
  // Steadily at 500 m3/s before the start it stands as high as it ever comes to stand.
  const double steady_m = stage_after(Duration{0}, 1);
  const double risen_m = stage_after(std::chrono::hours(3), 1);
  const double later_m = stage_after(std::chrono::hours(3), 90);
  EXPECT_LT(risen_m, steady_m - 0.02) << "the wave is still on its way";
  EXPECT_NEAR(later_m, steady_m, 0.05);
}

TEST(FloodEngine, CarriesASteadyRiverAtTheStageOfItsRating) {
  ComputeArena arena(1);
  Branch branch = branch_of(testing::valley());
  branch.forcing.inflows.push_back({"Đăk Bla at the dam", {-2900, 790}, steady(300)});
  FloodEngine engine(branch, arena, options_for_town(2));
  testing::run(engine, branch, 30);
  // Normal depth of a channel 60 m wide: q = h^(5/3) √S / n.
  const double normal_m = std::pow(300.0 / 60 * 0.035 / std::sqrt(0.002), 0.6);
  EXPECT_NEAR(branch.state.at(gauge, river_gauge_column::stage_m), 92 + normal_m, 0.1);
  EXPECT_EQ(branch.state.at(homes, common_column::water_depth_m), 0);
}

TEST(FloodEngine, ABarrierHoldsWaterOffTheHomesBehindIt) {
  const auto depth_at_homes = [](bool barrier) {
    ComputeArena arena(1);
    Branch branch = branch_of(testing::valley());
    branch.forcing.inflows.push_back({"Đăk Bla", {-2900, 790}, steady(1600)});
    FloodEngine engine(branch, arena, options_for_town());
    if (barrier) {
      engine.apply(AddBarrier{{{1500, 825}, {2500, 825}, {2500, 1590}}, 5}, branch.state, noon);
      engine.apply(AddBarrier{{{1500, 825}, {1500, 1590}}, 5}, branch.state, noon);
    }
    testing::run(engine, branch, 90);
    return branch.state.at(homes, common_column::water_depth_m);
  };
  EXPECT_GT(depth_at_homes(false), 0.5);
  EXPECT_LT(depth_at_homes(true), 0.001);
}

TEST(FloodEngine, ABarrierLowerThanTheWaterIsOvertopped) {
  ComputeArena arena(1);
  Branch branch = branch_of(testing::valley());
  branch.forcing.inflows.push_back({"Đăk Bla", {-2900, 790}, steady(1600)});
  FloodEngine engine(branch, arena, options_for_town());
  engine.apply(AddBarrier{{{1500, 1590}, {1500, 825}, {2500, 825}, {2500, 1590}}, 0.2},
               branch.state, noon);
  testing::run(engine, branch, 90);
  EXPECT_GT(branch.state.at(homes, common_column::water_depth_m), 0.2);
}

TEST(FloodEngine, RefusesABarrierThatHoldsNothing) {
  ComputeArena arena(1);
  Branch branch = branch_of(testing::valley());
  FloodEngine engine(branch, arena, options_for_town());
  EXPECT_THROW(engine.apply(AddBarrier{{{1500, 825}}, 1}, branch.state, noon), ScenarioError);
  EXPECT_THROW(engine.apply(AddBarrier{{{1500, 825}, {1600, 825}}, 0}, branch.state, noon),
               ScenarioError);
  EXPECT_THROW(engine.apply(AddBarrier{{{15000, 825}, {16000, 825}}, 1}, branch.state, noon),
               ScenarioError);
}

TEST(FloodEngine, RefusesAnInflowThatNoRiverBringsOntoTheGrid) {
  Branch branch = branch_of(testing::valley());
  branch.forcing.inflows.push_back({"Pô Kô", {-60000, 90000}, steady(100)});
  EXPECT_THAT(refusal(branch, options_for_town()),
              ::testing::AllOf(::testing::HasSubstr("Pô Kô"),
                               ::testing::HasSubstr("no river brings its water")));
  branch.forcing.inflows.back().place = {4500, 790};  // downstream of the grid
  EXPECT_THAT(refusal(branch, options_for_town()),
              ::testing::HasSubstr("no river brings its water"));
}

TEST(FloodEngine, RefusesForcingThatIsNotANumberOrBelowZero) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  Branch branch = branch_of(testing::valley());
  branch.forcing.rain_mmph = {{noon, noon + std::chrono::hours(1)}, {5, nan}};
  EXPECT_THAT(
      refusal(branch, options_for_town()),
      ::testing::AllOf(::testing::HasSubstr("rain at 1971"), ::testing::HasSubstr("not a number")));
  branch.forcing.rain_mmph.value[1] = 20000;
  EXPECT_THAT(refusal(branch, options_for_town()), ::testing::HasSubstr("out of all reason"));
  branch.forcing.rain_mmph = {};
  branch.forcing.inflows.push_back({"Đăk Bla", {-2900, 790}, steady(-1)});
  EXPECT_THAT(refusal(branch, options_for_town()), ::testing::HasSubstr("below 0"));
  branch.forcing.inflows.back().discharge_m3ps = steady(1e12);
  EXPECT_THAT(refusal(branch, options_for_town()), ::testing::HasSubstr("out of all reason"));
  branch.forcing.inflows.clear();
  branch.forcing.rain_at_gauge_mmph.emplace_back(7, steady(1));
  EXPECT_THAT(refusal(branch, options_for_town()), ::testing::HasSubstr("row 7"));
}

TEST(FloodEngine, RefusesAGridThatIsNotThereAndOptionsOutOfRange) {
  const Branch branch = branch_of(testing::valley());
  FloodOptions options = options_for_town();
  options.grid = "atlantis";
  EXPECT_THAT(refusal(branch, options), ::testing::HasSubstr("'atlantis', only 'town'"));
  options = options_for_town();
  options.courant = 3;
  EXPECT_THAT(refusal(branch, options), ::testing::HasSubstr("flood.courant"));
}

TEST(FloodEngine, ADamReleaseReachesTheGaugeAfterItsWayDownTheRiver) {
  ComputeArena arena(1);
  Branch branch = branch_of(testing::valley());
  branch.state.at(dam, reservoir_column::level_m) = 140;
  branch.state.at(dam, reservoir_column::inflow_m3ps) = 100;
  branch.state.at(dam, reservoir_column::outflow_m3ps) = 100;
  branch.forcing.inflows.push_back({"Đăk Bla", {-2900, 790}, steady(100)});
  FloodEngine engine(branch, arena, options_for_town(2));
  testing::run(engine, branch, 10);
  const double before_m = branch.state.at(gauge, river_gauge_column::stage_m);
  const double volume_m3 = branch.state.at(dam, reservoir_column::volume_m3);
  engine.apply(SetRelease{0, 900}, branch.state, noon);
  testing::run(engine, branch, 12, noon + std::chrono::minutes(10));
  EXPECT_NEAR(branch.state.at(gauge, river_gauge_column::stage_m), before_m, 0.02);
  testing::run(engine, branch, 48, noon + std::chrono::minutes(22));
  EXPECT_GT(branch.state.at(gauge, river_gauge_column::stage_m), before_m + 1);
  EXPECT_NEAR(branch.state.at(dam, reservoir_column::volume_m3), volume_m3 - 800 * 3600, 1);
  // A metre of level holds (30 - 5) / (150 - 120) million m³.
  EXPECT_NEAR(branch.state.at(dam, reservoir_column::level_m), 140 - 800 * 3600 / (25e6 / 30),
              1e-6);
  EXPECT_EQ(branch.state.at(dam, reservoir_column::outflow_m3ps), 900);
  const Balance stored = balance_of(engine, "reservoir water");
  EXPECT_LE(std::abs(stored.error()), stored.tolerance);
}

TEST(FloodEngine, AFullReservoirLetsOutAtLeastWhatComesIn) {
  ComputeArena arena(1);
  Branch branch = branch_of(testing::valley());
  branch.state.at(dam, reservoir_column::level_m) = 150;
  branch.state.at(dam, reservoir_column::inflow_m3ps) = 250;
  branch.state.at(dam, reservoir_column::outflow_m3ps) = 50;
  FloodEngine engine(branch, arena, options_for_town());
  testing::run(engine, branch, 2);
  EXPECT_EQ(branch.state.at(dam, reservoir_column::outflow_m3ps), 250);
  EXPECT_EQ(branch.state.at(dam, reservoir_column::level_m), 150);
  EXPECT_THROW(engine.apply(SetRelease{0, -5}, branch.state, noon), ScenarioError);
  EXPECT_THROW(engine.apply(SetRelease{9, 5}, branch.state, noon), ScenarioError);
}

TEST(FloodEngine, RainGaugesReadTheRainThatFallsAndItsSumOverADay) {
  ComputeArena arena(1);
  Branch branch = branch_of(testing::valley());
  branch.forcing.rain_at_gauge_mmph.emplace_back(0, steady(24));
  branch.state.at({Kind::rain_gauge, 0}, rain_gauge_column::rain_24h_mm) = 48;
  FloodEngine engine(branch, arena, options_for_town());
  testing::run(engine, branch, 60);
  EXPECT_EQ(branch.state.at({Kind::rain_gauge, 0}, rain_gauge_column::rain_mmph), 24);
  EXPECT_NEAR(branch.state.at({Kind::rain_gauge, 0}, rain_gauge_column::rain_24h_mm),
              24 + 48 * 23.0 / 24, 1e-9);
  EXPECT_NEAR(balance_of(engine, "water").entered, 0.024 * 4000 * 1600, 1);
}

TEST(FloodEngine, CountsATwoWayRoadOnceAndABridgeOnlyWhenWaterIsOverItsDeck) {
  WorldParts parts = testing::valley_parts();
  const auto north = testing::junction(parts, {1600, 900});
  const auto south = testing::junction(parts, {1600, 680});
  const auto bridge = testing::link(parts, north, south);
  const auto west = testing::junction(parts, {1800, 835});
  const auto east = testing::junction(parts, {2200, 835});
  const auto there = testing::link(parts, west, east);
  const auto back = testing::link(parts, east, west);
  parts.roads.opposite[there] = back;
  parts.roads.opposite[back] = there;
  parts.entities[index_of(Kind::road)].attributes[road_attribute::bridge][bridge] = 1;
  ComputeArena arena(1);
  Branch branch = branch_of(World::seal(std::move(parts)));
  branch.forcing.inflows.push_back({"Đăk Bla", {-2900, 790}, steady(300)});
  FloodEngine engine(branch, arena, options_for_town(1));
  testing::run(engine, branch, 5);
  EXPECT_EQ(branch.state.at({Kind::road, bridge}, common_column::water_depth_m), 0);
  KpiList kpis;
  engine.add_kpis(kpis);
  const auto value = [&kpis](std::string_view id) {
    return std::ranges::find(kpis, id, &Kpi::id)->value;
  };
  EXPECT_EQ(value("road_km_flooded"), 0);
  EXPECT_EQ(value("people_exposed"), 0);

  branch.forcing.inflows[0].discharge_m3ps = steady(1600);
  FloodEngine flood(branch, arena, options_for_town(1));
  testing::run(flood, branch, 5);
  kpis.clear();
  flood.add_kpis(kpis);
  EXPECT_GT(branch.state.at({Kind::road, bridge}, common_column::water_depth_m), 0.1);
  EXPECT_NEAR(value("road_km_flooded"), 0.4 + 0.22, 1e-9);
  EXPECT_EQ(value("people_exposed"), 100);
  EXPECT_GT(value("flooded_area_ha"), 10);
  EXPECT_NEAR(value("peak_stage_g1"), branch.state.at(gauge, river_gauge_column::stage_m), 0.05);
}

TEST(FloodEngine, LeavesMapsOfTheWholeRunAndWhatTheyCost) {
  ComputeArena arena(1);
  Branch branch = branch_of(testing::valley());
  branch.forcing.inflows.push_back({"Đăk Bla", {-2900, 790}, steady(1500)});
  FloodEngine engine(branch, arena, options_for_town(1));
  testing::run(engine, branch, 90);
  RunSummary summary;
  engine.summarise(summary);
  const auto map = [&](std::string_view name) -> const std::vector<float>& {
    const auto found = std::ranges::find(summary.maps, name, &RunMap::name);
    EXPECT_NE(found, summary.maps.end()) << name;
    EXPECT_EQ(found->grid, "town");
    return found->raster.values;
  };
  const auto now_m = depths(engine);
  const auto& deepest_m = map("maximum_depth_m");
  const auto& hazard = map("maximum_hazard_class");
  const auto& arrival_s = map("arrival_s");
  const auto& duration_s = map("duration_s");
  ASSERT_EQ(now_m.size(), deepest_m.size());
  for (std::size_t cell = 0; cell < now_m.size(); ++cell) {
    ASSERT_GE(deepest_m[cell], now_m[cell] - 1e-3F);
    ASSERT_EQ(hazard[cell] > 0, !std::isnan(arrival_s[cell]));
    ASSERT_EQ(duration_s[cell] > 0, hazard[cell] > 0 && arrival_s[cell] < 90 * 60);
  }
  EXPECT_EQ(*std::ranges::max_element(hazard), 6);  // the middle of the river
  EXPECT_EQ(arrival_s[engine_cell(2000, 790)], 0);  // it was there before
  EXPECT_GT(*std::ranges::max_element(map("maximum_speed_mps")), 1);
  EXPECT_EQ(branch.state.at(homes, common_column::hazard_class) > 0,
            branch.state.at(homes, common_column::water_depth_m) > 0);
  KpiList kpis;
  engine.add_kpis(kpis);
  EXPECT_GT(std::ranges::find(kpis, "damage_homes", &Kpi::id)->value, 0);
  EXPECT_EQ(std::ranges::find(kpis, "people_affected", &Kpi::id)->value, 100);
}

}  // namespace
}  // namespace kontwin
