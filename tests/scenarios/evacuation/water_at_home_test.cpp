// What people do when dangerous water comes to where they are told to leave.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/scenarios/evacuation/planned_options.hpp"
#include "twin/error.hpp"

namespace kontwin::testing {
namespace {

constexpr EntityRef home{Kind::residence, 12};

/// Everyone packs for long.
EvacuationOptions slow() {
  EvacuationOptions options = prompt();
  options.departure_median_min = 120;
  return options;
}

/// Water at the home from a minute on; the roads stay dry.
void flood_home_from(EvacuationRun& run, int minute, double depth_m, double hazard) {
  run.run(minute);
  run.state.at(home, common_column::water_depth_m) = depth_m;
  run.state.at(home, common_column::hazard_class) = hazard;
}

double left_at_home(const EvacuationRun& run) {
  return run.state.at(home, residence_column::people_home);
}

TEST(WaterAtHome, EndsThePackingOfThoseWhoWereToldToLeave) {
  const auto left_after_water = [](double depth_m, double hazard) {
    EvacuationRun run(town(5), slow());
    run.apply(OrderEvacuation{{home.row}});
    flood_home_from(run, 20, depth_m, hazard);
    EXPECT_GT(left_at_home(run), 80);
    run.run(30, {}, [&run](int) { ASSERT_EQ(run.evacuation.balances()[0].error(), 0); });
    return left_at_home(run);
  };
  EXPECT_GT(left_after_water(0, 0), 70);
  EXPECT_GT(left_after_water(0.2, 1), 70);
  EXPECT_LT(left_after_water(1.5, 5), 15);
  // Shallow and torn along.
  EXPECT_LT(left_after_water(0.25, 5), 15);
}

TEST(WaterAtHome, ShortensThePackingOfEachByTheSameShare) {
  EvacuationOptions options = slow();
  options.departure_sigma = 0;
  options.exposed_departure_median_min = 12;
  EvacuationRun run(town(5), options);
  run.apply(OrderEvacuation{{home.row}});
  flood_home_from(run, 60, 1.5, 5);
  run.run(20);
  // An hour of two was left, of which a tenth remains.
  for (const EvacuationParty& party : run.record().parties) {
    ASSERT_TRUE(party.left);
    EXPECT_NEAR(to_seconds(*party.left - run.branch.start), 3600 + 360, 1);
  }
}

TEST(WaterAtHome, WarnsThoseWhomTheOrderWouldHaveReachedLater) {
  EvacuationOptions options = slow();
  options.warning = {evacuation::WarningChannel::door_to_door};
  EvacuationRun run(town(5), options);
  run.apply(OrderEvacuation{{home.row}});
  flood_home_from(run, 5, 1.5, 5);
  run.run(1);
  for (const EvacuationParty& party : run.record().parties) {
    ASSERT_TRUE(party.warned);
    EXPECT_LE(*party.warned, run.branch.start + from_seconds(300));
  }
}

TEST(WaterAtHome, NobodyStaysInItBecauseTheSheltersAreFull) {
  // Neither shelter has room for anyone, and the corners where they stand are dry.
  WorldParts parts = town_parts(5);
  for (double& places :
       parts.entities[index_of(Kind::shelter)].attributes[shelter_attribute::places]) {
    places = 0;
  }
  const auto world = World::seal(std::move(parts));
  for (const auto& [vehicle_share, walk_limit_km] :
       {std::pair{0.0, 3.0}, std::pair{1.0, 3.0}, std::pair{1.0, 0.1}}) {
    // By motorbike, on foot, and by bus.
    EvacuationOptions options = prompt();
    options.no_vehicle_share = vehicle_share;
    options.car_share = 0;
    options.walk_limit_km = walk_limit_km;
    options.buses = 4;
    const auto run_with = [&](double hazard) {
      EvacuationRun run(world, options);
      run.state.at(home, common_column::hazard_class) = hazard;
      run.apply(OrderEvacuation{{home.row}});
      run.run(240, {}, [&run](int) { ASSERT_EQ(run.evacuation.balances()[0].error(), 0); });
      std::map<EvacueeFate, std::uint64_t> people;
      for (const EvacuationParty& party : run.record().parties) people[party.fate] += party.people;
      // There is a way and no room, wherever they stand.
      EXPECT_EQ(people[EvacueeFate::no_room], 100U);
      EXPECT_EQ(run.total(Kind::shelter, shelter_column::occupants), 0);
      return left_at_home(run);
    };
    EXPECT_EQ(run_with(2), 100);
    EXPECT_EQ(run_with(5), 0);
  }
}

TEST(WaterAtHome, WhoWaitsOutsideAFullShelterGoesInWhenThereIsRoom) {
  EvacuationOptions options = prompt();
  EvacuationRun run(town(5), options);
  run.apply(SetShelterOpen{1, false});
  // Those who come first fill the one that is left, which has room for 500.
  OrderEvacuation others;
  others.residences = {18, 19, 20, 21, 22, 23, 24};
  run.apply(others);
  flood_home_from(run, 120, 1.5, 5);
  run.apply(OrderEvacuation{{home.row}});
  run.run(60);
  EXPECT_EQ(left_at_home(run), 0);
  EXPECT_EQ(run.state.at(home, residence_column::people_moving), 100);
  run.apply(SetShelterOpen{1, true});
  run.run(120);
  EXPECT_EQ(run.state.at(home, residence_column::people_safe), 100);
  EXPECT_EQ(run.state.at({Kind::shelter, 0}, shelter_column::occupants), 500);
}

}  // namespace
}  // namespace kontwin::testing
