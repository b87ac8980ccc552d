// What the engine makes of a plan, of warnings, and that nobody is lost on the way.
#include <gtest/gtest.h>

#include <map>

#include "scenarios/evacuation/statistics.hpp"
#include "tests/scenarios/evacuation/planned_options.hpp"
#include "tests/support/entity_at.hpp"
#include "twin/error.hpp"
#include "twin/random.hpp"

namespace kontwin::testing {
namespace {

TEST(Plan, SendsPeopleToTheShelterItNamesAndNoSooner) {
  EvacuationPlan plan;
  // Residence 24 lives beside shelter 0 in the corner.
  plan.assignments = {{.home = {Kind::residence, 24},
                       .shelter = 1,
                       .people = 100,
                       .depart_from_s = 1800,
                       .route = {}}};
  plan.lower_bound_s = 600;
  EvacuationRun run(town(5), with_plan(plan));
  run.apply(OrderEvacuation{{24, 0}});
  run.run(120);
  for (const EvacuationParty& party : run.record().parties) {
    if (party.home.row != 24) continue;
    ASSERT_EQ(party.fate, EvacueeFate::safe);
    EXPECT_EQ(party.refuge.row, 1U);
    EXPECT_GE(*party.left, run.branch.start + from_seconds(1800));
  }
  EXPECT_EQ(run.kpi("evacuation_bound_min"), 10);
  EXPECT_NEAR(run.kpi("evacuation_gap"), run.kpi("all_in_shelter_min") / 10, 1e-9);
  EXPECT_GE(run.kpi("evacuation_gap"), 1);
}

TEST(Plan, ItsBoundIsAnotherOnceSomeWhomItCountsGoOnWithoutTheirVehicles) {
  EvacuationPlan plan;
  plan.lower_bound_s = 600;
  plan.bound_on_foot_s = 300;
  const auto bound = [&plan](double water_m) {
    EvacuationRun run(town(4), with_plan(plan));
    const RoadNetwork& roads = run.branch.world->roads();
    for (std::uint32_t road = 0; road < roads.links(); ++road) {
      if (roads.from[road] != 5 && roads.to[road] != 5) continue;
      // Too deep for a motorbike or a car, not for a child.
      run.state.at({Kind::road, road}, common_column::water_depth_m) = water_m;
    }
    run.apply(OrderEvacuation{{5}});
    run.run(200);
    EXPECT_EQ(run.state.at({Kind::residence, 5}, residence_column::people_safe), 100);
    return run.record().lower_bound_s;
  };
  EXPECT_EQ(bound(0), 600);
  EXPECT_EQ(bound(0.45), 300);
  plan.bound_without = {{Kind::residence, 5}};
  EXPECT_EQ(bound(0.45), 600);
}

TEST(Plan, LetsThoseWhoAreReadyTooLateChooseFreely) {
  EvacuationPlan plan;
  // Residence 24 lives beside shelter 0 in the corner.
  plan.assignments = {{.home = {Kind::residence, 24},
                       .shelter = 1,
                       .people = 100,
                       .depart_from_s = 0,
                       .route = {},
                       .depart_until_s = 300}};
  EvacuationRun run(town(5), with_plan(plan));
  run.apply(OrderEvacuation{{24}});
  run.run(120);
  std::uint64_t early = 0;
  for (const EvacuationParty& party : run.record().parties) {
    ASSERT_EQ(party.fate, EvacueeFate::safe);
    const bool in_time = *party.left <= run.branch.start + from_seconds(300);
    EXPECT_EQ(party.refuge.row, in_time ? 1U : 0U);
    early += in_time ? party.people : 0;
  }
  EXPECT_GT(early, 25U);
  EXPECT_LT(early, 75U);
}

TEST(Plan, SplitsAResidenceOverItsAssignments) {
  EvacuationPlan plan;
  plan.assignments = {
      {.home = {Kind::residence, 12}, .shelter = 0, .people = 30, .depart_from_s = 0, .route = {}},
      {.home = {Kind::residence, 12}, .shelter = 1, .people = 70, .depart_from_s = 0, .route = {}}};
  EvacuationRun run(town(5), with_plan(plan));
  run.apply(OrderEvacuation{{12}});
  run.run(120);
  const auto people = people_by_shelter(run.record());
  // Households stay together.
  EXPECT_NEAR(static_cast<double>(people.at(0)), 30, 12);
  EXPECT_EQ(people.at(0) + people.at(1), 100U);
}

TEST(Plan, LeavesTheNearShelterToThoseWhoWalk) {
  EvacuationPlan plan;
  // Residence 24 lives beside shelter 0.
  plan.assignments = {
      {.home = {Kind::residence, 24}, .shelter = 0, .people = 60, .depart_from_s = 0, .route = {}},
      {.home = {Kind::residence, 24}, .shelter = 1, .people = 40, .depart_from_s = 0, .route = {}}};
  EvacuationOptions options = with_plan(plan);
  options.no_vehicle_share = 0.4;
  EvacuationRun run(town(5), options);
  run.apply(OrderEvacuation{{24}});
  run.run(120);
  std::uint64_t walked = 0;
  for (const EvacuationParty& party : run.record().parties) {
    if (party.mode != EvacuationMode::on_foot) continue;
    walked += party.people;
    EXPECT_EQ(party.refuge.row, 0U);
  }
  EXPECT_GT(walked, 10U);
  EXPECT_GT(people_by_shelter(run.record()).at(1), 20U);
}

TEST(Plan, PrescribesARouteThatIsDrivenUntilItIsShut) {
  const auto world = town(3);
  const RoadNetwork& roads = world->roads();
  const auto link_between = [&roads](std::uint32_t from, std::uint32_t to) {
    for (std::uint32_t row = 0; row < roads.links(); ++row) {
      if (roads.from[row] == from && roads.to[row] == to) return row;
    }
    return no_row;
  };
  // From the south-west to shelter 0 in the north-east, first east and then north.
  EvacuationPlan plan;
  plan.assignments = {
      {.home = {Kind::residence, 0},
       .shelter = 0,
       .people = 100,
       .depart_from_s = 0,
       .route = {link_between(0, 1), link_between(1, 2), link_between(2, 5), link_between(5, 8)}}};
  const auto passed = [&](bool shut) {
    EvacuationRun run(world, with_plan(plan));
    if (shut) run.state.at({Kind::road, link_between(0, 1)}, road_column::open) = 0;
    run.apply(OrderEvacuation{{0}});
    double east = 0;
    double north = 0;
    run.run(90, {}, [&](int) {
      east += run.state.at({Kind::road, link_between(2, 5)}, road_column::flow_vph) / 60;
      north += run.state.at({Kind::road, link_between(0, 3)}, road_column::flow_vph) / 60;
    });
    EXPECT_EQ(run.state.at({Kind::residence, 0}, residence_column::people_safe), 100);
    return std::pair{std::lround(east), std::lround(north)};
  };
  const auto as_told = passed(false);
  EXPECT_GT(as_told.first, 30);
  EXPECT_EQ(as_told.second, 0);
  const auto shut = passed(true);
  EXPECT_GT(shut.second, 30);
}

TEST(Plan, RoundsGoBackAndForthBetweenTheHomesAndTheirShelter) {
  EvacuationPlan plan;
  plan.rounds = {{.vehicle = Mover::Kind::bus,
                  .vehicles = 1,
                  .places = 20,
                  .home = {Kind::residence, 12},
                  .shelter = 1,
                  .starts_s = 600,
                  .trips = 0}};
  EvacuationOptions options = with_plan(plan);
  options.no_vehicle_share = 1;
  options.car_share = 0;
  options.walk_limit_km = 0;
  EvacuationRun run(town(5), options);
  run.apply(OrderEvacuation{{12}});
  run.run(180);
  EXPECT_EQ(people_by_shelter(run.record()).at(1), 100U);
  EXPECT_GE(run.kpi("pick_up_rounds"), 5);
  for (const EvacuationParty& party : run.record().parties) {
    EXPECT_GE(*party.left, run.branch.start + from_seconds(600));
  }
}

TEST(Plan, ForWhatDoesNotExistIsAnError) {
  const auto refused = [](const EvacuationPlan& plan, const std::string& why) {
    try {
      EvacuationRun run(town(3), with_plan(plan));
      FAIL() << why;
    } catch (const ScenarioError& error) {
      EXPECT_NE(std::string(error.what()).find(why), std::string::npos) << error.what();
    }
  };
  const EvacuationPlan::Assignment fine{
      .home = {Kind::residence, 0}, .shelter = 0, .people = 10, .depart_from_s = 0, .route = {}};
  const auto with = [&fine](auto change) {
    EvacuationPlan plan;
    plan.assignments = {fine};
    change(plan.assignments[0]);
    return plan;
  };
  refused(with([](auto& one) {
            one.home = {Kind::residence, 99};
          }),
          "residence 99, which does not exist");
  const auto announces = [](EvacuationPlan::ClosingRoad road) {
    EvacuationPlan plan;
    plan.closing = {road};
    return plan;
  };
  refused(announces({999, 0}), "closes a road that does not exist");
  refused(announces({0, -1}), "closes a road before the order");
  refused(with([](auto& one) { one.shelter = 7; }), "shelter 7, which does not exist");
  refused(with([](auto& one) { one.people = 0; }), "sends nobody");
  refused(with([](auto& one) { one.depart_from_s = -1; }), "before the order");
  refused(with([](auto& one) { one.depart_until_s = -1; }), "too late");
  refused(with([](auto& one) { one.route = {9999}; }), "a road that does not exist");
  EvacuationPlan rounds;
  rounds.rounds = {{.vehicle = Mover::Kind::pedestrian,
                    .vehicles = 1,
                    .places = 4,
                    .home = {Kind::residence, 0},
                    .shelter = 0,
                    .starts_s = 0,
                    .trips = 0}};
  refused(rounds, "no bus, boat, car or lorry");
}

TEST(Warnings, DelayDeparturesAndMissSome) {
  EvacuationOptions options = prompt();
  EvacuationRun at_once(town(5), options);
  at_once.order_all();
  at_once.run(240);
  EXPECT_EQ(at_once.kpi("people_unwarned"), 0);
  options.warning = {evacuation::WarningChannel::radio};
  EvacuationRun by_radio(town(5), options);
  by_radio.order_all();
  by_radio.run(240);
  EXPECT_NEAR(by_radio.kpi("people_unwarned"), 2500 * 0.4, 150);
  EXPECT_GT(by_radio.kpi("half_in_shelter_min"), at_once.kpi("half_in_shelter_min") + 10);
  // Water at the door needs no radio.
  for (std::uint32_t row = 0; row < 25; ++row) {
    by_radio.state.at({Kind::residence, row}, common_column::water_depth_m) = 0.5;
  }
  by_radio.run(120);
  EXPECT_EQ(by_radio.kpi("people_unwarned"), 0);
  EXPECT_EQ(by_radio.total(Kind::residence, residence_column::people_safe), 2500);
}

TEST(Warnings, WaterThatCameBeforeTheOrderWarnsOfItToo) {
  EvacuationOptions options = prompt();
  options.spontaneous_share = 0.3;
  options.warning = {evacuation::WarningChannel::radio};
  EvacuationRun run(town(5), options);
  for (std::uint32_t row = 0; row < 25; ++row) {
    run.state.at({Kind::residence, row}, common_column::water_depth_m) = 0.5;
  }
  run.run(120);
  run.order_all();
  run.run(120);
  EXPECT_EQ(run.kpi("people_unwarned"), 0);
}

TEST(Warnings, WhoStandsInWaterIsListedByHazardClass) {
  EvacuationOptions options = prompt();
  options.compliance = 0.5;
  EvacuationRun run(town(4), options);
  run.state.at({Kind::residence, 3}, common_column::hazard_class) = 4;
  run.apply(OrderEvacuation{{3, 4}});
  run.run(60);
  for (const EvacuationParty& party : run.record().parties) {
    EXPECT_EQ(party.hazard_class, party.home.row == 3 ? 4 : 0);
    if (party.home.row != 3) continue;
    EXPECT_EQ(party.hazard_at, (EntityRef{Kind::residence, 3}));
  }
  EXPECT_EQ(run.kpi("evacuees_in_unsafe_water"), 100);
  EXPECT_EQ(run.kpi("evacuees_in_deadly_water"), 0);
}

TEST(Warnings, WhoDrivesThroughWaterIsListedWhereThatWas) {
  EvacuationOptions options = prompt();
  options.walk_limit_km = 0;
  options.no_vehicle_share = 0.5;
  EvacuationRun run(town(4), options);
  for (std::uint32_t row = 0; row < run.state.rows(Kind::road); ++row) {
    run.state.at({Kind::road, row}, common_column::hazard_class) = 2;
  }
  run.apply(OrderEvacuation{{0}});
  run.run(180);
  std::uint64_t driving = 0;
  std::uint64_t fetched = 0;
  for (const EvacuationParty& party : run.record().parties) {
    ASSERT_EQ(party.fate, EvacueeFate::safe);
    (party.mode == EvacuationMode::bus ? fetched : driving) += party.people;
    EXPECT_EQ(party.hazard_class, 2);
    EXPECT_EQ(party.hazard_at.kind, Kind::road);
  }
  EXPECT_GT(driving, 10U);
  EXPECT_GT(fetched, 10U);
}

TEST(Warnings, TheMarginToTheCutOfTheRoadIsKnownForEachZone) {
  EvacuationRun run(town(4), prompt());
  run.apply(OrderEvacuation{{0}});
  run.run(90);
  const RoadNetwork& roads = run.branch.world->roads();
  for (std::uint32_t row = 0; row < roads.links(); ++row) {
    if (roads.from[row] == 0) run.state.at({Kind::road, row}, road_column::open) = 0;
  }
  run.run(5);
  const EvacuationRecord record = run.record();
  ASSERT_EQ(record.zones.size(), 1U);
  ASSERT_TRUE(record.zones[0].cut);
  Instant last = run.branch.start;
  for (const EvacuationParty& party : record.parties) last = std::max(last, *party.left);
  EXPECT_NEAR(evacuation::margins_min(record)[0], to_seconds(*record.zones[0].cut - last) / 60,
              1e-9);
  EXPECT_GT(run.kpi("least_margin_min"), 0);
}

// Every exchange, person by person, whatever happens.
TEST(Conservation, EveryPersonIsInOnePlaceUnderRandomTroubleWithAllMeans) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    WorldParts parts = town_parts(6);
    add_entity(parts, Kind::hospital, "other", 0, {100, 0, 0});
    TrafficOptions traffic = no_background();
    traffic.patience_min = 5;
    EvacuationOptions options;
    options.departure_median_min = 20;
    options.no_vehicle_share = 0.3;
    options.walk_limit_km = 0.6;
    options.wheelchair_share = 0.05;
    options.buses = 5;
    options.ambulances = 3;
    options.boats = 3;
    options.boat_ready_min = 5;
    options.warning = {evacuation::WarningChannel::siren};
    EvacuationPlan plan;
    plan.assignments = {{.home = {Kind::residence, 7},
                         .shelter = 1,
                         .people = 60,
                         .depart_from_s = 300,
                         .route = {}}};
    plan.rounds = {{.vehicle = Mover::Kind::lorry,
                    .vehicles = 2,
                    .places = 15,
                    .home = {Kind::residence, 7},
                    .shelter = 1,
                    .starts_s = 300,
                    .trips = 0}};
    options.plan = std::make_shared<const EvacuationPlan>(plan);
    EvacuationRun run(World::seal(std::move(parts)), options, 1, seed, traffic);
    RandomStream random(seed, 5);
    const auto upset = [&](int minute) {
      if (minute == 3) {
        run.order_all();
        run.apply(OrderEvacuation{{}, {{Kind::hospital, 0}}});
      }
      for (int i = 0; i < 6; ++i) {
        const auto row = static_cast<std::uint32_t>(random.below(run.state.rows(Kind::road)));
        run.state.at({Kind::road, row}, road_column::open) = random.uniform() < 0.8 ? 1 : 0;
        run.state.at({Kind::road, row}, road_column::debris) = random.uniform() < 0.2 ? 1 : 0;
        run.state.at({Kind::road, row}, common_column::water_depth_m) = random.uniform() * 1.2;
      }
      if (random.uniform() < 0.1) {
        run.apply(
            SetShelterOpen{static_cast<std::uint32_t>(random.below(2)), random.below(2) == 1});
      }
      const auto wet = static_cast<std::uint32_t>(random.below(36));
      run.state.at({Kind::residence, wet}, common_column::water_depth_m) = random.uniform();
    };
    run.run(240, upset, [&](int minute) {
      ASSERT_EQ(run.evacuation.balances()[0].error(), 0) << "seed " << seed << " at " << minute;
      ASSERT_EQ(run.traffic.balances()[0].error(), 0);
      std::map<EvacueeFate, double> one_by_one;
      for (const auto& person : run.evacuation.people()) {
        ++one_by_one[person.fate];
        ASSERT_EQ(person.fate == EvacueeFate::safe, person.refuge.row != no_row);
      }
      const EvacuationRecord record = run.record();
      double listed = 0;
      for (const auto& [fate, people] : evacuation::people_by_fate(record.parties)) {
        ASSERT_EQ(static_cast<double>(people), one_by_one[fate]);
        listed += static_cast<double>(people);
      }
      if (minute >= 3) {
        ASSERT_EQ(listed, 3600 + 160);  // the homes, and the patients of 160 beds
      }
      double taken_in = 0;
      for (const RefugeUse& refuge : record.refuges) taken_in += refuge.taken_in;
      ASSERT_EQ(taken_in, one_by_one[EvacueeFate::safe]);
    });
    // It is not that nobody moved.
    EXPECT_GT(run.kpi("boat_rounds") + run.kpi("pick_up_rounds"), 5);
    EXPECT_GT(run.kpi("people_in_shelter"), 300);
  }
}

}  // namespace
}  // namespace kontwin::testing
