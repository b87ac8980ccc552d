// Dams, edges and rain of a flood in scenario files, and the edits of them.
#include "tests/scenarios/file/flood_works_file.hpp"

namespace kontwin {
namespace {

TEST_F(FloodWorksFile, ReadsADamAndItsEdits) {
  const Scenario scenario = load(R"(
[[flood.reservoir]]
urn = "urn:ngsi-ld:Reservoir:dam"
storage = [[120, 5e6], [150, 30e6]]
gates = [{ count = 3, sill_m = 130, width_m = 8, height_m = 6 }]
gate_opening = [["2025-11-18T03:00:00+07:00", 0.25]]
spillway = { crest_m = 149, width_m = 60, coefficient = 1.28 }
rule = [[120, 0], [150, 900]]
inflow_m3ps = [["2025-11-18T03:00:00+07:00", 500]]
whole_release = true
[[edit]]
do = "set_gate"
where = { urns = ["urn:ngsi-ld:Reservoir:dam"] }
opening = 0.5
[[edit]]
at = "10min"
do = "breach"
where = { urns = ["urn:ngsi-ld:Reservoir:dam"] }
bottom_m = 125
overtopped = false
at_crest = true
)");
  ASSERT_EQ(scenario.flood->reservoirs.size(), 1U);
  const auto& works = scenario.flood->reservoirs[0];
  EXPECT_EQ(works.gates.at(0).count, 3);
  EXPECT_EQ(works.spill_width_m, 60);
  EXPECT_EQ(works.rule_m_m3ps.size(), 2U);
  EXPECT_TRUE(works.whole_release);
  ASSERT_EQ(scenario.edits.size(), 2U);
  EXPECT_EQ(std::get<SetGate>(scenario.edits[0].edit).opening, 0.5);
  const auto& breach = std::get<StartBreach>(scenario.edits[1].edit);
  EXPECT_EQ(breach.reservoir, world->find("urn:ngsi-ld:Reservoir:dam")->row);
  EXPECT_FALSE(breach.overtopped);
  EXPECT_EQ(breach.at_level_m, StartBreach::at_crest);
}

TEST_F(FloodWorksFile, RefusesAScheduleForAnUnknownDamAndGatesNobodyGave) {
  EXPECT_THAT(refusal("[[flood.reservoir]]\nurn = \"urn:ngsi-ld:Reservoir:other\"\n"
                      "gate_opening = [[\"2025-11-18T03:00:00+07:00\", 0.25]]\n"),
              AllOf(HasSubstr("try.toml:8"), HasSubstr("'urn'"),
                    HasSubstr("no entity 'urn:ngsi-ld:Reservoir:other'")));
  EXPECT_THAT(refusal("[[flood.reservoir]]\nurn = \"urn:ngsi-ld:Reservoir:dam\"\n"
                      "gate_opening = [[\"2025-11-18T03:00:00+07:00\", 0.25]]\n"),
              HasSubstr("no gates are given"));
  EXPECT_THAT(refusal("[[flood.reservoir]]\nurn = \"urn:ngsi-ld:Reservoir:dam\"\n"
                      "storage = [[120, 5e6], [119, 6e6]]\n"),
              HasSubstr("storage: point 2"));
  EXPECT_THAT(refusal("[[edit]]\ndo = \"set_gate\"\nopening = 1\n"
                      "where = { urns = [\"urn:ngsi-ld:Reservoir:dam\"] }\n"),
              AllOf(HasSubstr("try.toml:7"), HasSubstr("gives gates of")));
  EXPECT_THAT(refusal("[[edit]]\ndo = \"set_structure\"\nstructure = \"cống\"\nopen = 0\n"),
              AllOf(HasSubstr("try.toml:7"), HasSubstr("'structure'"), HasSubstr("'cống'")));
}

TEST_F(FloodWorksFile, ReadsALeveeThatBreaksAndARoadThatIsRaised) {
  const Scenario scenario = load(R"(
[[edit]]
do = "raise_road"
where = { urns = ["urn:ngsi-ld:Road:test-3"] }
height_m = 0.8
[[edit]]
at = "20min"
do = "breach"
line = [@A, @B]
place = @A
bottom_m = 99
width_m = 30
formation = "30min"
at_level_m = 100.5
)");
  EXPECT_EQ(std::get<RaiseRoad>(scenario.edits.at(0).edit).height_m, 0.8);
  const auto& breach = std::get<StartBreach>(scenario.edits.at(1).edit);
  EXPECT_EQ(breach.line.size(), 2U);
  EXPECT_EQ(breach.formation, std::chrono::minutes(30));
  EXPECT_EQ(breach.at_level_m, 100.5);
  EXPECT_THAT(refusal("[[edit]]\ndo = \"breach\"\nline = [@A, @B]\nplace = @A\nbottom_m = 99\n"
                      "width_m = 30\nformation = \"30min\"\nat_level_m = 98\n"),
              HasSubstr("must lie over bottom_m"));
  EXPECT_THAT(refusal("[[edit]]\ndo = \"breach\"\nline = [@A, @B]\nplace = @A\nbottom_m = 99\n"),
              HasSubstr("needs 'width_m' and 'formation', or 'volume_m3'"));
}

TEST_F(FloodWorksFile, RefusesALineThatHoldsNoWaterAtItsLine) {
  EXPECT_THAT(refusal("[[edit]]\ndo = \"add_barrier\"\nline = [[100, 10], [100.1, 10]]\n"
                      "height_m = 1\n"),
              AllOf(HasSubstr("try.toml:7"), HasSubstr("'line'")));
  EXPECT_THAT(refusal("[[edit]]\ndo = \"add_barrier\"\nline = [@A, @A]\nheight_m = 1\n"),
              AllOf(HasSubstr("try.toml:7: field 'line': separates no cells")));
  EXPECT_THAT(refusal("[[edit]]\nat = \"50min\"\ndo = \"breach\"\nline = [@A, @A]\nplace = @A\n"
                      "bottom_m = 99\nwidth_m = 30\nformation = \"30min\"\n"),
              AllOf(HasSubstr("try.toml:7: field 'line': separates no cells")));
}

TEST_F(FloodWorksFile, AnEditKnowsWhereItWasWritten) {
  const Scenario scenario = load("[[edit]]\ndo = \"add_barrier\"\nline = [@A, @B]\nheight_m = 1\n");
  ASSERT_EQ(scenario.edits.size(), 1U);
  EXPECT_EQ(scenario.edits[0].origin, (folder.path() / "try.toml").string() + ":7");
  const Branch branch = make_branch(scenario, world, StateTable(*world), Instant{});
  EXPECT_EQ(branch.edits.at(0).origin, scenario.edits[0].origin);
}

TEST_F(FloodWorksFile, ReadsEdges) {
  const Scenario scenario = load(R"(
[[flood.edge]]
side = "west"
kind = "discharge"
part = [@A, @B]
discharge_m3ps = [["2025-11-18T03:00:00+07:00", 50]]
[[flood.edge]]
side = "east"
kind = "stage"
stage_m = [["2025-11-18T03:00:00+07:00", -1.5]]
[[flood.edge]]
side = "north"
kind = "slope"
slope = 0.001
)");
  const auto& edges = scenario.flood->edges;
  ASSERT_EQ(edges.size(), 3U);
  EXPECT_EQ(edges[0].kind, flood::EdgeCondition::Kind::discharge);
  EXPECT_NEAR(edges[0].part->second.x_m, 250, 0.2);
  EXPECT_EQ(edges[1].over_time.value.at(0), -1.5);
  EXPECT_EQ(edges[2].slope, 0.001);
  EXPECT_THAT(refusal("[[flood.edge]]\nside = \"top\"\nkind = \"closed\"\n"),
              AllOf(HasSubstr("'side'"), HasSubstr("east, north, south, west")));
  EXPECT_THAT(refusal("[[flood.edge]]\nside = \"west\"\nkind = \"stage\"\n"),
              HasSubstr("'stage_m' is missing"));
}

TEST_F(FloodWorksFile, ReadsADesignStormAndRasters) {
  const Scenario design = load(R"(
[forcing.rain.design]
shape = "chicago"
start = "2025-11-18T03:00:00+07:00"
duration = "6h"
step = "10min"
peak = 0.35
depths_mm = [[10, 25], [60, 70], [360, 120], [1440, 190]]
return_period_years = 50
source = "a station's yearbook"
)");
  ASSERT_EQ(design.forcing.rain_mmph.at.size(), 38U);
  EXPECT_EQ(design.forcing.rain_mmph.value.front(), 0) << "and as dry before the storm";
  double fallen_mm = 0;
  for (const double mmph : design.forcing.rain_mmph.value) fallen_mm += mmph / 6;
  EXPECT_NEAR(fallen_mm, 120, 1e-6);
  const Scenario rasters = load(R"(
[forcing.rain]
rasters = [["2025-11-18T03:00:00+07:00", "a.tif"], ["2025-11-18T04:00:00+07:00", "b.tif"]]
)");
  ASSERT_NE(rasters.forcing.rain_raster, nullptr);
  EXPECT_EQ(rasters.forcing.rain_raster->at.size(), 2U);
  EXPECT_EQ(rasters.forcing.rain_raster->name, "b.tif");
}

TEST_F(FloodWorksFile, RefusesRainThatCannotFall) {
  EXPECT_THAT(refusal("[forcing.rain]\nmm_per_hour = [[\"2025-11-18T03:00:00+07:00\", -1]]\n"),
              AllOf(HasSubstr("'mm_per_hour'"), HasSubstr("0 or more")));
  EXPECT_THAT(refusal("[forcing.rain]\nmm_per_hour = [[\"2025-11-18T03:00:00+07:00\", 1], "
                      "[\"2025-11-18T02:00:00+07:00\", 1]]\n"),
              HasSubstr("its moments must rise"));
  EXPECT_THAT(refusal("[forcing.rain]\nmm_per_hour = [[\"2025-11-18T03:00:00+07:00\"]]\n"),
              HasSubstr("list of [moment, value]"));
  EXPECT_THAT(refusal("[forcing.rain]\nmm_per_hour = [[\"2025-11-18T03:00:00+07:00\", nan]]\n"),
              HasSubstr("must be a finite number"));
  EXPECT_THAT(refusal("[forcing.rain.design]\nstart = \"2025-11-18T03:00:00+07:00\"\n"),
              HasSubstr("needs one of 'tcvn_7957', 'formula' and 'depths_mm'"));
  EXPECT_THAT(refusal("[forcing.rain.design]\nstart = \"2025-11-18T03:00:00+07:00\"\n"
                      "depths_mm = [[10, 25], [60, 20]]\n"),
              AllOf(HasSubstr("try.toml:7"), HasSubstr("more rain falls in longer time")));
  EXPECT_THAT(refusal("[[forcing.inflow]]\nname = \"x\"\nplace = @A\nriver = \"none\"\n"
                      "discharge_m3ps = [[\"2025-11-18T03:00:00+07:00\", 5]]\n"),
              HasSubstr("no river 'none'"));
}

}  // namespace
}  // namespace kontwin
