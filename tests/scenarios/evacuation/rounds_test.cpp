// Who is picked up: buses, ambulances, boats, and what each brings.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "scenarios/evacuation/statistics.hpp"
#include "tests/scenarios/evacuation/evacuation_run.hpp"
#include "tests/support/entity_at.hpp"
#include "twin/error.hpp"

namespace kontwin::testing {
namespace {

EvacuationOptions without_vehicles() {
  EvacuationOptions options;
  options.departure_median_min = 10;
  options.compliance = 1;
  options.no_vehicle_share = 1;
  options.car_share = 0;
  options.walk_limit_km = 0.1;
  return options;
}

std::uint64_t people_by(const EvacuationRecord& record, EvacuationMode mode) {
  std::uint64_t people = 0;
  for (const EvacuationParty& party : record.parties) {
    if (party.mode == mode && party.fate == EvacueeFate::safe) people += party.people;
  }
  return people;
}

/// Water of a depth on every road out of and into a junction.
void flood_round(EvacuationRun& run, std::uint32_t junction, double depth_m) {
  const RoadNetwork& roads = run.branch.world->roads();
  for (std::uint32_t row = 0; row < roads.links(); ++row) {
    if (roads.from[row] != junction && roads.to[row] != junction) continue;
    run.state.at({Kind::road, row}, common_column::water_depth_m) = depth_m;
  }
}

TEST(Rounds, FewBusesComeBackWhilePeopleWait) {
  EvacuationOptions options = without_vehicles();
  options.buses = 4;
  EvacuationRun run(town(4), options);
  run.order_all();
  std::size_t most = 0;
  run.run(300, {}, [&](int) {
    Frame frame;
    run.traffic.show(frame);
    most = std::max<std::size_t>(most, static_cast<std::size_t>(std::ranges::count(
                                           frame.movers, Mover::Kind::bus, &Mover::kind)));
  });
  EXPECT_LE(most, 4U);
  EXPECT_EQ(run.total(Kind::residence, residence_column::people_safe), 1600);
  // 1,600 people in buses of 30.
  EXPECT_GE(run.kpi("pick_up_rounds"), 1500.0 / 30);
  EXPECT_GT(people_by(run.record(), EvacuationMode::bus), 1400U);
}

TEST(Rounds, OneBusFetchesWhoWaitsLongestBeforePlacesOfALowerRow) {
  EvacuationOptions options = without_vehicles();
  options.buses = 1;
  options.departure_sigma = 0;
  EvacuationRun run(town(4), options);
  run.apply(OrderEvacuation{{9}});
  // Others are told a minute later, and wait behind it.
  run.run(1);
  run.apply(OrderEvacuation{{1, 2, 3, 4, 5, 6, 7, 8}});
  run.run(600);
  const auto last_left = [&](std::uint32_t row) {
    Instant last{};
    for (const EvacuationParty& party : run.record().parties) {
      if (party.home.row == row && party.left) last = std::max(last, *party.left);
    }
    return last;
  };
  for (const std::uint32_t row : {1U, 2U, 3U}) EXPECT_LT(last_left(9), last_left(row));
}

TEST(Rounds, ManyBusesAreFasterThanFew) {
  const auto all_min = [](std::uint32_t buses) {
    EvacuationOptions options = without_vehicles();
    options.buses = buses;
    EvacuationRun run(town(4), options);
    run.order_all();
    run.run(400);
    return run.kpi("ninety_in_shelter_min");
  };
  const double few = all_min(2);
  const double many = all_min(12);
  EXPECT_GT(few, 1.5 * many);
}

TEST(Rounds, WithoutABusThoseTooFarWaitAndAreListed) {
  EvacuationOptions options = without_vehicles();
  options.buses = 0;
  EvacuationRun run(town(4), options);
  run.order_all();
  run.run(120);
  const auto fates = evacuation::people_by_fate(run.record().parties);
  EXPECT_GT(fates.at(EvacueeFate::waiting), 1300U);
  EXPECT_EQ(run.evacuation.balances()[0].error(), 0);
}

TEST(Rounds, WhoSitsInAWheelchairIsNotPutOnAMotorbike) {
  EvacuationOptions options = without_vehicles();
  options.no_vehicle_share = 0;
  options.wheelchair_share = 0.1;
  EvacuationRun run(town(4), options);
  run.order_all();
  run.run(200);
  const EvacuationRecord record = run.record();
  std::uint64_t helped = 0;
  for (const EvacuationParty& party : record.parties) {
    if (party.needing_help == 0) continue;
    EXPECT_EQ(party.mode, EvacuationMode::bus);
    helped += party.needing_help;
  }
  EXPECT_NEAR(static_cast<double>(helped), 160, 40);
  EXPECT_EQ(run.kpi("special_needs_unmet"), 0);
}

TEST(Rounds, WhoseRoadIsUnderWaterWadesAndLeavesTheMotorbike) {
  EvacuationOptions options = without_vehicles();
  options.no_vehicle_share = 0;
  options.walk_limit_km = 3;
  EvacuationRun run(town(4), options);
  flood_round(run, 5, 0.4);  // too deep for a motorbike, not for a child
  run.apply(OrderEvacuation{{5}});
  run.run(120);
  EXPECT_EQ(run.state.at({Kind::residence, 5}, residence_column::people_safe), 100);
  EXPECT_EQ(people_by(run.record(), EvacuationMode::motorbike), 0U);
  EXPECT_GT(people_by(run.record(), EvacuationMode::on_foot), 90U);
}

TEST(Rounds, BoatsFetchThoseToWhomNoRoadLeads) {
  EvacuationOptions options = without_vehicles();
  options.walk_limit_km = 3;
  const auto safe_with = [&options](std::uint32_t boats) {
    EvacuationOptions with = options;
    with.boats = boats;
    EvacuationRun run(town(4), with);
    flood_round(run, 5, 1.5);
    run.apply(OrderEvacuation{{5}});
    run.run(240, {}, [&run](int) { ASSERT_EQ(run.evacuation.balances()[0].error(), 0); });
    if (boats > 0) {
      // 100 people in boats of ten.
      EXPECT_GE(run.kpi("boat_rounds"), 10);
    } else {
      EXPECT_EQ(evacuation::people_by_fate(run.record().parties)[EvacueeFate::no_way], 100U);
    }
    return run.state.at({Kind::residence, 5}, residence_column::people_safe);
  };
  EXPECT_EQ(safe_with(0), 0);
  EXPECT_EQ(safe_with(2), 100);
}

TEST(Rounds, AHospitalLeavesByWardAndItsPatientsGoToAnother) {
  WorldParts parts = town_parts(5);
  add_entity(parts, Kind::hospital, "other", 0, {400, 0, 0});
  EvacuationOptions options;
  options.ambulances = 6;
  Branch branch = branch_of(World::seal(std::move(parts)));
  branch.state.at({Kind::hospital, 0}, hospital_column::patients) = 100;
  branch.state.at({Kind::hospital, 1}, hospital_column::patients) = 50;
  EvacuationRun run(std::move(branch), options);
  run.apply(OrderEvacuation{{}, {{Kind::hospital, 0}}});
  run.run(600, {}, [&run](int) { ASSERT_EQ(run.evacuation.balances()[0].error(), 0); });
  EXPECT_EQ(run.state.at({Kind::hospital, 0}, hospital_column::patients), 0);
  std::map<EvacuationMode, std::set<Kind>> went_to;
  std::uint64_t safe = 0;
  for (const EvacuationParty& party : run.record().parties) {
    ASSERT_EQ(party.fate, EvacueeFate::safe);
    went_to[party.mode].insert(party.refuge.kind);
    if (party.refuge.kind == Kind::hospital) {
      EXPECT_EQ(party.refuge.row, 1U);
    }
    safe += party.people;
  }
  EXPECT_EQ(safe, 100U);
  EXPECT_EQ(went_to[EvacuationMode::ambulance], std::set{Kind::hospital});
  EXPECT_EQ(went_to[EvacuationMode::bus], std::set{Kind::shelter});
  // 45 who cannot walk, two wheelchairs or one stretcher an ambulance.
  EXPECT_GT(run.kpi("pick_up_rounds"), 25);
}

TEST(Rounds, AmbulancesBringPatientsWhereThePlanHasABedForThem) {
  WorldParts parts = town_parts(5);
  for (const std::uint32_t at : {13U, 0U}) {
    add_entity(parts, Kind::hospital, "at-" + std::to_string(at), at, {400, double(at), 0});
  }
  const auto world = World::seal(std::move(parts));
  EvacuationPlan plan;
  // Hospital 1 is next door.
  plan.wards = {{0, CareNeed::stretcher, 10, 2}, {0, CareNeed::wheelchair, 1000, 1}};
  EvacuationOptions options;
  options.ambulances = 6;
  options.plan = std::make_shared<const EvacuationPlan>(plan);
  Branch branch = branch_of(world);
  branch.state.at({Kind::hospital, 0}, hospital_column::patients) = 100;
  for (const std::uint32_t row : {1U, 2U}) {
    branch.state.at({Kind::hospital, row}, hospital_column::patients) = 50;
  }
  EvacuationRun run(std::move(branch), options);
  run.apply(OrderEvacuation{{}, {{Kind::hospital, 0}}});
  run.run(600, {}, [&run](int) { ASSERT_EQ(run.evacuation.balances()[0].error(), 0); });
  std::map<std::pair<CareNeed, std::uint32_t>, std::uint32_t> patients;
  for (const EvacuationParty& party : run.record().parties) {
    ASSERT_EQ(party.fate, EvacueeFate::safe);
    if (party.need != CareNeed::none) ++patients[{party.need, party.refuge.row}];
  }
  const auto in = [&patients](CareNeed need, std::uint32_t hospital) {
    return patients[{need, hospital}];
  };
  EXPECT_EQ(in(CareNeed::stretcher, 2), 10U);
  // Who is beyond the plan goes to the nearest.
  EXPECT_GT(in(CareNeed::stretcher, 1), 0U);
  EXPECT_GT(in(CareNeed::wheelchair, 1), 10U);
  EXPECT_EQ(in(CareNeed::wheelchair, 2), 0U);
  EXPECT_EQ(in(CareNeed::intensive_care, 2), 0U);
}

TEST(Rounds, BusesOfAPlanFetchOthersUntilTheirRoundsAreToBegin) {
  // The only bus is the plan's, for residence 5 in five hours; people of residence 10 wait now.
  EvacuationPlan plan;
  plan.buses = 1;
  plan.rounds = {{.vehicle = Mover::Kind::bus,
                  .vehicles = 1,
                  .places = 30,
                  .home = {Kind::residence, 5},
                  .shelter = 0,
                  .starts_s = 18000,
                  .trips = 4}};
  EvacuationOptions options = without_vehicles();
  options.buses = 1;
  options.plan = std::make_shared<const EvacuationPlan>(plan);
  EvacuationRun run(town(4), options);
  run.apply(OrderEvacuation{{5, 10}});
  run.run(280);
  EXPECT_EQ(run.state.at({Kind::residence, 10}, residence_column::people_safe), 100);
  run.run(200);
  EXPECT_EQ(run.state.at({Kind::residence, 5}, residence_column::people_safe), 100);
}

TEST(Rounds, BoatsOfAPlanGoFirstToThoseInDangerousWater) {
  // The only boat is the plan's, for residence 5; residence 10 stands in dangerous water.
  EvacuationPlan plan;
  plan.boats = 1;
  plan.rounds = {{.vehicle = Mover::Kind::boat,
                  .vehicles = 1,
                  .places = 10,
                  .home = {Kind::residence, 5},
                  .shelter = 0,
                  .starts_s = 0,
                  .trips = 10}};
  EvacuationOptions options = without_vehicles();
  options.boats = 1;
  options.boat_ready_min = 30;
  options.plan = std::make_shared<const EvacuationPlan>(plan);
  const auto left_first = [&options](double hazard) {
    EvacuationRun run(town(4), options);
    for (const std::uint32_t home : {5U, 10U}) flood_round(run, home, 2);
    run.state.at({Kind::residence, 10}, common_column::hazard_class) = hazard;
    run.apply(OrderEvacuation{{5, 10}});
    run.run(600, {}, [&run](int) { ASSERT_EQ(run.evacuation.balances()[0].error(), 0); });
    std::map<std::uint32_t, std::uint64_t> safe;
    std::map<std::uint32_t, Instant> first;
    for (const EvacuationParty& party : run.record().parties) {
      if (party.fate == EvacueeFate::safe) safe[party.home.row] += party.people;
      if (!party.left) continue;
      const auto known = first.try_emplace(party.home.row, *party.left).first;
      known->second = std::min(known->second, *party.left);
    }
    // The plan is carried out after that.
    EXPECT_EQ(safe[5], 100U);
    EXPECT_EQ(safe[10], 100U);
    return first.at(5) < first.at(10) ? 5 : 10;
  };
  EXPECT_EQ(left_first(2), 5);
  EXPECT_EQ(left_first(4), 10);
}

TEST(Rounds, PatientsWithoutAFreeBedAnywhereAreListed) {
  EvacuationRun run(town(4), without_vehicles());
  run.apply(OrderEvacuation{{}, {{Kind::hospital, 0}}});
  run.run(120);
  const auto fates = evacuation::people_by_fate(run.record().parties);
  EXPECT_GT(fates.at(EvacueeFate::no_room) + fates.at(EvacueeFate::preparing), 50U);
  EXPECT_EQ(run.kpi("special_needs_unmet"),
            static_cast<double>(evacuation::needing_help_not_safe(run.record().parties)));
  EXPECT_GT(run.kpi("special_needs_unmet"), 50);
}

TEST(Rounds, GuestsLeaveTheirLodgingsByCarAndCoach) {
  WorldParts parts = town_parts(4);
  add_entity(parts, Kind::lodging, "inn", 0, {100, 200, 0});
  EvacuationOptions options = without_vehicles();
  options.visitors = {.people = 300, .lodging_share = 1, .lodgings = {0}, .sites = {}};
  EvacuationRun run(World::seal(std::move(parts)), options);
  run.run(1);
  EXPECT_EQ(run.state.at({Kind::lodging, 0}, lodging_column::guests), 300);
  run.apply(OrderEvacuation{{}, {{Kind::lodging, 0}}});
  run.run(240);
  EXPECT_EQ(run.state.at({Kind::lodging, 0}, lodging_column::guests), 0);
  EXPECT_EQ(run.kpi("people_in_shelter"), 300);
  EXPECT_GT(people_by(run.record(), EvacuationMode::car), 80U);
  EXPECT_GT(people_by(run.record(), EvacuationMode::bus), 40U);
}

TEST(Shelters, WithLessThanNoRoomAreAnError) {
  WorldParts parts = town_parts(3);
  parts.entities[index_of(Kind::shelter)].attributes[shelter_attribute::places][1] = -20;
  try {
    EvacuationRun run(World::seal(std::move(parts)));
    FAIL();
  } catch (const ScenarioError& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("urn:ngsi-ld:Shelter:test-1"), std::string::npos) << text;
    EXPECT_NE(text.find("-20"), std::string::npos) << text;
  }
}

TEST(Shelters, RunOutOfSuppliesAndWhatIsMissingIsCounted) {
  EvacuationOptions options = without_vehicles();
  options.no_vehicle_share = 0;
  options.supply_days = 0.05;
  EvacuationRun run(town(5), options);
  run.order_all();
  run.run(600);
  const EvacuationRecord record = run.record();
  ASSERT_GE(record.refuges.size(), 2U);
  const RefugeUse& small = record.refuges[0];
  EXPECT_EQ(small.taken_in, 500U);
  EXPECT_NEAR(small.used_person_days, 500 * 0.05, 1e-6);
  ASSERT_TRUE(small.supplies_out);
  EXPECT_GT(*small.supplies_out, run.branch.start);
  // 500 people for the rest of ten hours, and the filling at the start.
  EXPECT_NEAR(small.used_person_days + small.unmet_person_days, 500 * 10.0 / 24, 12);
  EXPECT_NEAR(run.kpi("supplies_unmet_person_days"),
              record.refuges[0].unmet_person_days + record.refuges[1].unmet_person_days, 1e-9);
}

}  // namespace
}  // namespace kontwin::testing
