#include "actors/line_scan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "actors/rules.hpp"
#include "tests/support/small_world.hpp"
#include "twin/random.hpp"

namespace kontwin::testing {

using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace {

Crossing crossing_of(const Wake& wake) { return std::get<Crossing>(wake.why); }

}  // namespace

TEST(LineScan, FindsWhatCrossedOnceAndByRow) {
  const auto world = town(3);
  StateTable state(*world);
  LineScan scan(*world, state);
  const auto depth = state.column(Kind::road, common_column::water_depth_m);
  depth[5] = 0.35;
  depth[2] = 0.1;
  std::vector<Wake> found;
  scan.scan(Kind::road, state, found);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].entity, (EntityRef{Kind::road, 2}));
  EXPECT_EQ(crossing_of(found[0]).after, 1);
  EXPECT_EQ(crossing_of(found[1]).after, 2);
  found.clear();
  scan.scan(Kind::road, state, found);
  EXPECT_THAT(found, IsEmpty());
}

TEST(LineScan, AgreesWithTheLevelOfASingleValueForEveryKindAndValue) {
  const auto world = town(3);
  StateTable state(*world);
  LineScan scan(*world, state);
  for (const Kind kind : all_kinds()) {
    const auto& watches = rule_of(kind).watches;
    if (state.rows(kind) == 0) continue;
    const EntityRef entity{kind, 0};
    std::vector<int> levels;
    for (const Watch& watch : watches) {
      std::vector<double> lines;
      for (std::size_t i = 0; i < watch.lines.size(); ++i) {
        lines.push_back(watch.line(world->entities(kind), 0, i));
      }
      levels.push_back(level_over(lines, watch.hysteresis, state.at(entity, watch.column), 0));
    }
    RandomStream random(1, index_of(kind));
    for (int step = 0; step < 300; ++step) {
      std::vector<Crossing> expected;
      for (std::size_t w = 0; w < watches.size(); ++w) {
        std::vector<double> lines;
        for (std::size_t i = 0; i < watches[w].lines.size(); ++i) {
          lines.push_back(watches[w].line(world->entities(kind), 0, i));
        }
        const double near = lines[random.below(lines.size())];
        const double value = random.below(20) == 0 ? std::numeric_limits<double>::quiet_NaN()
                                                   : near + random.uniform(-0.2, 0.2);
        state.at(entity, watches[w].column) = value;
        const int after = level_over(lines, watches[w].hysteresis, value, levels[w]);
        if (after != levels[w]) expected.push_back({watches[w].column, levels[w], after});
        levels[w] = after;
      }
      std::vector<Wake> found;
      scan.scan(kind, state, found);
      std::erase_if(found,
                    [](const Wake& wake) { return std::holds_alternative<Stepped>(wake.why); });
      ASSERT_EQ(found.size(), expected.size());
      for (std::size_t i = 0; i < found.size(); ++i) {
        ASSERT_EQ(crossing_of(found[i]).column, expected[i].column);
        ASSERT_EQ(crossing_of(found[i]).before, expected[i].before);
        ASSERT_EQ(crossing_of(found[i]).after, expected[i].after);
      }
    }
  }
}

TEST(LineScan, AFallingValueLeavesALineOnlyBelowItsHysteresis) {
  const auto world = town(3);
  StateTable state(*world);
  double& stage = state.at({Kind::river_gauge, 0}, river_gauge_column::stage_m);
  stage = 101.0;
  state.at({Kind::river_gauge, 0}, river_gauge_column::alarm_level) = 1;
  LineScan scan(*world, state);
  std::vector<Wake> found;
  stage = 100.96;
  scan.scan(Kind::river_gauge, state, found);
  EXPECT_THAT(found, IsEmpty());
  stage = 100.94;
  scan.scan(Kind::river_gauge, state, found);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(crossing_of(found[0]).after, 0);
}

TEST(LineScan, AGaugeIsWokenByEveryDecimetre) {
  const auto world = town(3);
  StateTable state(*world);
  LineScan scan(*world, state);
  double& stage = state.at({Kind::river_gauge, 0}, river_gauge_column::stage_m);
  std::vector<Wake> found;
  for (const double value : {98.0, 98.05, 98.11, 98.15, 98.05, 98.22, 98.0}) {
    stage = value;
    scan.scan(Kind::river_gauge, state, found);
  }
  EXPECT_THAT(found, SizeIs(4)) << "at 98.0, 98.11, 98.22 and 98.0";
}

}  // namespace kontwin::testing
