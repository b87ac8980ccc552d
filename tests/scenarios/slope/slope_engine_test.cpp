#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/slope/slope_engine.hpp"
#include "tests/support/small_world.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

constexpr Instant noon{std::chrono::hours(24 * 365)};

/// A hillside that rises 40° to the north over a road both ways along y = 1000 m, and below it a
/// second road along y = 940 m; a third runs over the plain in the south.
WorldParts hillside_parts() {
  WorldParts parts = testing::empty_parts(100, 100, 20, 0);
  auto terrain = std::make_shared<Terrain>(*parts.terrain);
  auto& ground = terrain->grids[0].elevation_m;
  for (std::size_t row = 0; row < 100; ++row) {
    for (std::size_t column = 0; column < 100; ++column) {
      const double y_m = ground.shape.center(column, row).y_m;
      ground.at(column, row) = static_cast<float>(600 + 0.84 * std::max(0.0, y_m - 900));
    }
  }
  parts.terrain = std::move(terrain);
  for (const double y_m : {1000.0, 940.0, 300.0}) {
    const auto west = testing::junction(parts, {800, y_m});
    const auto east = testing::junction(parts, {1200, y_m});
    const auto there = testing::link(parts, west, east);
    const auto back = testing::link(parts, east, west);
    parts.roads.opposite[there] = back;
    parts.roads.opposite[back] = there;
    for (const auto road : {there, back}) {
      parts.entities[index_of(Kind::road)].attributes[road_attribute::road_class][road] =
          static_cast<double>(RoadClass::national);
    }
  }
  return parts;
}

Branch branch_with_rain(double mmph) {
  Branch branch;
  branch.world = World::seal(hillside_parts());
  branch.state = StateTable(*branch.world);
  branch.start = noon;
  branch.forcing.rain_mmph = {{noon}, {mmph}, TimeSeries::Between::hold};
  return branch;
}

void run(Engine& engine, Branch& branch, int hours) {
  for (int hour = 0; hour < hours; ++hour) {
    const Instant from = noon + std::chrono::hours(hour);
    engine.advance(branch.state, from, from + std::chrono::hours(1));
  }
}

std::vector<double> column(const Branch& branch, std::size_t which) {
  const auto cells = branch.state.column(Kind::road, which);
  return {cells.begin(), cells.end()};
}

TEST(SlopeEngine, RaisesTheLevelWithTheRainAndOnlyUnderSteepGround) {
  ComputeArena arena(1);
  for (const auto& [mmph, level] : {std::pair{0.1, 0.0}, {3.0, 1.0}, {8.0, 2.0}, {40.0, 3.0}}) {
    Branch branch = branch_with_rain(mmph);
    SlopeEngine engine(branch, arena, {.close_on_rain = false});
    run(engine, branch, 1);
    EXPECT_THAT(column(branch, road_column::slope_level),
                ::testing::ElementsAre(level, level, level, level, 0, 0));
    EXPECT_THAT(column(branch, road_column::debris), ::testing::Each(0));
  }
}

TEST(SlopeEngine, LongModerateRainReachesTheLevelThatAShortOneDoesNot) {
  ComputeArena arena(1);
  Branch branch = branch_with_rain(4);  // Caine's at 24 h: 4.3 mm/h; at 48 h: 3.3 mm/h
  SlopeEngine engine(branch, arena, {.close_on_rain = false});
  run(engine, branch, 12);
  EXPECT_EQ(branch.state.at({Kind::road, 0}, road_column::slope_level), 2);
  run(engine, branch, 48);
  EXPECT_EQ(branch.state.at({Kind::road, 0}, road_column::slope_level), 3);
}

TEST(SlopeEngine, RainBeforeTheStartCounts) {
  ComputeArena arena(1);
  WorldParts parts = hillside_parts();
  parts.add(Kind::rain_gauge, {.urn = make_urn(Kind::rain_gauge, "r"),
                               .name = "r",
                               .place = {1000, 1000},
                               .provenance = Provenance::synthetic,
                               .source = 0,
                               .commune_code = "",
                               .attributes = {}});
  Branch branch = branch_with_rain(0);
  branch.world = World::seal(std::move(parts));
  branch.state = StateTable(*branch.world);
  branch.state.at({Kind::rain_gauge, 0}, rain_gauge_column::rain_24h_mm) = 200;
  SlopeEngine engine(branch, arena, {.close_on_rain = false});
  run(engine, branch, 1);
  EXPECT_EQ(branch.state.at({Kind::road, 0}, road_column::slope_level), 3);
}

TEST(SlopeEngine, AVeryHighLevelPutsDebrisOnTheSteepestLinksInBothDirections) {
  ComputeArena arena(1);
  Branch branch = branch_with_rain(60);
  SlopeEngine engine(branch, arena, {});
  run(engine, branch, 1);
  const auto debris = column(branch, road_column::debris);
  EXPECT_EQ(debris[0], 1);
  EXPECT_EQ(debris[1], 1);
  EXPECT_EQ(debris[4], 0);
  EXPECT_EQ(debris[5], 0);
  const std::size_t falls = engine.rockfalls().size();
  EXPECT_GE(falls, 1U);
  run(engine, branch, 3);
  EXPECT_EQ(engine.rockfalls().size(), falls) << "a slope that failed does not fail again";
}

TEST(SlopeEngine, BouldersRollDownOntoTheRoadBelow) {
  ComputeArena arena(1);
  Branch branch = branch_with_rain(0);
  SlopeEngine engine(branch, arena, {.boulders_per_link = 24});
  engine.apply(SetDebris{0, true}, branch.state, noon);
  ASSERT_EQ(engine.rockfalls().size(), 1U);
  const auto& fall = engine.rockfalls()[0];
  EXPECT_EQ(fall.boulders.size(), 24U);
  for (const auto& boulder : fall.boulders) {
    EXPECT_GT(boulder.from.y_m, 1030);
    EXPECT_GT(boulder.fall_m, 0);
    EXPECT_LT(boulder.rest.y_m, boulder.from.y_m);
    EXPECT_GT(boulder.mass_kg, 30);
  }
  const auto hits_on = [&fall](std::uint32_t road) {
    return std::ranges::count(fall.hits, road, &slope::RoadHit::road);
  };
  EXPECT_GT(hits_on(0), 5);
  EXPECT_GT(hits_on(2), 0) << "the road below is reached too";
  EXPECT_EQ(hits_on(4), 0);
  for (const auto& hit : fall.hits) {
    EXPECT_GE(hit.energy_j, 0);
    // No more than the fall from where it started gives.
    const auto& boulder = fall.boulders[hit.boulder];
    EXPECT_LT(hit.energy_j, boulder.mass_kg * 9.81 * 200);
  }
  EXPECT_EQ(branch.state.at({Kind::road, 0}, road_column::debris), 1);
  EXPECT_EQ(branch.state.at({Kind::road, 1}, road_column::debris), 1);
  Frame frame;
  engine.show(frame);
  EXPECT_EQ(frame.movers.size(), 24U);
  EXPECT_EQ(frame.movers[0].kind, Mover::Kind::boulder);
}

TEST(SlopeEngine, TheSameSeedGivesTheSameRockfallOnOneThreadAndOnTwo) {
  std::vector<std::vector<slope::Boulder>> ran;
  for (const auto& [threads, seed] : {std::pair{1, 5}, {2, 5}, {1, 6}}) {
    ComputeArena arena(static_cast<std::size_t>(threads));
    Branch branch = branch_with_rain(60);
    branch.seed = static_cast<std::uint64_t>(seed);
    SlopeEngine engine(branch, arena, {});
    run(engine, branch, 1);
    ran.emplace_back();
    for (const auto& fall : engine.rockfalls()) {
      ran.back().insert(ran.back().end(), fall.boulders.begin(), fall.boulders.end());
    }
  }
  const auto same = [](const slope::Boulder& a, const slope::Boulder& b) {
    return a.rest == b.rest && a.from == b.from && a.fall_m == b.fall_m;
  };
  EXPECT_TRUE(std::ranges::equal(ran[0], ran[1], same));
  EXPECT_FALSE(std::ranges::equal(ran[0], ran[2], same));
}

TEST(SlopeEngine, DebrisIsClearedByAnEdit) {
  ComputeArena arena(1);
  Branch branch = branch_with_rain(0);
  SlopeEngine engine(branch, arena, {.boulders_per_link = 0});
  engine.apply(SetDebris{4, true}, branch.state, noon);
  EXPECT_EQ(branch.state.at({Kind::road, 5}, road_column::debris), 1);
  engine.apply(SetDebris{4, false}, branch.state, noon);
  EXPECT_EQ(branch.state.at({Kind::road, 5}, road_column::debris), 0);
  KpiList kpis;
  engine.add_kpis(kpis);
  EXPECT_EQ(std::ranges::find(kpis, "roads_cut_by_debris", &Kpi::id)->value, 1);
}

TEST(SlopeEngine, RefusesARoadThatIsNotThereAndRainThatIsNotANumber) {
  ComputeArena arena(1);
  Branch branch = branch_with_rain(0);
  SlopeEngine engine(branch, arena, {});
  EXPECT_THROW(engine.apply(SetDebris{99, true}, branch.state, noon), ScenarioError);
  branch.forcing.rain_mmph.value[0] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(SlopeEngine(branch, arena, {}), ScenarioError);
  branch.forcing.rain_mmph.value[0] = 1;
  EXPECT_THROW(SlopeEngine(branch, arena, {.medium_slope_deg = 40}), ScenarioError);
}

}  // namespace
}  // namespace kontwin
