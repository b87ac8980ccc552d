#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "scenarios/slope/slope_engine.hpp"
#include "tests/scenarios/slope/hillside_world.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

constexpr Instant noon{std::chrono::hours(24 * 365)};

Branch branch_with_rain(double mmph) {
  Branch branch;
  branch.world = World::seal(testing::hillside_parts());
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

/// Ground that may well fail without rain: the rain alone decides the level.
SlopeOptions weak(SlopeOptions options = {}) {
  options.medium_probability = 1e-6;
  options.high_probability = 1e-6;
  options.very_high_probability = 1e-6;
  options.wet_share = 1;
  return options;
}

std::vector<double> column(const Branch& branch, std::size_t which) {
  const auto cells = branch.state.column(Kind::road, which);
  return {cells.begin(), cells.end()};
}

TEST(SlopeEngine, RaisesTheLevelWithTheRainAndOnlyUnderSteepGround) {
  ComputeArena arena(1);
  for (const auto& [mmph, level] : {std::pair{0.1, 0.0}, {3.0, 1.0}, {8.0, 2.0}, {40.0, 3.0}}) {
    Branch branch = branch_with_rain(mmph);
    SlopeEngine engine(branch, arena, weak({.close_on_rain = false}));
    run(engine, branch, 1);
    EXPECT_THAT(column(branch, road_column::slope_level),
                ::testing::ElementsAre(level, level, level, level, 0, 0));
    EXPECT_THAT(column(branch, road_column::debris), ::testing::Each(0));
  }
}

TEST(SlopeEngine, LongModerateRainReachesTheLevelThatAShortOneDoesNot) {
  ComputeArena arena(1);
  Branch branch = branch_with_rain(4);  // Caine's at 24 h: 4.3 mm/h; at 48 h: 3.3 mm/h
  SlopeEngine engine(branch, arena, weak({.close_on_rain = false}));
  run(engine, branch, 12);
  EXPECT_EQ(branch.state.at({Kind::road, 0}, road_column::slope_level), 2);
  run(engine, branch, 48);
  EXPECT_EQ(branch.state.at({Kind::road, 0}, road_column::slope_level), 3);
}

TEST(SlopeEngine, RainBeforeTheStartCounts) {
  ComputeArena arena(1);
  WorldParts parts = testing::hillside_parts();
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
  SlopeEngine engine(branch, arena, weak({.close_on_rain = false}));
  run(engine, branch, 1);
  EXPECT_EQ(branch.state.at({Kind::road, 0}, road_column::slope_level), 3);
  EXPECT_GT(branch.state.at({Kind::road, 0}, road_column::slide_probability), 0.9);
}

TEST(SlopeEngine, TheLevelFollowsTheProbabilityWhereRainIsHeavy) {
  ComputeArena arena(1);
  Branch branch = branch_with_rain(15);  // above Caine's threshold from the first hour
  SlopeEngine engine(branch, arena, {.close_on_rain = false});
  const SlopeOptions limits;
  std::set<double> seen;
  for (int window = 0; window < 6 * 24; ++window) {
    const Instant from = noon + window * std::chrono::minutes(10);
    engine.advance(branch.state, from, from + std::chrono::minutes(10));
    const double p = branch.state.at({Kind::road, 0}, road_column::slide_probability);
    const double expected = (p >= limits.medium_probability) + (p >= limits.high_probability) +
                            (p >= limits.very_high_probability);
    const double level = branch.state.at({Kind::road, 0}, road_column::slope_level);
    EXPECT_EQ(level, expected) << "window " << window << ", probability " << p;
    EXPECT_EQ(branch.state.at({Kind::road, 1}, road_column::slope_level), level);
    seen.insert(level);
  }
  EXPECT_EQ(seen, (std::set<double>{0, 1, 2, 3}));
  EXPECT_EQ(branch.state.at({Kind::road, 4}, road_column::slide_probability), 0);
}

TEST(SlopeEngine, TheFactorOfSafetyIsComputedAsOftenAsAsked) {
  ComputeArena arena(1);
  std::vector<double> probability;
  for (const double every_min : {1.0, 30.0}) {
    Branch branch = branch_with_rain(20);
    SlopeEngine engine(branch, arena, {.every_min = every_min, .close_on_rain = false});
    for (int minute = 0; minute < 601; ++minute) {
      const Instant from = noon + std::chrono::minutes(minute);
      engine.advance(branch.state, from, from + std::chrono::minutes(1));
    }
    probability.push_back(branch.state.at({Kind::road, 0}, road_column::slide_probability));
  }
  EXPECT_GT(probability[0], 0.1);
  EXPECT_NEAR(probability[0], probability[1], 1e-3) << "the modes are exact over any step";
}

TEST(SlopeEngine, AFailingSlopePutsDebrisOnBothDirectionsUntilItIsCleared) {
  ComputeArena arena(1);
  Branch branch = branch_with_rain(60);
  SlopeEngine engine(branch, arena,
                     weak({.clearing_start_h = 4, .clearing_m3ph = 1e6, .clearing_share = 0.3}));
  run(engine, branch, 1);
  const auto debris = column(branch, road_column::debris);
  EXPECT_EQ(debris[0], 1);
  EXPECT_EQ(debris[1], 1);
  EXPECT_EQ(debris[4], 0);
  EXPECT_EQ(debris[5], 0);
  const std::size_t falls = engine.rockfalls().size();
  EXPECT_GE(falls, 1U);
  for (int hour = 1; hour < 4; ++hour) {
    const Instant from = noon + std::chrono::hours(hour);
    engine.advance(branch.state, from, from + std::chrono::hours(1));
  }
  EXPECT_EQ(branch.state.at({Kind::road, 0}, road_column::debris), 1);
  for (int hour = 4; hour < 7; ++hour) {
    const Instant from = noon + std::chrono::hours(hour);
    engine.advance(branch.state, from, from + std::chrono::hours(1));
  }
  EXPECT_EQ(branch.state.at({Kind::road, 0}, road_column::debris), 0);
  EXPECT_EQ(branch.state.at({Kind::road, 1}, road_column::debris), 0);
  EXPECT_EQ(engine.rockfalls().size(), falls) << "a slope that failed does not fail again";
}

TEST(SlopeEngine, DebrisOfAScenarioStaysUntilItSaysOtherwise) {
  ComputeArena arena(1);
  Branch branch = branch_with_rain(0);
  SlopeEngine engine(branch, arena, {.boulders_per_link = 0, .clearing_start_h = 1});
  engine.apply(SetDebris{0, true}, branch.state, noon);
  run(engine, branch, 240);
  EXPECT_EQ(branch.state.at({Kind::road, 0}, road_column::debris), 1);
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
    EXPECT_FALSE(boulder.went_on);
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

TEST(SlopeEngine, NothingRollsWhereNoHillsideIs) {
  // A landslide that a scenario puts on a street, or on a road over the plain.
  WorldParts parts = testing::hillside_parts();
  for (const int road : {2, 3}) {
    parts.entities[index_of(Kind::road)].attributes[road_attribute::road_class][road] =
        static_cast<double>(RoadClass::street);
  }
  Branch branch = branch_with_rain(0);
  branch.world = World::seal(std::move(parts));
  branch.state = StateTable(*branch.world);
  ComputeArena arena(1);
  SlopeEngine engine(branch, arena, {});
  engine.apply(SetDebris{2, true}, branch.state, noon);
  engine.apply(SetDebris{4, true}, branch.state, noon);
  for (const auto& fall : engine.rockfalls()) EXPECT_TRUE(fall.boulders.empty());
  EXPECT_EQ(branch.state.at({Kind::road, 2}, road_column::debris), 1);
  EXPECT_EQ(branch.state.at({Kind::road, 4}, road_column::debris), 1);
}

TEST(SlopeEngine, ARoadIsAsWideForBouldersAsItIs) {
  ComputeArena arena(2);
  // A boulder stays on a road where it lies within half its width, 1 m of verge and its own radius.
  std::vector<int> rest;
  for (const double width_m : {4.0, 300.0}) {
    WorldParts parts = testing::hillside_parts();
    std::ranges::fill(parts.entities[index_of(Kind::road)].attributes[road_attribute::width_m],
                      width_m);
    Branch branch = branch_with_rain(0);
    branch.world = World::seal(std::move(parts));
    branch.state = StateTable(*branch.world);
    SlopeEngine engine(branch, arena, {.boulders_per_link = 24});
    engine.apply(SetDebris{0, true}, branch.state, noon);
    const auto& fall = engine.rockfalls().front();
    rest.push_back(0);
    for (const auto& hit : fall.hits) {
      const auto& boulder = fall.boulders[hit.boulder];
      const double away_m =
          nearest_on(branch.world->roads().shape_of(hit.road), boulder.rest).distance_m;
      EXPECT_EQ(hit.rests, away_m <= width_m / 2 + 1 + boulder.radius_m);
      EXPECT_EQ(hit.road % 2, 0U) << "both directions are one road";
      EXPECT_GT(hit.height_m, 0);
      rest.back() += hit.rests ? 1 : 0;
    }
  }
  EXPECT_GT(rest[1], rest[0]);
}

TEST(SlopeEngine, AListTellsOfEachLinkItsWarningAndItsSlope) {
  ComputeArena arena(1);
  Branch branch = branch_with_rain(15);
  SlopeEngine engine(branch, arena, {.boulders_per_link = 0});
  run(engine, branch, 24);
  RunSummary summary;
  engine.summarise(summary);
  const auto table = std::ranges::find(summary.tables, "landslides", &RunTable::id);
  ASSERT_NE(table, summary.tables.end());
  const auto value = [&](std::string_view id, std::size_t row) {
    return std::ranges::find(table->columns, id, &RunTable::Column::id)->values.at(row);
  };
  // Two links lie below the hillside, both warned of at the highest level; the third does not.
  ASSERT_EQ(table->rows(), 2U);
  for (std::size_t row = 0; row < 2; ++row) {
    EXPECT_EQ(value("level", row), 3);
    EXPECT_GT(value("since", row), to_seconds(noon.time_since_epoch()));
    EXPECT_GE(value("probability", row), SlopeOptions{}.very_high_probability);
    EXPECT_NEAR(value("slope_deg", row), 40, 1);
    EXPECT_GT(value("soil_depth_m", row), 0.5);
    EXPECT_LT(value("safety", row), 1.3);
  }
  EXPECT_GE(value("probability", 0), value("probability", 1));
  // As many as failed have a volume.
  KpiList kpis;
  engine.add_kpis(kpis);
  const auto slides = std::ranges::find(kpis, "slides", &Kpi::id);
  double listed = 0;
  for (std::size_t row = 0; row < 2; ++row) listed += value("slide_m3", row) > 0 ? 1 : 0;
  EXPECT_EQ(listed, slides == kpis.end() ? 0 : slides->value);
}

TEST(SlopeEngine, TheSameSeedGivesTheSameRockfallOnOneThreadAndOnTwo) {
  std::vector<std::vector<slope::Boulder>> ran;
  for (const auto& [threads, seed] : {std::pair{1, 5}, {2, 5}, {1, 6}}) {
    ComputeArena arena(static_cast<std::size_t>(threads));
    Branch branch = branch_with_rain(60);
    branch.seed = static_cast<std::uint64_t>(seed);
    SlopeEngine engine(branch, arena, weak());
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
  EXPECT_THROW(SlopeEngine(branch, arena, {.medium_probability = 0.4}), ScenarioError);
}

}  // namespace
}  // namespace kontwin
