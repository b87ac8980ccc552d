#include "scenarios/evacuation/evacuation_engine.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <numeric>

#include "scenarios/evacuation/households.hpp"
#include "tests/scenarios/evacuation/evacuation_run.hpp"
#include "twin/error.hpp"
#include "twin/random.hpp"

namespace kontwin::testing {
namespace {

EvacuationOptions all_leave() {
  EvacuationOptions options;
  options.departure_median_min = 20;
  options.compliance = 1;
  return options;
}

TEST(Households, AddUpToThePeopleAndKeepTheirOwnStreams) {
  const EvacuationOptions options;
  const auto all = evacuation::households_of(7, 1000, 250, options, 3);
  ASSERT_EQ(all.size(), 250U);
  std::uint64_t people = 0;
  std::size_t early = 0;
  for (const auto& one : all) {
    EXPECT_GE(one.people, 1U);
    people += one.people;
    if (one.delay_min < options.departure_median_min) ++early;
  }
  EXPECT_EQ(people, 1000U);
  EXPECT_NEAR(static_cast<double>(early), 125, 25);
  // More households do not change what those before them draw.
  const auto more = evacuation::households_of(7, 1300, 300, options, 3);
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(more[i].delay_min, all[i].delay_min);
    EXPECT_EQ(more[i].willingness, all[i].willingness);
  }
  EXPECT_EQ(evacuation::households_of(7, 38, std::nan(""), options, 3).size(), 10U);
  EXPECT_TRUE(evacuation::households_of(7, 0, 10, options, 3).empty());
}

TEST(EvacuationEngine, EveryoneOrderedReachesAShelterWithRoom) {
  EvacuationRun run(town(5), all_leave());
  run.run(5);
  EXPECT_EQ(run.total(Kind::residence, residence_column::people_home), 2500);
  run.order_all();
  run.run(240);
  EXPECT_EQ(run.total(Kind::residence, residence_column::people_home), 0);
  EXPECT_EQ(run.total(Kind::residence, residence_column::people_safe), 2500);
  EXPECT_EQ(run.total(Kind::shelter, shelter_column::occupants), 2500);
  EXPECT_EQ(run.kpi("people_ordered"), 2500);
  EXPECT_EQ(run.kpi("people_in_shelter"), 2500);
  EXPECT_GT(run.kpi("half_in_shelter_min"), 15);
  EXPECT_LT(run.kpi("half_in_shelter_min"), 40);
  EXPECT_GT(run.kpi("ninety_in_shelter_min"), run.kpi("half_in_shelter_min"));
  EXPECT_GT(run.kpi("evacuation_p95_min"), run.kpi("evacuation_mean_min"));
}

TEST(EvacuationEngine, AFullShelterSendsTheRestToTheNext) {
  EvacuationRun run(town(5), all_leave());
  run.order_all();
  run.run(240, {}, [&run](int) {
    ASSERT_LE(run.state.at({Kind::shelter, 0}, shelter_column::occupants), 500);
    ASSERT_LE(run.state.at({Kind::shelter, 1}, shelter_column::occupants), 2000);
  });
  EXPECT_EQ(run.state.at({Kind::shelter, 0}, shelter_column::occupants), 500);
  EXPECT_EQ(run.state.at({Kind::shelter, 1}, shelter_column::occupants), 2000);
}

TEST(EvacuationEngine, WithoutRoomPeopleStayHomeAndAreCounted) {
  EvacuationRun run(town(5), all_leave());
  run.apply(SetShelterOpen{1, false});
  run.order_all();
  run.run(240);
  const double safe = run.total(Kind::residence, residence_column::people_safe);
  EXPECT_LE(safe, 500);
  EXPECT_GT(safe, 490);
  EXPECT_EQ(run.kpi("people_without_way"), 2500 - safe);
  EXPECT_EQ(run.total(Kind::residence, residence_column::people_home), 2500 - safe);
  EXPECT_TRUE(std::isnan(run.kpi("half_in_shelter_min")));
  // It opens after all.
  run.apply(SetShelterOpen{1, true});
  run.run(120);
  EXPECT_EQ(run.total(Kind::residence, residence_column::people_safe), 2500);
}

TEST(EvacuationEngine, AShelterThatClosesSendsArrivingPeopleOn) {
  EvacuationOptions options = all_leave();
  options.departure_median_min = 1;
  options.departure_sigma = 0;
  EvacuationRun run(town(5), options);
  run.order_all();
  run.run(2);
  run.apply(SetShelterOpen{0, false});
  run.run(120);
  // Who was inside or at its door stays; nobody came in after, and nobody is lost.
  EXPECT_LT(run.state.at({Kind::shelter, 0}, shelter_column::occupants), 500);
  EXPECT_EQ(run.state.at({Kind::shelter, 1}, shelter_column::occupants), 2000);
  EXPECT_EQ(run.evacuation.balances()[0].error(), 0);
}

TEST(EvacuationEngine, ComplianceIsTheShareThatLeaves) {
  EvacuationOptions options = all_leave();
  options.compliance = 0.6;
  EvacuationRun run(town(5), options);
  run.order_all();
  run.run(240);
  EXPECT_NEAR(run.total(Kind::residence, residence_column::people_safe), 1500, 120);
  EXPECT_EQ(run.total(Kind::residence, residence_column::people_moving), 0);
}

TEST(EvacuationEngine, SomeLeaveDeepWaterWithoutAnOrderAndTheRestWithIt) {
  EvacuationOptions options = all_leave();
  EvacuationRun run(town(5), options);
  run.state.at({Kind::residence, 3}, common_column::water_depth_m) = 0.6;
  run.run(180);
  const double alone = run.state.at({Kind::residence, 3}, residence_column::people_safe);
  EXPECT_NEAR(alone, 30, 20);
  EXPECT_GT(alone, 0);
  EXPECT_EQ(run.total(Kind::residence, residence_column::people_safe), alone);
  EXPECT_EQ(run.kpi("people_ordered"), 0);
  run.apply(OrderEvacuation{{3}});
  run.run(180);
  EXPECT_EQ(run.state.at({Kind::residence, 3}, residence_column::people_safe), 100);
  EXPECT_EQ(run.kpi("people_ordered"), 100 - alone);
}

TEST(EvacuationEngine, TheOrderedColumnAtTheForkIsAnOrder) {
  EvacuationRun run(town(4), all_leave());
  run.state.at({Kind::residence, 2}, residence_column::ordered) = 1;
  run.run(180);
  EXPECT_EQ(run.state.at({Kind::residence, 2}, residence_column::people_safe), 100);
}

TEST(EvacuationEngine, ThoseTooFarToWalkTakeABus) {
  EvacuationOptions options = all_leave();
  options.no_vehicle_share = 1;
  options.car_share = 0;
  options.walk_limit_km = 0.45;
  EvacuationRun run(town(5), options);
  run.order_all();
  bool bus = false;
  bool walker = false;
  run.run(240, {}, [&](int) {
    Frame frame;
    run.traffic.show(frame);
    run.evacuation.show(frame);
    for (const Mover& mover : frame.movers) {
      bus = bus || mover.kind == Mover::Kind::bus;
      walker = walker || mover.kind == Mover::Kind::pedestrian;
    }
  });
  EXPECT_TRUE(bus);
  EXPECT_TRUE(walker);
  EXPECT_EQ(run.total(Kind::residence, residence_column::people_safe), 2500);
}

TEST(EvacuationEngine, PeopleCutOffOnTheWayAreListed) {
  EvacuationOptions options = all_leave();
  options.departure_median_min = 0.1;
  options.departure_sigma = 0;
  options.no_vehicle_share = 0;
  TrafficOptions traffic{.background_trips_per_person_day = 0};
  traffic.patience_min = 10;
  EvacuationRun run(town(7), options, 1, 1, traffic);
  run.order_all();
  run.run(1);
  for (std::uint32_t row = 0; row < run.state.rows(Kind::road); ++row) {
    run.apply(SetDebris{row, true});
    run.state.at({Kind::road, row}, road_column::debris) = 1;
  }
  run.run(60);
  double listed = 0;
  for (const StrandedPeople& one : run.evacuation.stranded()) listed += one.people;
  EXPECT_GT(listed, 100);
  // Nobody can come for them, and they are not lost; a few stand before a shelter, and walk in.
  double in = 0;
  for (const EvacuationParty& party : run.record().parties) {
    if (party.stranded_at && party.fate == EvacueeFate::safe) in += party.people;
  }
  EXPECT_GT(listed - in, 100);
  EXPECT_EQ(run.kpi("people_stranded"), listed - in);
  EXPECT_EQ(run.kpi("people_fetched_from_roads"), 0);
  const Balance balance = run.evacuation.balances()[0];
  EXPECT_EQ(balance.lost, 0);
  EXPECT_EQ(balance.error(), 0);
  EXPECT_EQ(run.total(Kind::residence, residence_column::people_moving), listed - in);
}

TEST(EvacuationEngine, WhoIsStrandedOnARoadWalksOnOrIsFetchedByBoat) {
  const auto stranded_with = [](std::uint32_t boats, double walk_limit_km) {
    EvacuationOptions options = all_leave();
    options.departure_median_min = 0.1;
    options.departure_sigma = 0;
    options.no_vehicle_share = 0;
    options.wheelchair_share = 0;
    options.walk_limit_km = walk_limit_km;
    options.boats = boats;
    options.boat_ready_min = 0;
    TrafficOptions traffic{.background_trips_per_person_day = 0};
    traffic.patience_min = 10;
    EvacuationRun run(town(7), options, 1, 1, traffic);
    run.apply(OrderEvacuation{{0}});
    run.run(1);
    // All streets that lead away from the corner flood: a ring round it.
    const LocalPoint home = run.branch.world->place({Kind::residence, 0});
    for (std::uint32_t row = 0; row < run.state.rows(Kind::road); ++row) {
      const LocalPoint at = run.branch.world->place({Kind::road, row});
      const double way_m = at.x_m - home.x_m + at.y_m - home.y_m;
      if (way_m > 600 && way_m < 1000) {
        run.state.at({Kind::road, row}, common_column::water_depth_m) = boats > 0 ? 0.8 : 0.4;
      }
    }
    run.run(240, {}, [&run](int) { ASSERT_EQ(run.evacuation.balances()[0].error(), 0); });
    return run.record();
  };
  const EvacuationRecord fetched = stranded_with(2, 0.1);
  std::uint64_t people = 0;
  for (const EvacuationParty& party : fetched.parties) {
    if (!party.stranded_at) continue;
    people += party.people;
    EXPECT_EQ(party.fate, EvacueeFate::safe);
    ASSERT_TRUE(party.fetched_at);
    EXPECT_GT(*party.fetched_at, *party.stranded_at);
    EXPECT_NE(party.stranded_at_junction, no_row);
  }
  EXPECT_GT(people, 20U);
  people = 0;
  for (const EvacuationParty& party : stranded_with(0, 3).parties) {
    if (!party.stranded_at) continue;
    people += party.people;
    EXPECT_EQ(party.fate, EvacueeFate::safe);
    EXPECT_EQ(party.mode, EvacuationMode::on_foot);
    EXPECT_FALSE(party.fetched_at);
  }
  EXPECT_GT(people, 20U);
}

TEST(EvacuationEngine, EveryPersonIsAccountedForUnderRandomTrouble) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    TrafficOptions traffic;
    traffic.background_trips_per_person_day = 5;
    traffic.patience_min = 5;
    EvacuationOptions options = all_leave();
    options.no_vehicle_share = 0.3;
    options.walk_limit_km = 0.6;
    EvacuationRun run(town(6), options, 1, seed, traffic);
    RandomStream random(seed, 5);
    const auto upset = [&](int minute) {
      if (minute == 3) run.order_all();
      for (int i = 0; i < 4; ++i) {
        const auto row = static_cast<std::uint32_t>(random.below(run.state.rows(Kind::road)));
        run.state.at({Kind::road, row}, road_column::open) = static_cast<double>(random.below(2));
        run.state.at({Kind::road, row}, road_column::debris) = random.uniform() < 0.3 ? 1 : 0;
        run.state.at({Kind::road, row}, common_column::water_depth_m) = random.uniform() * 0.7;
      }
      if (random.uniform() < 0.1) {
        run.apply(
            SetShelterOpen{static_cast<std::uint32_t>(random.below(2)), random.below(2) == 1});
      }
      const auto wet = static_cast<std::uint32_t>(random.below(36));
      run.state.at({Kind::residence, wet}, common_column::water_depth_m) = random.uniform();
    };
    run.run(150, upset, [&](int minute) {
      const Balance balance = run.evacuation.balances()[0];
      ASSERT_EQ(balance.error(), 0) << "seed " << seed << ", minute " << minute;
      ASSERT_EQ(run.traffic.balances()[0].error(), 0);
      ASSERT_EQ(run.total(Kind::residence, residence_column::people_home) +
                    run.total(Kind::residence, residence_column::people_moving) +
                    run.total(Kind::residence, residence_column::people_safe) + balance.lost,
                3600);
      ASSERT_EQ(run.total(Kind::residence, residence_column::people_safe),
                run.total(Kind::shelter, shelter_column::occupants));
    });
  }
}

TEST(EvacuationEngine, GivesTheSameBitsOnOneAndOnTwoThreads) {
  const auto final_state = [](std::size_t threads) {
    TrafficOptions traffic;
    traffic.background_trips_per_person_day = 10;
    EvacuationRun run(town(6), all_leave(), threads, 4, traffic);
    run.order_all();
    run.run(60);
    return run.state;
  };
  const StateTable one = final_state(1);
  const StateTable two = final_state(2);
  EXPECT_EQ(std::memcmp(one.all().data(), two.all().data(), one.cells() * sizeof(double)), 0);
}

TEST(EvacuationEngine, AnOrderElsewhereChangesNobodysDepartureTime) {
  const auto journeys = [](bool more) {
    EvacuationRun run(town(6), all_leave());
    run.apply(OrderEvacuation{{4}});
    if (more) run.apply(OrderEvacuation{{20, 21}});
    run.run(180);
    std::vector<double> left;
    for (const auto& one : run.evacuation.journeys()) {
      if (one.residence == 4) left.push_back(one.left_s);
    }
    return left;
  };
  const auto alone = journeys(false);
  EXPECT_GT(alone.size(), 20U);
  EXPECT_EQ(alone, journeys(true));
}

TEST(EvacuationEngine, RefusesWhatCannotBe) {
  EvacuationOptions options;
  options.compliance = 2;
  EXPECT_THROW(EvacuationRun(town(3), options), ScenarioError);
  EvacuationRun run(town(3));
  EXPECT_THROW(run.evacuation.apply(OrderEvacuation{{99}}, run.state, run.now), ScenarioError);
}

}  // namespace
}  // namespace kontwin::testing
