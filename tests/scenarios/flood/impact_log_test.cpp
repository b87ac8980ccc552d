#include "scenarios/flood/impact_log.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "scenarios/flood/stability.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin {
namespace {

using std::chrono::minutes;

/// Home, middle and hospital in a row, both ways, with a commune's office at the middle.
class ImpactLogOnARoad : public ::testing::Test {
 protected:
  ImpactLogOnARoad() {
    const auto home = testing::junction(parts, {100, 100});
    const auto middle = testing::junction(parts, {600, 100});
    const auto hospital = testing::junction(parts, {1100, 100});
    testing::link(parts, home, middle);
    testing::link(parts, middle, home);
    testing::link(parts, middle, hospital);
    testing::link(parts, hospital, middle);
    const auto add = [&](Kind kind, const char* id, std::vector<double> numbers) {
      parts.add(kind, {.urn = make_urn(kind, id),
                       .name = id,
                       .place = {100, 100},
                       .provenance = Provenance::synthetic,
                       .source = 0,
                       .commune_code = "",
                       .attributes = std::move(numbers)});
    };
    add(Kind::residence, "homes", {100, 25, double(home)});
    add(Kind::hospital, "hospital", {50, double(hospital), 0});
    add(Kind::office, "office", {double(middle)});
    add(Kind::farm_plot, "plot", {1000, 0});
    start();
  }

  void start() {
    world = World::seal(parts);
    state = StateTable(*world);
    log = std::make_unique<ImpactLog>(*world);
  }

  void note(int minute) { log->note(state, Instant{minutes(minute)}); }
  double& road(std::uint32_t row, std::size_t column) {
    return state.at({Kind::road, row}, column);
  }
  std::vector<ImpactSpell> of(ImpactKind kind, Kind entity) const {
    auto spells = log->spells();
    std::erase_if(spells, [&](const ImpactSpell& spell) {
      return spell.kind != kind || spell.entity.kind != entity;
    });
    return spells;
  }

  WorldParts parts = testing::empty_parts();
  std::shared_ptr<const World> world;
  StateTable state;
  std::unique_ptr<ImpactLog> log;
};

TEST_F(ImpactLogOnARoad, NothingBefallsADryCountry) {
  note(0);
  note(1);
  EXPECT_TRUE(log->spells().empty());
}

TEST_F(ImpactLogOnARoad, ASpellOfWaterHasABeginningAnEndAndItsDeepest) {
  const EntityRef homes{Kind::residence, 0};
  note(0);
  for (const auto& [minute, depth_m] : {std::pair{1, 0.2}, {2, 0.9}, {3, 0.05}, {4, 0.3}}) {
    state.at(homes, common_column::water_depth_m) = depth_m;
    state.at(homes, common_column::hazard_class) = depth_m > 0.5 ? 3 : 1;
    note(minute);
  }
  const auto spells = of(ImpactKind::wet, Kind::residence);
  ASSERT_EQ(spells.size(), 2U);
  EXPECT_EQ(spells[0].from, Instant{minutes(1)});
  EXPECT_EQ(spells[0].until, Instant{minutes(3)});
  EXPECT_EQ(spells[0].deepest_m, 0.9);
  EXPECT_EQ(spells[0].hazard_class, 3);
  EXPECT_EQ(spells[0].people, 100);
  EXPECT_EQ(spells[1].from, Instant{minutes(4)});
  EXPECT_EQ(spells[1].until, std::nullopt);
}

TEST_F(ImpactLogOnARoad, HomesBehindDeepWaterAreCutOffFromWhatLiesBeyondIt) {
  road(2, common_column::water_depth_m) = 0.4;  // middle to hospital
  note(0);
  ASSERT_EQ(of(ImpactKind::no_hospital, Kind::residence).size(), 1U);
  EXPECT_TRUE(of(ImpactKind::no_seat, Kind::residence).empty());
  road(2, common_column::water_depth_m) = 0.2;
  note(5);
  EXPECT_EQ(of(ImpactKind::no_hospital, Kind::residence)[0].until, Instant{minutes(5)});
  road(0, road_column::open) = 0;
  note(6);
  EXPECT_EQ(of(ImpactKind::no_seat, Kind::residence).size(), 1U);
  EXPECT_EQ(of(ImpactKind::no_hospital, Kind::residence).size(), 2U);
}

TEST_F(ImpactLogOnARoad, AWayOverATurnThatCarsMayNotMakeIsNone) {
  // Cars get on at the middle over a street round the block, and not straight.
  const auto side = testing::junction(parts, {600, 600});
  testing::link(parts, 1, side);  // 4
  testing::link(parts, side, 2);
  parts.roads.forbidden_turns = {{0, 2, 0b000010}};
  start();
  note(0);
  EXPECT_TRUE(log->spells().empty());
  road(4, road_column::open) = 0;
  note(1);
  EXPECT_EQ(of(ImpactKind::no_hospital, Kind::residence).size(), 1U);
  EXPECT_TRUE(of(ImpactKind::no_seat, Kind::residence).empty());
}

TEST_F(ImpactLogOnARoad, TheWayBackDoesNotHelp) {
  road(1, road_column::debris) = 1;  // middle to home
  note(0);
  EXPECT_TRUE(log->spells().empty());
}

TEST_F(ImpactLogOnARoad, ShallowWaterThatSweepsACarAwayClosesTheWay) {
  road(0, common_column::water_depth_m) = 0.2;
  road(0, common_column::impassable_for) = flood::impassable_for(0.2, 2.5);
  note(0);
  EXPECT_EQ(of(ImpactKind::no_hospital, Kind::residence).size(), 1U);
}

TEST_F(ImpactLogOnARoad, AHospitalInDeepWaterIsNoHospital) {
  state.at({Kind::hospital, 0}, common_column::water_depth_m) = 0.5;
  note(0);
  EXPECT_EQ(of(ImpactKind::no_hospital, Kind::residence).size(), 1U);
  EXPECT_TRUE(of(ImpactKind::no_seat, Kind::residence).empty());
}

TEST_F(ImpactLogOnARoad, FieldsGetWetButHaveNoWay) {
  state.at({Kind::farm_plot, 0}, common_column::water_depth_m) = 0.5;
  road(0, road_column::open) = 0;
  note(0);
  EXPECT_EQ(of(ImpactKind::wet, Kind::farm_plot).size(), 1U);
  EXPECT_TRUE(of(ImpactKind::no_seat, Kind::farm_plot).empty());
}

}  // namespace
}  // namespace kontwin
