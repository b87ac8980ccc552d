#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/file/evacuation_plan_file.hpp"
#include "scenarios/file/scenario_file.hpp"
#include "tests/support/entity_at.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_world.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// A town with an inn for 200 and a lake for 1,000 visitors.
std::shared_ptr<const World> resort() {
  WorldParts parts = testing::town_parts(4);
  testing::add_entity(parts, Kind::lodging, "inn", 0, {100, 200, 0});
  testing::add_entity(parts, Kind::tourist_site, "lake", 0, {1000, 0});
  return World::seal(std::move(parts));
}

class EvacuationFile : public ::testing::Test {
 protected:
  Scenario load(const std::string& rest) const {
    const auto path = folder.write("try.toml", R"(name = "try"
title_vi = "Thử"
title_en = "Try"
length = "1h"
[traffic]
)" + rest);
    return load_scenario(
        path, *world,
        [](const auto& file, const auto&, const auto&) -> TimeSeries {
          throw FileError(file.string(), "no recordings in this test");
        },
        {},
        [](const auto& file) {
          crowd::Building building;
          building.name = file.stem().string();
          building.exits.resize(2);
          building.exits[0].id = "north";
          building.exits[1].id = "south";
          return building;
        });
  }
  std::string refusal(const std::string& rest) const {
    return testing::message_of<FileError>([&] { load(rest); });
  }

  testing::ScratchFolder folder;
  std::shared_ptr<const World> world = resort();
};

TEST_F(EvacuationFile, ReadsWhatMayBeSaidOfAnEvacuation) {
  const Scenario scenario = load(R"([flood]
grid = "town"
[evacuation]
warning = ["siren", "door_to_door"]
departure_median_min = 20
departure_sigma = 0.5
compliance = 0.8
exposed_depth_m = 0.4
spontaneous_share = 0.2
visitor_departure_median_min = 12
exposed_departure_median_min = 3
retry_min = 5
car_share = 0.2
no_vehicle_share = 0.1
child_share = 0.3
old_share = 0.1
wheelchair_share = 0.02
visitor_group = 2.5
visitor_car_share = 0.3
visitor_coach_share = 0.4
walk_speed_mps = 1.1
walk_limit_km = 2
buses = 12
ambulances = 4
boats = 3
bus_places = 40
bus_wait_min = 10
boat_places = 8
boat_speed_kmh = 12
boat_ready_min = 45
hospital_occupancy = 0.9
ward_walking_share = 0.5
ward_wheelchair_share = 0.3
ward_stretcher_share = 0.15
ward_ready_min = 2
ward_intensive_ready_min = 7
ward_order = "critical_first"
door_width_m_per_100_places = 0.6
supply_days = 3
[evacuation.visitors]
people = 900
lodging_share = 0.25
where = { near = [108.0, 14.7], within_m = 1e7 }
)");
  const EvacuationOptions& options = *scenario.evacuation;
  EXPECT_THAT(options.warning, ElementsAre(evacuation::WarningChannel::siren,
                                           evacuation::WarningChannel::door_to_door));
  EXPECT_EQ(options.departure_median_min, 20);
  EXPECT_EQ(options.departure_sigma, 0.5);
  EXPECT_EQ(options.compliance, 0.8);
  EXPECT_EQ(options.exposed_depth_m, 0.4);
  EXPECT_EQ(options.spontaneous_share, 0.2);
  EXPECT_EQ(options.visitor_departure_median_min, 12);
  EXPECT_EQ(options.exposed_departure_median_min, 3);
  EXPECT_EQ(options.retry_min, 5);
  EXPECT_EQ(options.car_share, 0.2);
  EXPECT_EQ(options.no_vehicle_share, 0.1);
  EXPECT_EQ(options.child_share, 0.3);
  EXPECT_EQ(options.old_share, 0.1);
  EXPECT_EQ(options.wheelchair_share, 0.02);
  EXPECT_EQ(options.visitor_group, 2.5);
  EXPECT_EQ(options.visitor_car_share, 0.3);
  EXPECT_EQ(options.visitor_coach_share, 0.4);
  EXPECT_EQ(options.walk_speed_mps, 1.1);
  EXPECT_EQ(options.walk_limit_km, 2);
  EXPECT_EQ(options.buses, 12U);
  EXPECT_EQ(options.ambulances, 4U);
  EXPECT_EQ(options.boats, 3U);
  EXPECT_EQ(options.bus_places, 40);
  EXPECT_EQ(options.bus_wait_min, 10);
  EXPECT_EQ(options.boat_places, 8);
  EXPECT_EQ(options.boat_speed_kmh, 12);
  EXPECT_EQ(options.boat_ready_min, 45);
  EXPECT_EQ(options.hospital_occupancy, 0.9);
  EXPECT_EQ(options.ward_walking_share, 0.5);
  EXPECT_EQ(options.ward_wheelchair_share, 0.3);
  EXPECT_EQ(options.ward_stretcher_share, 0.15);
  EXPECT_EQ(options.ward_ready_min, 2);
  EXPECT_EQ(options.ward_intensive_ready_min, 7);
  EXPECT_EQ(options.ward_order, WardOrder::critical_first);
  EXPECT_EQ(options.door_width_m_per_100_places, 0.6);
  EXPECT_EQ(options.supply_days, 3);
  EXPECT_EQ(options.visitors.people, 900);
  EXPECT_EQ(options.visitors.lodging_share, 0.25);
  EXPECT_THAT(options.visitors.lodgings, ElementsAre(0U));
  EXPECT_THAT(options.visitors.sites, ElementsAre(0U));
  // As many as are needed.
  EXPECT_FALSE(load("[evacuation]\n").evacuation->buses);
  EXPECT_FALSE(load("[evacuation]\n").evacuation->ambulances);
}

TEST_F(EvacuationFile, RefusesWhatMakesNoSenseByItsLine) {
  const auto refused = [this](const std::string& line) {
    return refusal("[evacuation]\n" + line + "\n");
  };
  EXPECT_THAT(refused("warning = [\"smoke\"]"),
              AllOf(HasSubstr("try.toml:7:"), HasSubstr("'smoke'"), HasSubstr("door_to_door")));
  EXPECT_THAT(refused("boats = -1"), AllOf(HasSubstr("try.toml:7:"), HasSubstr("boats")));
  EXPECT_THAT(refused("boats = 2"), AllOf(HasSubstr("try.toml:6:"), HasSubstr("[flood]")));
  EXPECT_THAT(refused("compliance = -0.1"),
              AllOf(HasSubstr("try.toml:7:"), HasSubstr("compliance")));
  EXPECT_THAT(refused("bus_places = 0"), AllOf(HasSubstr("try.toml:7:"), HasSubstr("bus_places")));
  EXPECT_THAT(refused("buses = 2.5"), AllOf(HasSubstr("try.toml:7:"), HasSubstr("buses")));
  EXPECT_THAT(refused("ward_order = \"youngest_first\""),
              AllOf(HasSubstr("try.toml:7:"), HasSubstr("critical_first")));
  EXPECT_THAT(refused("car_share = 0.7\nno_vehicle_share = 0.5"),
              AllOf(HasSubstr("try.toml:8:"), HasSubstr("together with car_share")));
  EXPECT_THAT(refused("old_share = 0.9"), HasSubstr("together with child_share"));
  EXPECT_THAT(refused("visitor_coach_share = 0.9"), HasSubstr("together with visitor_car_share"));
  EXPECT_THAT(refused("ward_stretcher_share = 0.9"), HasSubstr("together with the other wards"));
  EXPECT_THAT(refused("boat_sped_kmh = 3"), HasSubstr("did you mean 'boat_speed_kmh'?"));
  EXPECT_THAT(refused("[evacuation.visitors]\npeople = 10"), HasSubstr("where"));
  EXPECT_THAT(refused("[evacuation.visitors]\npeople = 10\nwhere = { below_m = 5 }"),
              HasSubstr("no lodging meets all conditions"));
  EXPECT_THAT(refused("plan = \"none.toml\""), HasSubstr("none.toml"));
}

TEST_F(EvacuationFile, AnOrderSaysWhoIsToLeave) {
  const Scenario scenario = load(R"([evacuation]
[[edit]]
do = "order_evacuation"
who = ["lodgings", "sites", "hospitals"]
where = { near = [108.0, 14.7], within_m = 1e7 }
)");
  ASSERT_EQ(scenario.edits.size(), 1U);
  const auto& order = std::get<OrderEvacuation>(scenario.edits[0].edit);
  EXPECT_TRUE(order.residences.empty());
  EXPECT_THAT(order.places,
              ElementsAre(EntityRef{Kind::lodging, 0}, EntityRef{Kind::tourist_site, 0},
                          EntityRef{Kind::hospital, 0}));
  EXPECT_THAT(refusal(R"([evacuation]
[[edit]]
do = "order_evacuation"
who = ["everyone"]
where = { near = [108.0, 14.7], within_m = 1e7 }
)"),
              AllOf(HasSubstr("try.toml:9:"), HasSubstr("homes, lodgings, sites, hospitals")));
}

TEST_F(EvacuationFile, AnOrderAfterTheEndIsAnError) {
  const auto ordered = [](const char* at) {
    return std::string("[evacuation]\n[[edit]]\nat = \"") + at +
           "\"\ndo = \"order_evacuation\"\nwhere = { near = [108.0, 14.7], within_m = 1e7 }\n";
  };
  EXPECT_EQ(refusal(ordered("59min")), "");
  EXPECT_THAT(refusal(ordered("60min")), AllOf(HasSubstr("try.toml:7"), HasSubstr("is over")));
}

TEST_F(EvacuationFile, NamesTheSquaresThatPeopleCrossFirst) {
  const Scenario scenario = load(R"([evacuation]
[[evacuation.square]]
place = "urn:ngsi-ld:TouristSite:lake"
crowd = "shore.crowd.toml"
cell_m = 0.25
)");
  ASSERT_THAT(scenario.evacuation->squares, SizeIs(1));
  const EvacuationSquare& square = scenario.evacuation->squares[0];
  EXPECT_EQ(square.place, (EntityRef{Kind::tourist_site, 0}));
  EXPECT_EQ(square.building->name, "shore.crowd");
  EXPECT_EQ(square.cell_m, 0.25);
  const auto refused = [this](const std::string& fields) {
    return refusal("[evacuation]\n[[evacuation.square]]\n" + fields);
  };
  EXPECT_THAT(refused("place = \"urn:ngsi-ld:TouristSite:sea\"\ncrowd = \"x\"\n"),
              AllOf(HasSubstr("try.toml:8:"), HasSubstr("TouristSite:sea")));
  EXPECT_THAT(refused("place = \"urn:ngsi-ld:School:test-0\"\ncrowd = \"x\"\n"),
              HasSubstr("neither a tourist site nor a lodging nor homes"));
  EXPECT_THAT(refused("place = \"urn:ngsi-ld:TouristSite:lake\"\n"), HasSubstr("crowd"));
}

TEST_F(EvacuationFile, NamesTheStreetsThatLeadOverASquareAndItsGates) {
  const std::string square =
      "[evacuation]\n[[evacuation.square]]\nplace = \"urn:ngsi-ld:TouristSite:lake\"\n"
      "crowd = \"shore.crowd.toml\"\n";
  const auto gate = [](const std::string& exit, std::uint32_t junction) {
    return "[[evacuation.square.gate]]\nexit = \"" + exit +
           "\"\njunction = \"urn:ngsi-ld:Junction:test-" + std::to_string(junction) + "\"\n";
  };
  const std::uint32_t from = world->roads().from[7], to = world->roads().to[7];
  const std::string street = "streets = [\"urn:ngsi-ld:Road:test-7\"]\n";
  const Scenario scenario = load(square + street + gate("south", from) + gate("north", to));
  const EvacuationSquare& read = scenario.evacuation->squares.at(0);
  EXPECT_THAT(read.streets, ElementsAre(7));
  ASSERT_THAT(read.gates, SizeIs(2));
  EXPECT_EQ(read.gates[0].gate, 1U);
  EXPECT_EQ(read.gates[0].junction, from);
  EXPECT_THAT(refusal(square + street + gate("south", from)),
              AllOf(HasSubstr("Road:test-7"), HasSubstr("no gate is at"),
                    HasSubstr("Junction:test-" + std::to_string(to))));
  EXPECT_THAT(refusal(square + "streets = [\"urn:ngsi-ld:Road:none\"]\n"),
              HasSubstr("no road 'urn:ngsi-ld:Road:none'"));
  EXPECT_THAT(refusal(square + gate("west", 1)),
              AllOf(HasSubstr("'west' is no exit"), HasSubstr("north, south")));
  EXPECT_THAT(refusal(square + gate("north", 1) + gate("north", 2)), HasSubstr("two junctions"));
  EXPECT_THAT(refusal(square + gate("north", 9999)), HasSubstr("no junction"));
}

TEST_F(EvacuationFile, RefusesWhatIsSaidTwiceOrHasNothingToItOrNoOneToCarryItOut) {
  EXPECT_THAT(refusal("[evacuation]\nwarning = [\"sms\", \"sms\"]\n"),
              AllOf(HasSubstr("'warning'"), HasSubstr("named twice")));
  EXPECT_THAT(refusal("[[edit]]\ndo = \"order_evacuation\"\n"
                      "where = { near = [108.0, 14.7], within_m = 1e7 }\n"),
              HasSubstr("[evacuation] is missing"));
  const auto plan = [&](const std::string& text) {
    folder.write("plan.toml", text);
    return refusal("[evacuation]\nbuses = 3\nplan = \"plan.toml\"\n");
  };
  const std::string round =
      "[[round]]\nhome = \"urn:ngsi-ld:Residence:test-3\"\n"
      "shelter = \"urn:ngsi-ld:Shelter:test-1\"\n";
  EXPECT_THAT(plan("buses = 4\n" + round), HasSubstr("4 buses, and the scenario 3"));
  EXPECT_THAT(plan("buses = 2\n"), AllOf(HasSubstr("'buses'"), HasSubstr("no [[round]]")));
  const std::string closing = "[[closing]]\nroad = \"urn:ngsi-ld:Road:test-3\"\nat_s = 60\n";
  EXPECT_THAT(plan(closing + closing), HasSubstr("closes twice"));
  EXPECT_THAT(plan("contraflow = [\"urn:ngsi-ld:Road:test-4\", \"urn:ngsi-ld:Road:test-4\"]\n"),
              HasSubstr("named twice"));
}

TEST_F(EvacuationFile, TakesAPlanWithItsContraflow) {
  EvacuationPlan plan;
  plan.assignments = {
      {.home = {Kind::residence, 3}, .shelter = 1, .people = 50, .depart_from_s = 60, .route = {}}};
  plan.contraflow = {4};
  plan.lower_bound_s = 900;
  write_evacuation_plan(plan, *world, folder.path() / "plan.toml");
  const std::string order = R"([[edit]]
at = "20min"
do = "order_evacuation"
where = { near = [108.0, 14.7], within_m = 1e7 }
)";
  const Scenario scenario = load("[evacuation]\nplan = \"plan.toml\"\n" + order);
  ASSERT_NE(scenario.evacuation->plan, nullptr);
  EXPECT_EQ(scenario.evacuation->plan->lower_bound_s, 900);
  EXPECT_THAT(scenario.evacuation->plan->assignments, SizeIs(1));
  // The lanes of the opposite link are given to link 4 when the order is given.
  ASSERT_EQ(scenario.edits.size(), 2U);
  EXPECT_EQ(std::get<Duration>(scenario.edits[1].at), std::chrono::minutes(20));
  const auto& start = std::get<StartMeasure>(scenario.edits[1].edit);
  EXPECT_THAT(std::get<Contraflow>(start.measure).roads, ElementsAre(world->roads().opposite[4]));
  EXPECT_THAT(refusal("[evacuation]\nplan = \"plan.toml\"\n"), HasSubstr("no 'order_evacuation'"));
}

}  // namespace
}  // namespace kontwin
