#include "twin/world_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/small_world.hpp"

namespace kontwin {
namespace {

using kontwin::testing::junction;
using kontwin::testing::link;
using kontwin::testing::town_parts;
using ::testing::HasSubstr;

std::vector<WorldProblem> found(const WorldParts& parts, std::string_view what) {
  auto problems = check_parts(parts);
  std::erase_if(problems, [&](const WorldProblem& problem) { return problem.what != what; });
  return problems;
}

River river_along(std::vector<LocalPoint> line, std::vector<float> bed_m) {
  const std::size_t points = line.size();
  return {.name = "Đăk Bla",
          .flows_into = "",
          .line = std::move(line),
          .bed_m = std::move(bed_m),
          .width_m = std::vector<float>(points, 30),
          .bank_depth_m = std::vector<float>(points, 2)};
}

/// A town with a river past its gauge.
WorldParts sound_parts() {
  WorldParts parts = town_parts(3);
  parts.rivers.push_back(river_along({{10, 180}, {400, 180}, {780, 180}}, {99, 98, 97}));
  return parts;
}

TEST(WorldCheck, ASoundWorldHasNoProblems) {
  const auto world = World::seal(sound_parts());
  for (const auto& problem : check_world(*world)) {
    ADD_FAILURE() << problem.where << ": " << problem.reason_en;
  }
}

TEST(WorldCheck, ReasonsAreInBothLanguages) {
  WorldParts parts = town_parts(3);
  parts.terrain = std::make_shared<Terrain>();
  parts.entities[index_of(Kind::hospital)].place[0] = {-5000, 0};
  const auto problems = check_parts(parts);
  ASSERT_GE(problems.size(), 2U);
  for (const auto& problem : problems) {
    EXPECT_FALSE(problem.reason_vi.empty() || problem.reason_en.empty() || problem.where.empty());
  }
}

TEST(WorldCheck, APartThatRoadsDoNotLeadToIsOneWarning) {
  WorldParts parts = sound_parts();
  const std::uint32_t a = junction(parts, {250, 300});
  const std::uint32_t b = junction(parts, {350, 300});
  link(parts, a, b);
  link(parts, b, a);
  const auto problems = found(parts, "disconnected_roads");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].severity, ProblemSeverity::warning);
  EXPECT_THAT(problems[0].reason_en, HasSubstr("2 junctions and 2 links"));
  EXPECT_EQ(problems[0].where, "urn:ngsi-ld:Junction:test-9");
}

TEST(WorldCheck, AOneWayTrapIsDisconnected) {
  WorldParts parts = sound_parts();
  link(parts, 4, junction(parts, {450, 450}));  // in, and never out again
  EXPECT_EQ(found(parts, "disconnected_roads").size(), 1U);
}

TEST(WorldCheck, AHospitalOnACutOffJunctionIsUnreachable) {
  WorldParts parts = sound_parts();
  const std::uint32_t island = junction(parts, {300, 300});
  auto& hospitals = parts.entities[index_of(Kind::hospital)];
  hospitals.attributes[hospital_attribute::junction_row][0] = island;
  auto& shelters = parts.entities[index_of(Kind::shelter)];
  shelters.attributes[shelter_attribute::junction_row][1] = std::nan("");
  const auto problems = found(parts, "unreachable");
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].where, hospitals.urn[0]);
  EXPECT_EQ(problems[1].where, shelters.urn[1]);
  EXPECT_TRUE(can_run(problems));
}

TEST(WorldCheck, ALinkShorterThanItsEndsAreApartIsTold) {
  WorldParts parts = sound_parts();
  parts.entities[index_of(Kind::road)].attributes[road_attribute::length_m][3] = 150;
  const auto problems = found(parts, "link_too_short");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].where, parts.entities[index_of(Kind::road)].urn[3]);
  EXPECT_THAT(problems[0].reason_en, HasSubstr("150 m long, less than the straight 200 m"));
}

TEST(WorldCheck, AShapeThatMissesItsJunctionIsTold) {
  WorldParts parts = sound_parts();
  parts.roads.shape[0].y_m += 5;
  EXPECT_EQ(found(parts, "loose_end").size(), 1U);
}

TEST(WorldCheck, ARiverWhoseBedRisesIsTold) {
  WorldParts parts = sound_parts();
  parts.rivers[0].bed_m = {99, 97, 98};
  const auto problems = found(parts, "river_runs_uphill");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0].where, HasSubstr("Đăk Bla, 0.8 km"));
  EXPECT_THAT(problems[0].reason_vi, HasSubstr("1 m"));
}

TEST(WorldCheck, TerrainAcrossARiverIsToldWhereItStandsHighest) {
  WorldParts parts = sound_parts();
  auto terrain = std::make_shared<Terrain>(*parts.terrain);
  auto& heights = terrain->grids[0].elevation_m;
  // A wall of three cells, so that no way round it lies within a cell of the line.
  for (std::size_t row = 0; row < heights.shape.rows; ++row) {
    for (std::size_t column = 24; column < 28; ++column) heights.at(column, row) = 107;
  }
  parts.terrain = terrain;
  const auto problems = found(parts, "terrain_blocks_river");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0].reason_en, HasSubstr("stands 7 m above"));
  EXPECT_THAT(problems[0].where, HasSubstr("0.5 km"));
}

TEST(WorldCheck, ARiverIntoNowhereIsTold) {
  WorldParts parts = sound_parts();
  parts.rivers[0].flows_into = "Sê San";
  EXPECT_EQ(found(parts, "unknown_mouth").size(), 1U);
}

TEST(WorldCheck, AGaugeFarFromAnyRiverIsTold) {
  WorldParts parts = sound_parts();
  parts.rivers[0].line = {{10, 790}, {400, 790}, {780, 790}};
  const auto problems = found(parts, "gauge_far_from_river");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0].reason_en, HasSubstr("590 m away"));
}

TEST(WorldCheck, EntitiesOutsideAndWithoutAPlaceAreTold) {
  WorldParts parts = sound_parts();
  parts.entities[index_of(Kind::school)].place[0] = {9000, 9000};
  EXPECT_EQ(found(parts, "outside_extent").size(), 1U);
  EXPECT_TRUE(can_run(check_parts(parts)));
  parts.entities[index_of(Kind::school)].place[0].x_m = std::nan("");
  EXPECT_EQ(found(parts, "no_place").size(), 1U);
  EXPECT_FALSE(can_run(check_parts(parts)));
}

TEST(WorldCheck, WhatMustBeKnownAndIsNotIsTold) {
  WorldParts parts = sound_parts();
  parts.entities[index_of(Kind::shelter)].attributes[shelter_attribute::places][1] = std::nan("");
  parts.entities[index_of(Kind::school)].attributes[school_attribute::pupils][0] = std::nan("");
  const auto problems = found(parts, "missing_attribute");
  ASSERT_EQ(problems.size(), 1U) << "a school may have an unknown number of pupils";
  EXPECT_THAT(problems[0].reason_en, HasSubstr("places"));
}

TEST(WorldCheck, ANegativeAmountCannotRun) {
  WorldParts parts = sound_parts();
  parts.entities[index_of(Kind::hospital)].attributes[hospital_attribute::beds][0] = -5;
  parts.entities[index_of(Kind::river_gauge)].attributes[river_gauge_attribute::bed_m][0] = -2;
  const auto problems = found(parts, "negative_attribute");
  ASSERT_EQ(problems.size(), 1U) << "a level may be negative";
  EXPECT_EQ(problems[0].severity, ProblemSeverity::error);
  EXPECT_THAT(problems[0].reason_en, HasSubstr("beds"));
}

TEST(WorldCheck, AlarmLevelsMustRise) {
  WorldParts parts = sound_parts();
  parts.entities[index_of(Kind::river_gauge)].attributes[river_gauge_attribute::bd2_m][0] = 104;
  EXPECT_EQ(found(parts, "alarm_levels_out_of_order").size(), 1U);
}

TEST(WorldCheck, NamesAreCountedByKind) {
  WorldParts parts = sound_parts();
  for (auto& name : parts.entities[index_of(Kind::residence)].name) name.clear();
  parts.entities[index_of(Kind::junction)].name[0].clear();
  const auto problems = found(parts, "missing_names");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].severity, ProblemSeverity::note);
  EXPECT_EQ(problems[0].reason_en, "9 of 9 have no name");
}

TEST(WorldCheck, EveryUseOfADuplicateIdIsTold) {
  WorldParts parts = sound_parts();
  auto& homes = parts.entities[index_of(Kind::residence)];
  homes.urn[3] = homes.urn[4] = homes.urn[0];
  EXPECT_EQ(found(parts, "duplicate_id").size(), 2U);
}

TEST(WorldCheck, HolesInTheTerrainCannotRun) {
  WorldParts parts = sound_parts();
  auto terrain = std::make_shared<Terrain>(*parts.terrain);
  terrain->grids[0].elevation_m.values[7] = std::nanf("");
  parts.terrain = terrain;
  EXPECT_EQ(found(parts, "holes_in_terrain").size(), 1U);
  EXPECT_FALSE(can_run(check_parts(parts)));
}

TEST(WorldCheck, TerrainSmallerThanTheExtentIsTold) {
  WorldParts parts = sound_parts();
  parts.extent.max_x_m += 1000;
  EXPECT_EQ(found(parts, "terrain_too_small").size(), 1U);
}

}  // namespace
}  // namespace kontwin
