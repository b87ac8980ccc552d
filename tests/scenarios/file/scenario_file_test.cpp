#include "scenarios/file/scenario_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_world.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::message_of;
using testing::ScratchFolder;

constexpr const char* head = R"(name = "try"
title_vi = "Thử"
title_en = "Try"
length = "1h"
)";

class ScenarioFile : public ::testing::Test {
 protected:
  Scenario load(const std::string& text) const {
    const auto path = folder.write("try.toml", text);
    return load_scenario(path, *world,
                         [](const auto& file, const auto&, const auto&) -> TimeSeries {
                           throw FileError(file.string(), "no recordings in this test");
                         });
  }
  std::string refusal(const std::string& text) const {
    return message_of([&] { load(text); });
  }

  ScratchFolder folder;
  std::shared_ptr<const World> world = testing::town(4);
};

TEST_F(ScenarioFile, ReadsWhereVehiclesAreDrivenAsIndividuals) {
  const Scenario scenario = load(std::string(head) + R"(
[traffic]
micro = { roads = { urns = ["urn:ngsi-ld:Road:test-3"] }, following = "krauss", step_s = 0.25 }
)");
  ASSERT_EQ(scenario.traffic->micro_junctions.size(), 1U);
  EXPECT_EQ(scenario.traffic->micro.following, traffic::micro::CarFollowing::krauss);
  EXPECT_EQ(scenario.traffic->micro.step_s, 0.25);
  EXPECT_THAT(refusal(std::string(head) + "[traffic]\nmicro = { step_s = 0.5 }\n"),
              HasSubstr("neither 'junctions' nor 'roads'"));
  EXPECT_THAT(refusal(std::string(head) + R"([traffic]
micro = { junctions = { inside = [[108.0, 14.0], [108.1, 14.0]] } }
)"),
              HasSubstr("three corners"));
}

TEST_F(ScenarioFile, ReadsTimesEnginesAndEdits) {
  const Scenario scenario = load(std::string(head) + R"(
window = "30s"
frame_every = "5min"
seed = 7
[traffic]
background_trips_per_person_day = 0.5
[evacuation]
[[edit]]
at = "10min"
do = "set_road_open"
where = { urns = ["urn:ngsi-ld:Road:test-3"] }
[[edit]]
at = "2025-11-18T03:00:00+07:00"
do = "order_evacuation"
where = { communes = [], near = [108.0, 14.7], within_m = 1e7 }
)");
  EXPECT_EQ(scenario.length, std::chrono::hours(1));
  EXPECT_EQ(scenario.window, std::chrono::seconds(30));
  EXPECT_EQ(scenario.seed, 7U);
  EXPECT_FALSE(scenario.flood.has_value());
  ASSERT_TRUE(scenario.traffic.has_value());
  EXPECT_DOUBLE_EQ(scenario.traffic->background_trips_per_person_day, 0.5);
  ASSERT_EQ(scenario.edits.size(), 2U);
  EXPECT_EQ(std::get<Duration>(scenario.edits[0].at), std::chrono::minutes(10));
  const auto& closing = std::get<SetRoadOpen>(scenario.edits[0].edit);
  EXPECT_EQ(closing.road, 3U);
  EXPECT_FALSE(closing.open);
  EXPECT_EQ(std::get<OrderEvacuation>(scenario.edits[1].edit).residences.size(), 16U);
}

TEST_F(ScenarioFile, AMomentBeforeTheStartIsRefusedByItsLine) {
  const auto edit_at = [this](const std::string& start, const std::string& at) {
    return message_of<FileError>([&] {
      load(std::string(head) + start + "[traffic]\n[evacuation]\n[[edit]]\nat = \"" + at +
           "\"\ndo = \"order_evacuation\"\nwhere = { near = [108.0, 14.7], within_m = 1e7 }\n");
    });
  };
  const std::string start = "start = \"2025-11-18T03:00:00+07:00\"\n";
  EXPECT_EQ(edit_at(start, "2025-11-18T03:00:00+07:00"), "");
  EXPECT_THAT(edit_at(start, "2025-11-18T02:59:59+07:00"),
              AllOf(HasSubstr("try.toml:8: "), HasSubstr("before the start"),
                    HasSubstr("'at' is 02:59 18/11/2025"), HasSubstr("'start' 03:00 18/11/2025")));
  // What it counts from is known when it is run.
  EXPECT_EQ(edit_at("", "2025-11-18T02:59:59+07:00"), "");
}

TEST_F(ScenarioFile, ReadsInsetsOfTheFloodAndSaysWhatTheyNeed) {
  const GeoPoint low = world->frame().to_geo({200, 200});
  const GeoPoint high = world->frame().to_geo({400, 400});
  const auto within =
      "within = [[" + std::to_string(low.longitude_deg) + ", " + std::to_string(low.latitude_deg) +
      "], [" + std::to_string(high.longitude_deg) + ", " + std::to_string(high.latitude_deg) + "]]";
  const auto flood = [](const std::string& insets) {
    return std::string(head) + "[flood]\ngrid = \"town\"\n[[flood.insets]]\n" + insets;
  };
  const Scenario scenario = load(flood("grid = \"town\"\nname = \"centre\"\n" + within +
                                       "\nscheme = \"finite_volume\"\norder = 1\n"));
  ASSERT_EQ(scenario.flood->insets.size(), 1U);
  const FloodInset& inset = scenario.flood->insets[0];
  EXPECT_EQ(inset.name, "centre");
  EXPECT_EQ(inset.scheme, FloodScheme::finite_volume);
  EXPECT_EQ(inset.order, 1);
  EXPECT_NEAR(inset.within->min_x_m, 200, 0.2);
  EXPECT_NEAR(inset.within->max_y_m, 400, 0.2);
  EXPECT_THAT(refusal(flood("grid = \"moon\"\n")),
              AllOf(HasSubstr("try.toml:8"), HasSubstr("no terrain grid 'moon'")));
  EXPECT_THAT(refusal(flood("grid = \"town\"\n")), HasSubstr("called 'town' already"));
  EXPECT_THAT(refusal(flood("grid = \"town\"\nname = \"a\"\nwithin = [[108.0, 14.0]]\n")),
              HasSubstr("two opposite corners"));
  EXPECT_THAT(refusal(flood("grid = \"town\"\nname = \"a\"\n" + within +
                            "\n[[flood.insets]]\ngrid = \"town\"\nname = \"b\"\n" + within)),
              AllOf(HasSubstr("try.toml:12"), HasSubstr("'b' overlaps or touches 'a'")));
  EXPECT_THAT(refusal(flood("grid = \"town\"\nname = \"a\"\nresampl = true\n")),
              HasSubstr("resample"));
}

TEST_F(ScenarioFile, NamesLineFieldAndTheLikelyWordOfAMisspeltField) {
  EXPECT_THAT(refusal(std::string(head) + "frame_evry = \"5min\"\n[traffic]\n"),
              AllOf(HasSubstr("try.toml:5:"), HasSubstr("'frame_evry'"),
                    HasSubstr("did you mean 'frame_every'?")));
}

TEST_F(ScenarioFile, RefusesAMisspeltFieldInsideAnEngineTable) {
  EXPECT_THAT(refusal(std::string(head) + "[traffic]\npatience_mins = 5\n"),
              AllOf(HasSubstr("try.toml:6:"), HasSubstr("patience_min")));
}

TEST_F(ScenarioFile, RefusesAnUnknownEditAndListsTheKnownOnes) {
  EXPECT_THAT(refusal(std::string(head) + "[traffic]\n[[edit]]\ndo = \"shut_road\"\n"),
              AllOf(HasSubstr(":7:"), HasSubstr("'shut_road'"), HasSubstr("set_road_open")));
}

TEST_F(ScenarioFile, RefusesAnEntityTheWorldDoesNotHave) {
  EXPECT_THAT(refusal(std::string(head) + R"([traffic]
[[edit]]
do = "set_road_open"
where = { urns = ["urn:ngsi-ld:Road:nowhere"] }
)"),
              AllOf(HasSubstr(":8:"), HasSubstr("urn:ngsi-ld:Road:nowhere")));
}

TEST_F(ScenarioFile, RefusesASelectionOfNothing) {
  EXPECT_THAT(refusal(std::string(head) + R"([traffic]
[[edit]]
do = "set_road_open"
where = { below_m = 10 }
)"),
              HasSubstr("no road meets all conditions"));
}

TEST_F(ScenarioFile, RefusesATextWhereANumberBelongs) {
  EXPECT_THAT(refusal(std::string(head) + "[traffic]\nmotorbike_share = \"most\"\n"),
              AllOf(HasSubstr(":6:"), HasSubstr("must be a number")));
}

TEST_F(ScenarioFile, ReadsALeadInAndRefusesOneThatIsNoWholeNumberOfWindows) {
  EXPECT_EQ(load(std::string(head) + "lead_in = \"30min\"\n[traffic]\n").lead_in,
            std::chrono::minutes(30));
  EXPECT_THAT(refusal(std::string(head) + "lead_in = \"90s\"\n[traffic]\n"),
              AllOf(HasSubstr("lead_in"), HasSubstr("whole number of windows")));
}

TEST_F(ScenarioFile, RefusesALengthThatIsNoWholeNumberOfWindows) {
  EXPECT_THAT(refusal(std::string(head) + "window = \"7s\"\n[traffic]\n"),
              HasSubstr("whole number of windows"));
}

TEST_F(ScenarioFile, RefusesANameThatWouldPutTheRunFileElsewhere) {
  for (const char* name : {"../../other", "/tmp/run", ".hidden"}) {
    EXPECT_THAT(refusal("name = \"" + std::string(name) + "\"\ntitle_vi = \"x\"\n"),
                AllOf(HasSubstr("try.toml:1: field 'name'"), HasSubstr("run files are named")));
  }
}

TEST_F(ScenarioFile, RefusesAFileThatIsNotToml) {
  EXPECT_THAT(refusal("name = \"try\"\nlength = = 4\n"), HasSubstr("try.toml:2:"));
}

TEST_F(ScenarioFile, RefusesAScenarioWithoutAnEngine) {
  EXPECT_THAT(refusal(head), HasSubstr("names no engine"));
}

TEST_F(ScenarioFile, RefusesAPlaceThatIsNoneOrTooFarAway) {
  const auto refusal_of = [this](const std::string& place) {
    return refusal(std::string(head) + "[traffic]\n[[edit]]\ndo = \"set_road_open\"\n" +
                   "where = { near = " + place + ", within_m = 10 }\n");
  };
  EXPECT_THAT(refusal_of("[nan, 14]"), AllOf(HasSubstr("try.toml:8:"), HasSubstr("no place")));
  EXPECT_THAT(refusal_of("[18, 0]"), AllOf(HasSubstr("try.toml:8:"), HasSubstr("field 'near'"),
                                           HasSubstr("too far from its origin")));
}

TEST_F(ScenarioFile, TwoRoadsBetweenTheSameJunctionsAreTwoRoads) {
  const auto pair = [this](std::uint32_t row) {
    const GeoPoint p = world->frame().to_geo(world->place({Kind::junction, row}));
    return "[" + std::to_string(p.longitude_deg) + ", " + std::to_string(p.latitude_deg) + "]";
  };
  const std::string road = "[[add_road]]\nname = \"Cầu\"\nfrom = " + pair(0) +
                           "\nto = " + pair(15) + "\nspeed_kmh = 50\n";
  const Scenario scenario = load(std::string(head) + "[traffic]\n" + road + road);
  const Branch branch = make_branch(scenario, world, StateTable(*world), Instant{});
  EXPECT_EQ(branch.world->roads().links(), world->roads().links() + 4);
}

TEST_F(ScenarioFile, AnAddedRoadGivesTheBranchAWorldOfItsOwn) {
  const GeoPoint from = world->frame().to_geo(world->place({Kind::junction, 0}));
  const GeoPoint to = world->frame().to_geo(world->place({Kind::junction, 15}));
  const auto pair = [](GeoPoint p) {
    return "[" + std::to_string(p.longitude_deg) + ", " + std::to_string(p.latitude_deg) + "]";
  };
  const Scenario scenario =
      load(std::string(head) + "[traffic]\n[[add_road]]\nname = \"Cầu mới\"\nfrom = " + pair(from) +
           "\nto = " + pair(to) + "\nspeed_kmh = 50\n");
  StateTable state(*world);
  state.at({Kind::road, 2}, road_column::open) = 0;
  const Branch branch = make_branch(scenario, world, state, Instant{});
  EXPECT_EQ(branch.world->roads().links(), world->roads().links() + 2);
  EXPECT_EQ(branch.state.rows(Kind::road), world->roads().links() + 2);
  EXPECT_EQ(branch.state.at({Kind::road, 2}, road_column::open), 0);
  EXPECT_NE(branch.world->content_hash(), world->content_hash());
}

}  // namespace
}  // namespace kontwin
