#include "twin/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <ostream>

#include "tests/support/message_of.hpp"
#include "tests/support/small_world.hpp"
#include "twin/error.hpp"
#include "twin/world_check.hpp"

namespace kontwin {
namespace {

using kontwin::testing::message_of;
using kontwin::testing::town;
using kontwin::testing::town_parts;
using ::testing::HasSubstr;

TEST(World, IsFoundByItsUrns) {
  const auto world = town(3);
  const auto hospital = world->find("urn:ngsi-ld:Hospital:test-0");
  ASSERT_TRUE(hospital);
  EXPECT_EQ(*hospital, (EntityRef{Kind::hospital, 0}));
  EXPECT_EQ(world->junction_of(*hospital), 4U);
  EXPECT_EQ(world->junction_of({Kind::rain_gauge, 0}), no_row);
  EXPECT_EQ(world->junction_of({Kind::junction, 7}), 7U);
  EXPECT_FALSE(world->find("urn:ngsi-ld:Hospital:none"));
}

TEST(World, EqualPartsGiveEqualHashesAndAnyChangeAnother) {
  const std::string hash = town(3)->content_hash();
  EXPECT_EQ(hash.size(), 64U);
  EXPECT_EQ(town(3)->content_hash(), hash);
  const auto changed = [&](const std::function<void(WorldParts&)>& change) {
    WorldParts parts = town_parts(3);
    change(parts);
    return World::seal(std::move(parts))->content_hash() != hash;
  };
  EXPECT_TRUE(changed([](WorldParts& p) { p.name = "other"; }));
  EXPECT_TRUE(changed([](WorldParts& p) { p.entities[index_of(Kind::hospital)].name[0] += "!"; }));
  EXPECT_TRUE(changed([](WorldParts& p) { p.roads.opposite[0] = no_row; }));
  EXPECT_TRUE(changed([](WorldParts& p) { p.roads.shape[1].x_m += 0.001; }));
  EXPECT_TRUE(changed([](WorldParts& p) {
    auto terrain = std::make_shared<Terrain>(*p.terrain);
    terrain->grids[0].elevation_m.values[5] += 0.01F;
    p.terrain = terrain;
  }));
}

TEST(World, AWrongNumberOfAttributesIsRefusedWhenItIsAdded) {
  WorldParts parts = town_parts(2);
  EXPECT_THAT(
      message_of<WorldError>([&] {
        parts.add(Kind::hospital,
                  {.urn = "urn:x", .name = {}, .place = {}, .commune_code = {}, .attributes = {1}});
      }),
      HasSubstr("urn:x: 1 attributes where a hospital has 4"));
}

TEST(World, ANewRoadMakesAnotherWorldAndLeavesTheFirst) {
  const auto world = town(3);
  const World::NewRoad road{.record = {.urn = "urn:ngsi-ld:Road:new",
                                       .name = "Đường mới",
                                       .place = {200, 200},
                                       .commune_code = {},
                                       .attributes = {600, 1, 10, 900, 3.5, 4, 0, 0}},
                            .from = 0,
                            .to = 8,
                            .shape = {{200, 200}, {600, 600}},
                            .number = ""};
  const auto wider = world->with_roads(std::span(&road, 1));
  EXPECT_EQ(wider->roads().links(), world->roads().links() + 1);
  EXPECT_NE(wider->content_hash(), world->content_hash());
  EXPECT_FALSE(world->find("urn:ngsi-ld:Road:new"));
}

/// A way to spoil a town, and a word of what is said about it.
struct Spoilt {
  const char* name;
  const char* word;  // in what seal throws
  std::function<void(WorldParts&)> spoil;
};

void PrintTo(const Spoilt& spoilt, std::ostream* out) { *out << spoilt.name; }

class SpoiltWorld : public ::testing::TestWithParam<Spoilt> {};

TEST_P(SpoiltWorld, IsRefusedAndTheCheckSaysSoToo) {
  WorldParts parts = town_parts(3);
  GetParam().spoil(parts);
  EXPECT_FALSE(can_run(check_parts(parts)));
  EXPECT_THAT(message_of<WorldError>([&] { World::seal(std::move(parts)); }),
              HasSubstr(GetParam().word));
}

INSTANTIATE_TEST_SUITE_P(
    Ways, SpoiltWorld,
    ::testing::Values(
        Spoilt{"DuplicateId", "is used twice",
               [](WorldParts& p) {
                 auto& shelters = p.entities[index_of(Kind::shelter)];
                 shelters.urn[1] = shelters.urn[0];
               }},
        Spoilt{"NoTerrain", "no terrain",
               [](WorldParts& p) { p.terrain = std::make_shared<Terrain>(); }},
        Spoilt{"TerrainOfAnotherShape", "do not fit its shape",
               [](WorldParts& p) {
                 auto terrain = std::make_shared<Terrain>(*p.terrain);
                 terrain->grids[0].manning_n.values.pop_back();
                 p.terrain = terrain;
               }},
        Spoilt{"MissingJunction", "junctions is not there",
               [](WorldParts& p) { p.roads.to[3] = 9; }},
        Spoilt{"ForbiddenTurnOfNoRoad", "names a road that is not there",
               [](WorldParts& p) {
                 p.roads.forbidden_turns = {{0, 9999, 1}};
               }},
        Spoilt{"ForbiddenTurnOfRoadsApart", "does not start where the first one ends",
               [](WorldParts& p) {
                 p.roads.forbidden_turns = {{0, 0, 1}};
               }},
        Spoilt{"ForbiddenTurnForNobody", "it is for nobody",
               [](WorldParts& p) {
                 p.roads.forbidden_turns = {{0, 1, 0}};
               }},
        Spoilt{"ForbiddenTurnTwice", "stands twice",
               [](WorldParts& p) {
                 p.roads.forbidden_turns = {{0, 1, 1}, {0, 1, 2}};
               }},
        Spoilt{"UnequalColumns", "unequal length",
               [](WorldParts& p) { p.entities[index_of(Kind::school)].name.clear(); }},
        Spoilt{"MissingAttribute", "unequal length",
               [](WorldParts& p) { p.entities[index_of(Kind::school)].attributes.pop_back(); }},
        Spoilt{"JunctionOutOfRange", "junction_row names no junction",
               [](WorldParts& p) {
                 p.entities[index_of(Kind::school)].attributes[school_attribute::junction_row][0] =
                     9;
               }},
        Spoilt{"HalfARow", "junction_row names no junction",
               [](WorldParts& p) {
                 p.entities[index_of(Kind::school)].attributes[school_attribute::junction_row][0] =
                     0.5;
               }},
        Spoilt{"ZeroLength", "length_m must be a number above 0",
               [](WorldParts& p) {
                 p.entities[index_of(Kind::road)].attributes[road_attribute::length_m][2] = 0;
               }},
        Spoilt{"NoCapacity", "capacity_vph must be a number above 0",
               [](WorldParts& p) {
                 p.entities[index_of(Kind::road)].attributes[road_attribute::capacity_vph][2] =
                     std::nan("");
               }},
        Spoilt{"UnknownSource", "not in the list of sources",
               [](WorldParts& p) { p.entities[index_of(Kind::road)].source[0] = 7; }},
        Spoilt{"ShapeOfOnePoint", "fewer than two points",
               [](WorldParts& p) { p.roads.shape_begin[1] = 1; }},
        Spoilt{"RiverOfOnePoint", "do not fit its line",
               [](WorldParts& p) {
                 p.rivers.push_back({.name = "R",
                                     .flows_into = "",
                                     .line = {{0, 0}},
                                     .bed_m = {1},
                                     .width_m = {1},
                                     .bank_depth_m = {1}});
               }}),
    [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace kontwin
