#include "scenarios/file/evacuation_plan_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/support/entity_at.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_world.hpp"
#include "twin/error.hpp"
#include "twin/road_graph.hpp"

namespace kontwin::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

/// From the home at the centre of a town to its second shelter, the shortest way.
EvacuationPlan plan_of(const World& world) {
  const RoadGraph graph(world.entities(Kind::junction).size(), world.roads());
  const auto lengths = world.entities(Kind::road).column(road_attribute::length_m);
  EvacuationPlan plan;
  plan.lower_bound_s = 1234.0625;
  plan.bound_on_foot_s = 987.5;
  plan.bound_without = {{Kind::residence, 3}, {Kind::residence, 7}};
  plan.contraflow = {3, 8};
  plan.closing = {{2, 5400.5}, {9, 0}};
  plan.wards = {{0, CareNeed::intensive_care, 4, 1}};
  plan.safety_s = 1800;
  plan.under_way = 7500;
  plan.first_come = {1};
  EvacuationPlan::Assignment one;
  one.home = {Kind::residence, 12};
  one.shelter = 1;
  one.people = 60;
  one.depart_from_s = 900.1;
  one.route = graph
                  .shortest_route(world.junction_of({Kind::residence, 12}),
                                  world.junction_of({Kind::shelter, 1}), lengths)
                  ->links;
  plan.assignments.push_back(one);
  one.people = 40;
  one.depart_until_s = 4000.25;
  one.shelter = 0;
  one.route.clear();
  plan.assignments.push_back(one);
  plan.rounds.push_back({Mover::Kind::boat, 3, 12, {Kind::residence, 4}, 0, 1.0 / 3, 5});
  plan.rounds.push_back({Mover::Kind::bus, 2, 30, {Kind::residence, 4}, 0, 60, 0});
  plan.buses = 7;
  plan.boats = 3;
  return plan;
}

void expect_same(const EvacuationPlan& a, const EvacuationPlan& b) {
  EXPECT_EQ(a.lower_bound_s, b.lower_bound_s);
  EXPECT_EQ(a.bound_on_foot_s, b.bound_on_foot_s);
  EXPECT_EQ(a.bound_without, b.bound_without);
  EXPECT_EQ(a.contraflow, b.contraflow);
  EXPECT_EQ(a.safety_s, b.safety_s);
  EXPECT_EQ(a.under_way, b.under_way);
  EXPECT_EQ(a.first_come, b.first_come);
  ASSERT_EQ(a.wards.size(), b.wards.size());
  for (std::size_t i = 0; i < a.wards.size(); ++i) {
    EXPECT_EQ(a.wards[i].hospital, b.wards[i].hospital);
    EXPECT_EQ(a.wards[i].need, b.wards[i].need);
    EXPECT_EQ(a.wards[i].patients, b.wards[i].patients);
    EXPECT_EQ(a.wards[i].to, b.wards[i].to);
  }
  ASSERT_EQ(a.closing.size(), b.closing.size());
  for (std::size_t i = 0; i < a.closing.size(); ++i) {
    EXPECT_EQ(a.closing[i].road, b.closing[i].road);
    EXPECT_EQ(a.closing[i].at_s, b.closing[i].at_s);
  }
  EXPECT_EQ(a.buses, b.buses);
  EXPECT_EQ(a.boats, b.boats);
  ASSERT_EQ(a.assignments.size(), b.assignments.size());
  for (std::size_t i = 0; i < a.assignments.size(); ++i) {
    EXPECT_EQ(a.assignments[i].home, b.assignments[i].home);
    EXPECT_EQ(a.assignments[i].shelter, b.assignments[i].shelter);
    EXPECT_EQ(a.assignments[i].people, b.assignments[i].people);
    EXPECT_EQ(a.assignments[i].depart_from_s, b.assignments[i].depart_from_s);
    EXPECT_EQ(a.assignments[i].depart_until_s, b.assignments[i].depart_until_s);
    EXPECT_EQ(a.assignments[i].route, b.assignments[i].route);
  }
  ASSERT_EQ(a.rounds.size(), b.rounds.size());
  for (std::size_t i = 0; i < a.rounds.size(); ++i) {
    EXPECT_EQ(a.rounds[i].vehicle, b.rounds[i].vehicle);
    EXPECT_EQ(a.rounds[i].vehicles, b.rounds[i].vehicles);
    EXPECT_EQ(a.rounds[i].places, b.rounds[i].places);
    EXPECT_EQ(a.rounds[i].home, b.rounds[i].home);
    EXPECT_EQ(a.rounds[i].shelter, b.rounds[i].shelter);
    EXPECT_EQ(a.rounds[i].starts_s, b.rounds[i].starts_s);
    EXPECT_EQ(a.rounds[i].trips, b.rounds[i].trips);
  }
}

/// A town with a second hospital.
WorldParts with_hospitals() {
  WorldParts parts = town_parts(5);
  add_entity(parts, Kind::hospital, "other", 0, {400, 0, 0});
  return parts;
}

TEST(EvacuationPlanFile, WhatIsWrittenIsReadBackToTheLastDigit) {
  const auto world = World::seal(with_hospitals());
  const ScratchFolder scratch;
  const auto path = scratch.path() / "plan.toml";
  const EvacuationPlan plan = plan_of(*world);
  write_evacuation_plan(plan, *world, path);
  expect_same(read_evacuation_plan(path, *world), plan);
  EXPECT_THAT(bytes_of(path), HasSubstr("# "));  // entities by name, for those who read it
}

TEST(EvacuationPlanFile, NamesWithQuotesAndLineEndsDoNotBreakTheFile) {
  WorldParts parts = with_hospitals();
  parts.entities[index_of(Kind::residence)].urn[12] = "urn:x:\"a\\b\"";
  parts.entities[index_of(Kind::residence)].name[12] = "Thôn \"1\"\nresidence = 3";
  const auto world = World::seal(std::move(parts));
  const ScratchFolder scratch;
  const auto path = scratch.path() / "plan.toml";
  const EvacuationPlan plan = plan_of(*world);
  write_evacuation_plan(plan, *world, path);
  expect_same(read_evacuation_plan(path, *world), plan);
}

TEST(EvacuationPlanFile, SaysWhereAFileIsWrong) {
  const auto world = town(5);
  const ScratchFolder scratch;
  const auto said = [&](const std::string& text) {
    const auto path = scratch.write("plan.toml", text);
    return message_of<FileError>([&] { read_evacuation_plan(path, *world); });
  };
  const std::string head =
      "[[assignment]]\nhome = \"urn:ngsi-ld:Residence:test-12\"\n"
      "shelter = \"urn:ngsi-ld:Shelter:test-1\"\n";
  EXPECT_EQ(world->urn({Kind::residence, 12}), "urn:ngsi-ld:Residence:test-12");
  EXPECT_EQ(said(head + "people = 60\n"), "");
  EXPECT_THAT(said(head), HasSubstr("people"));
  EXPECT_THAT(said("[[closing]]\nroad = \"urn:ngsi-ld:Road:test-0\"\n"), HasSubstr("at_s"));
  EXPECT_THAT(said("[[closing]]\nroad = \"urn:x\"\nat_s = 5\n"), HasSubstr("plan.toml:2"));
  const std::string ward = "[[ward]]\nhospital = \"urn:ngsi-ld:Hospital:test-0\"\n";
  EXPECT_THAT(said(ward + "to = \"urn:ngsi-ld:Hospital:test-0\"\n"),
              HasSubstr("is where the patients are"));
  EXPECT_THAT(said("under_way = 0\n"), HasSubstr("under_way"));
  EXPECT_THAT(said("first_come = [\"urn:x\"]\n"), HasSubstr("plan.toml:1"));
  EXPECT_THAT(said(head + "people = 0\n"), HasSubstr("plan.toml:4"));
  EXPECT_THAT(said(head + "people = 1.5\n"), HasSubstr("people"));
  EXPECT_THAT(said(head + "people = 60\nroute = [\"urn:ngsi-ld:Road:test-0\"]\n"),
              HasSubstr("does not begin where the home is"));
  EXPECT_THAT(said(head + "people = 60\nroute = [\"urn:nowhere\"]\n"), HasSubstr("no entity"));
  EXPECT_THAT(said(head + "people = 60\npeopel = 60\n"), HasSubstr("peopel"));
  EXPECT_THAT(said("[[assignment]]\nhome = \"urn:ngsi-ld:Shelter:test-1\"\n"),
              HasSubstr("neither a residence nor"));
  EXPECT_THAT(said("[[round]]\nvehicle = \"rocket\"\n"), HasSubstr("rocket"));
  EXPECT_THAT(said("[[round]]\nplaces = 0\n"),
              AllOf(HasSubstr("plan.toml:2"), HasSubstr("places")));
  EXPECT_THAT(said("[[assignment]]\nhome = \"urn:ngsi-ld:Residence:none\"\n"),
              AllOf(HasSubstr("plan.toml:2"), HasSubstr("no entity")));
  EXPECT_THAT(said("lower_bound_s = -1\n"), HasSubstr("lower_bound_s"));
  EXPECT_THAT(
      message_of<FileError>([&] { read_evacuation_plan(scratch.path() / "none.toml", *world); }),
      HasSubstr("none.toml"));
}

TEST(EvacuationPlanFile, ARouteHasToHangTogetherAndEndAtTheShelter) {
  const auto world = World::seal(with_hospitals());
  const ScratchFolder scratch;
  const auto path = scratch.path() / "plan.toml";
  EvacuationPlan plan = plan_of(*world);
  plan.assignments[0].route.pop_back();
  write_evacuation_plan(plan, *world, path);
  EXPECT_THAT(message_of<FileError>([&] { read_evacuation_plan(path, *world); }),
              HasSubstr("does not end at the shelter"));
  plan = plan_of(*world);
  plan.assignments[0].route.erase(plan.assignments[0].route.begin() + 1);
  write_evacuation_plan(plan, *world, path);
  EXPECT_THAT(message_of<FileError>([&] { read_evacuation_plan(path, *world); }),
              HasSubstr("does not begin where the road before it ends"));
}

TEST(EvacuationPlanFile, ARouteMayPassAJunctionButNoRoadTwice) {
  const auto world = World::seal(with_hospitals());
  const ScratchFolder scratch;
  const auto path = scratch.path() / "plan.toml";
  EvacuationPlan plan = plan_of(*world);
  std::vector<std::uint32_t>& route = plan.assignments[0].route;
  // Down the first road and back.
  const std::uint32_t first = route.front();
  route.insert(route.begin(), {first, world->roads().opposite[first]});
  write_evacuation_plan(plan, *world, path);
  EXPECT_THAT(message_of<FileError>([&] { read_evacuation_plan(path, *world); }),
              AllOf(HasSubstr("'" + world->urn({Kind::road, first}) + "' is driven twice"),
                    HasSubstr("plan.toml:")));
  // Round a block.
  const RoadNetwork& roads = world->roads();
  const auto link = [&roads](std::uint32_t from, std::uint32_t to) {
    for (std::uint32_t row = 0; row < roads.links(); ++row) {
      if (roads.from[row] == from && roads.to[row] == to) return row;
    }
    return no_row;
  };
  plan = plan_of(*world);
  std::vector<std::uint32_t>& around = plan.assignments[0].route;
  const std::uint32_t home = roads.from[first];
  const std::uint32_t beside = home - 1;
  around.insert(around.begin(), {link(home, home + 5), link(home + 5, beside + 5),
                                 link(beside + 5, beside), link(beside, home)});
  write_evacuation_plan(plan, *world, path);
  expect_same(read_evacuation_plan(path, *world), plan);
}

TEST(EvacuationPlanFile, AShelterHasToLieAtARoad) {
  WorldParts parts = with_hospitals();
  parts.entities[index_of(Kind::shelter)].attributes[shelter_attribute::junction_row][1] =
      std::numeric_limits<double>::quiet_NaN();
  const auto world = World::seal(std::move(parts));
  const ScratchFolder scratch;
  const auto said = [&](const std::string& shelter) {
    const auto path = scratch.write("plan.toml",
                                    "[[round]]\nhome = \"urn:ngsi-ld:Residence:test-12\"\n"
                                    "shelter = \"" +
                                        shelter + "\"\n");
    return message_of<FileError>([&] { read_evacuation_plan(path, *world); });
  };
  EXPECT_EQ(said("urn:ngsi-ld:Shelter:test-0"), "");
  EXPECT_THAT(
      said("urn:ngsi-ld:Shelter:test-1"),
      AllOf(HasSubstr("plan.toml:3"), HasSubstr("no road leads to 'urn:ngsi-ld:Shelter:test-1'")));
}

TEST(EvacuationPlanFile, LanesCannotBeTurnedRoundBothWays) {
  const auto world = World::seal(with_hospitals());
  const ScratchFolder scratch;
  const auto path = scratch.path() / "plan.toml";
  EvacuationPlan plan = plan_of(*world);
  plan.contraflow = {3, world->roads().opposite[3]};
  write_evacuation_plan(plan, *world, path);
  EXPECT_THAT(message_of<FileError>([&] { read_evacuation_plan(path, *world); }),
              AllOf(HasSubstr("plan.toml:"), HasSubstr("'" + world->urn({Kind::road, 3}) +
                                                       "' is named in both directions")));
}

TEST(EvacuationPlanFile, RoundsHaveNoMoreVehiclesOfTheirOwnThanAnyFleet) {
  const auto world = town(5);
  const ScratchFolder scratch;
  const auto said = [&](const std::string& text) {
    const auto path = scratch.write("plan.toml", text);
    return message_of<FileError>([&] { read_evacuation_plan(path, *world); });
  };
  const auto round = [](const std::string& vehicles) {
    return "[[round]]\nvehicles = " + vehicles +
           "\nhome = \"urn:ngsi-ld:Residence:test-12\"\n"
           "shelter = \"urn:ngsi-ld:Shelter:test-1\"\n";
  };
  EXPECT_THAT(said(round("100000")), AllOf(HasSubstr("plan.toml:2"), HasSubstr("vehicles")));
  EXPECT_EQ(said(round("6000") + round("4000")), "");
  EXPECT_THAT(said(round("6000") + round("4001")),
              AllOf(HasSubstr("plan.toml:6"), HasSubstr("10001"), HasSubstr("10000 are the most")));
  // Shared ones go from round to round.
  EXPECT_EQ(said("buses = 3\n" + round("6000") + round("4001")), "");
}

TEST(EvacuationPlanFile, RefusesToWriteAPlanOfAnotherWorld) {
  const ScratchFolder scratch;
  const auto world = World::seal(with_hospitals());
  const EvacuationPlan plan = plan_of(*world);
  EXPECT_THROW(write_evacuation_plan(plan, *town(3), scratch.path() / "plan.toml"), ScenarioError);
  EXPECT_THROW(write_evacuation_plan(plan, *world, scratch.path() / "none" / "plan.toml"),
               FileError);
}

}  // namespace
}  // namespace kontwin::testing
