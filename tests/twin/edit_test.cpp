#include "twin/edit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/small_world.hpp"
#include "twin/error.hpp"
#include "twin/state_table.hpp"

namespace kontwin {
namespace {

class Edits : public ::testing::Test {
 protected:
  double after(const Edit& edit, EntityRef ref, std::size_t column) {
    apply_to_state(edit, state_);
    return state_.at(ref, column);
  }
  void expect_refused(const Edit& edit) {
    const StateTable before = state_;
    EXPECT_THROW(apply_to_state(edit, state_), ScenarioError);
    EXPECT_TRUE(std::ranges::equal(before.all(), state_.all(), [](double a, double b) {
      return a == b || (std::isnan(a) && std::isnan(b));
    }));
  }

  StateTable state_{*testing::town(3)};
};

TEST_F(Edits, WriteTheirOwnCell) {
  EXPECT_EQ(after(SetRoadOpen{.road = 5, .open = false}, {Kind::road, 5}, road_column::open), 0);
  EXPECT_EQ(after(SetRoadOpen{.road = 5, .open = true}, {Kind::road, 5}, road_column::open), 1);
  EXPECT_EQ(after(SetRoadCapacity{.road = 2, .factor = 0.5}, {Kind::road, 2},
                  road_column::capacity_factor),
            0.5);
  EXPECT_EQ(after(SetSpeedLimit{.road = 2, .speed_mps = 5}, {Kind::road, 2},
                  road_column::speed_limit_mps),
            5);
  EXPECT_EQ(
      after(SetShelterOpen{.shelter = 1, .open = false}, {Kind::shelter, 1}, shelter_column::open),
      0);
  EXPECT_EQ(after(SetDiverting{.hospital = 0, .diverting = true}, {Kind::hospital, 0},
                  hospital_column::diverting),
            1);
  apply_to_state(OrderEvacuation{{0, 4}}, state_);
  EXPECT_EQ(state_.at({Kind::residence, 4}, residence_column::ordered), 1);
  EXPECT_EQ(state_.at({Kind::residence, 3}, residence_column::ordered), 0);
}

TEST_F(Edits, LeaveEnginesTheirColumns) {
  EXPECT_EQ(after(SetDebris{.road = 1, .blocked = true}, {Kind::road, 1}, road_column::debris), 0);
}

TEST_F(Edits, OfRowsThatAreNotThereAreRefused) {
  expect_refused(SetRoadOpen{});
  expect_refused(SetRoadOpen{.road = 24, .open = false});  // 24 links: 0 to 23
  expect_refused(SetRelease{.reservoir = 1, .outflow_m3ps = 10});
  expect_refused(SetDebris{.road = 99, .blocked = true});
}

TEST_F(Edits, OfValuesThatMakeNoSenseAreRefused) {
  expect_refused(SetRoadCapacity{.road = 0, .factor = 1.5});
  expect_refused(SetRoadCapacity{.road = 0, .factor = std::nan("")});
  expect_refused(SetSpeedLimit{.road = 0, .speed_mps = 0});
  expect_refused(SetRelease{.reservoir = 0, .outflow_m3ps = -1});
  expect_refused(AddBarrier{.line = {{0, 0}}, .height_m = 1});
  expect_refused(Earthquake{.magnitude = 12, .depth_km = 8});
  expect_refused(Earthquake{.magnitude = 5, .depth_km = -1});
  expect_refused(Earthquake{.epicentre = {std::nan(""), 0}, .magnitude = 5, .depth_km = 8});
  expect_refused(SetDemand{-1});
  expect_refused(StartMeasure{"a", NarrowRoad{.roads = {0}, .lanes = -1}});
  expect_refused(StartMeasure{"a", NarrowRoad{.roads = {}}});
  expect_refused(StartMeasure{"a", Incident{.roads = {0}, .capacity_factor = -0.5}});
  expect_refused(StartMeasure{"a", Weather{.roads = {}, .rain_mmph = -1}});
  expect_refused(StartMeasure{"a", NarrowRoad{.roads = {99}}});
  expect_refused(StartMeasure{"a", NarrowRoad{.roads = {0}}, Duration{-1}});
  expect_refused(EndMeasure{});
}

TEST_F(Edits, AReleaseOfNaNGivesTheDamBackToItsRule) {
  EXPECT_NO_THROW(apply_to_state(SetRelease{.reservoir = 0, .outflow_m3ps = std::nan("")}, state_));
}

TEST(EditNames, FollowTheOrderOfTheVariant) {
  EXPECT_EQ(name_of(Edit{SetRoadOpen{}}), "set_road_open");
  EXPECT_EQ(name_of(Edit{AddBarrier{}}), "add_barrier");
  EXPECT_EQ(name_of(Edit{SetDiverting{}}), "set_diverting");
  EXPECT_EQ(name_of(Edit{Earthquake{}}), "earthquake");
  EXPECT_EQ(name_of(Edit{EndMeasure{}}), "end_measure");
  EXPECT_EQ(name_of(TrafficMeasure{BusLane{}}), "bus_lane");
  EXPECT_EQ(name_of(TrafficMeasure{ParkingSearch{}}), "parking");
}

}  // namespace
}  // namespace kontwin
