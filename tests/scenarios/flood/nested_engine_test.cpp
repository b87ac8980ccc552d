// The flood engine on a grid with insets.
#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/flood/flood_grids.hpp"
#include "tests/scenarios/flood/flood_world.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using testing::balance_of;
using testing::noon;

const EntityRef gauge{Kind::river_gauge, 0};
const EntityRef homes{Kind::residence, 0};

/// The valley with finer grids of the same ground: `middle` round the gauge on cells of a quarter,
/// `odd` on cells that do not divide the valley's.
WorldParts valley_with_finer() {
  WorldParts parts = testing::valley_parts();
  auto terrain = std::make_shared<Terrain>(*parts.terrain);
  const auto add = [&](const char* name, const GridShape& shape) {
    TerrainGrid grid{name, Raster<float>(shape), Raster<float>(shape)};
    const TerrainGrid& town = terrain->grids.front();
    for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
      const LocalPoint at = shape.center(cell % shape.columns, cell / shape.columns);
      const std::size_t from = town.elevation_m.shape.cell_of(at);
      grid.elevation_m.values[cell] = town.elevation_m.values[from];
      grid.manning_n.values[cell] = town.manning_n.values[from];
    }
    terrain->grids.push_back(std::move(grid));
  };
  add("middle", {.left_m = 1600, .bottom_m = 400, .cell_m = 5, .columns = 160, .rows = 160});
  add("odd", {.left_m = 1600, .bottom_m = 400, .cell_m = 8, .columns = 100, .rows = 100});
  parts.terrain = std::move(terrain);
  return parts;
}

Branch flooded() {
  Branch branch = testing::branch_of(World::seal(valley_with_finer()));
  branch.forcing.rain_mmph = testing::steady(20);
  branch.forcing.inflows.push_back({"Đăk Bla", {-2900, 790}, testing::steady(900)});
  return branch;
}

FloodOptions with(std::vector<FloodInset> insets) {
  FloodOptions options = testing::options_for_town(0.5);
  options.insets = std::move(insets);
  return options;
}

struct Outcome {
  double stage_m, home_depth_m, flooded_ha;
};

Outcome after_a_while(const FloodOptions& options) {
  ComputeArena arena(2);
  Branch branch = flooded();
  FloodEngine engine(branch, arena, options);
  for (int minute = 0; minute < 20; ++minute) {
    testing::run(engine, branch, 1, noon + std::chrono::minutes(minute));
    const Balance water = balance_of(engine, "water");
    EXPECT_LE(std::abs(water.error()), water.tolerance) << minute;
  }
  KpiList kpis;
  engine.add_kpis(kpis);
  const auto area = std::ranges::find(kpis, "flooded_area_ha", &Kpi::id);
  return {branch.state.at(gauge, river_gauge_column::stage_m),
          branch.state.at(homes, common_column::water_depth_m), area->value};
}

TEST(NestedFloodEngine, EntitiesFeelTheFinestGridAndGroundCountsOnce) {
  const Outcome whole = after_a_while(with({}));
  EXPECT_GT(whole.flooded_ha, 5);
  for (const FloodInset& inset :
       {FloodInset{.grid = "middle"},
        FloodInset{.grid = "middle", .scheme = FloodScheme::finite_volume},
        FloodInset{.grid = "odd", .resample = true},
        FloodInset{.grid = "town",
        .name = "reach",
        .scheme = FloodScheme::finite_volume,
        .within = LocalBox{1600, 400, 2400, 1200}}}) {
    SCOPED_TRACE(inset.grid);
    const Outcome nested = after_a_while(with({inset}));
    // Other cells cut other pieces off a channel of three: `odd` has a wider one.
    EXPECT_NEAR(nested.stage_m, whole.stage_m, inset.resample ? 0.2 : 0.1);
    if (!inset.resample) {
      EXPECT_NEAR(nested.flooded_ha, whole.flooded_ha, 0.1 * whole.flooded_ha);
    }
  }
}

TEST(NestedFloodEngine, ShowsAndSumsUpEachGrid) {
  ComputeArena arena(1);
  Branch branch = flooded();
  FloodEngine engine(branch, arena, with({{.grid = "middle"}}));
  testing::run(engine, branch, 5);
  Frame frame;
  engine.show(frame);
  ASSERT_EQ(frame.fields.size(), 4U);
  EXPECT_EQ(frame.fields[0].grid, "town");
  EXPECT_EQ(frame.fields[2].grid, "middle");
  EXPECT_EQ(frame.fields[2].shape.cell_m, 5);
  EXPECT_EQ(frame.fields[2].values.size(), 160U * 160U);
  // The outer grid shows the mean of the sixteen cells over it.
  const FieldView& outer = frame.fields[0];
  const FieldView& inner = frame.fields[2];
  const LocalPoint river{2010, 790};
  double mean_m = 0;
  for (double y = 782.5; y < 800; y += 5) {
    for (double x = 2002.5; x < 2020; x += 5)
      mean_m += inner.values[inner.shape.cell_of({x, y})] / 16;
  }
  EXPECT_GT(mean_m, 0.5);
  EXPECT_NEAR(outer.values[outer.shape.cell_of(river)], mean_m, 1e-5);
  RunSummary summary;
  engine.summarise(summary);
  EXPECT_EQ(summary.maps.size(), 14U);
  EXPECT_EQ(summary.maps[0].name, summary.maps[1].name);
  EXPECT_EQ(summary.maps[1].grid, "middle");
  const auto& deepest = summary.maps[0].raster;
  EXPECT_GT(deepest.values[deepest.shape.cell_of(river)], 0.5);
}

TEST(NestedFloodEngine, ABarrierThroughBothGridsHoldsWaterOffTheHomesBehindIt) {
  const auto home_depth_m = [](bool barrier) {
    ComputeArena arena(1);
    Branch branch = testing::branch_of(World::seal(valley_with_finer()));
    branch.forcing.inflows.push_back({"Đăk Bla", {-2900, 790}, testing::steady(1600)});
    FloodOptions options = with({{.grid = "middle"}});
    options.initial_stage_warmup_h = 0;
    FloodEngine engine(branch, arena, options);
    if (barrier) {
      engine.apply(AddBarrier{{{1500, 825}, {2500, 825}, {2500, 1590}}, 5}, branch.state, noon);
      engine.apply(AddBarrier{{{1500, 825}, {1500, 1590}}, 5}, branch.state, noon);
    }
    testing::run(engine, branch, 45);
    return branch.state.at(homes, common_column::water_depth_m);
  };
  EXPECT_GT(home_depth_m(false), 0.5);
  EXPECT_LT(home_depth_m(true), 0.001);
}

TEST(NestedFloodEngine, AssimilationDrawsTheFineRiverToItsGaugeAsItDoesACoarseOne) {
  ComputeArena arena(2);
  constexpr double seen_m = 94.9;
  const auto off_m = [&](FloodAssimilation kind, std::vector<FloodInset> insets) {
    Branch branch = testing::branch_of(World::seal(valley_with_finer()));
    branch.lead_in = std::chrono::hours(1);
    branch.forcing.inflows.push_back({"Đăk Bla", {-2900, 790}, testing::steady(300)});
    TimeSeries stages;
    for (int minute = -60; minute <= 0; minute += 2) {
      stages.at.push_back(noon + std::chrono::minutes(minute));
      stages.value.push_back(seen_m);
    }
    branch.forcing.gauge_stage_m.emplace_back(0, stages);
    FloodOptions options = with(std::move(insets));
    options.assimilation = kind;
    options.ensemble_members = 3;
    FloodEngine engine(branch, arena, options);
    for (Instant at = branch.lead_in_start(); at < branch.start; at += std::chrono::minutes(2)) {
      engine.lead_in(branch.state, at, at + std::chrono::minutes(2));
    }
    const Balance water = balance_of(engine, "water");
    EXPECT_LE(std::abs(water.error()), water.tolerance);
    return seen_m - branch.state.at(gauge, river_gauge_column::stage_m);
  };
  const std::vector<FloodInset> fine{{.grid = "middle"}};
  const double alone_m = off_m(FloodAssimilation::none, fine);
  for (const auto kind : {FloodAssimilation::nudging, FloodAssimilation::ensemble}) {
    const double drawn_m = off_m(kind, fine);
    EXPECT_NEAR(drawn_m, off_m(kind, {}), 0.1) << static_cast<int>(kind);
    EXPECT_NE(drawn_m, alone_m) << static_cast<int>(kind);
  }
}

TEST(NestedFloodEngine, SaysWhatAnInsetNeeds) {
  const auto message = [](std::vector<FloodInset> insets) {
    return testing::message_of<ScenarioError>([&] {
      ComputeArena arena(1);
      FloodEngine engine(flooded(), arena, with(std::move(insets)));
    });
  };
  EXPECT_NE(message({{.grid = "moon"}}).find("no terrain grid 'moon', only 'town' 'middle'"),
            std::string::npos);
  EXPECT_NE(message({{.grid = "odd"}}).find("resample = true lays it on cells of 6.666667 m"),
            std::string::npos);
  EXPECT_NE(message({{.grid = "middle", .within = LocalBox{0, 0, 100, 100}}})
                .find("is smaller than what 'within' says"),
            std::string::npos);
  EXPECT_NE(message({{.grid = "town", .name = "far", .within = LocalBox{3900, 0, 4100, 100}}})
                .find("reaches outside the outer grid 'town'"),
            std::string::npos);
  EXPECT_NE(message({{.grid = "town"}}).find("called 'town'"), std::string::npos);
  EXPECT_NE(message({{.grid = "middle"}, {.grid = "odd", .resample = true}})
                .find("'odd' overlaps or touches 'middle'"),
            std::string::npos);
}

}  // namespace
}  // namespace kontwin
