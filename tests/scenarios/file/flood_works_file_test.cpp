// Structures, dams, edges and rain of a flood in scenario files, and the edits of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/file/scenario_file.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_world.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using flood::StructurePlan;
using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::message_of;
using testing::ScratchFolder;

constexpr const char* head = R"(name = "try"
title_vi = "Thử"
title_en = "Try"
length = "1h"
[flood]
grid = "town"
)";

std::shared_ptr<const World> town_with_a_dam() {
  WorldParts parts = testing::town_parts(4);
  parts.add(Kind::reservoir, {.urn = make_urn(Kind::reservoir, "dam"),
                              .name = "dam",
                              .place = {50, 50},
                              .provenance = Provenance::synthetic,
                              .source = 0,
                              .commune_code = "",
                              .attributes = {150, 120, 145, 30e6, 5e6, 10}});
  return World::seal(std::move(parts));
}

class FloodWorksFile : public ::testing::Test {
 protected:
  /// The text with `@A` and `@B` for two places in the town.
  Scenario load(std::string text) const {
    for (const auto& [word, place] :
         {std::pair{"@A", LocalPoint{110, 110}}, std::pair{"@B", LocalPoint{250, 110}}}) {
      const GeoPoint at = world->frame().to_geo(place);
      const std::string written =
          "[" + std::to_string(at.longitude_deg) + ", " + std::to_string(at.latitude_deg) + "]";
      for (auto found = text.find(word); found != std::string::npos; found = text.find(word)) {
        text.replace(found, 2, written);
      }
    }
    const auto path = folder.write("try.toml", head + text);
    return load_scenario(
        path, *world,
        [](const auto& file, const auto&, const auto&) -> TimeSeries {
          throw FileError(file.string(), "no recordings in this test");
        },
        [](const auto& files, const World&) {
          RainRaster rain;
          rain.shape = {.cell_m = 1000, .columns = 1, .rows = 1};
          for (const auto& [moment, file] : files) {
            rain.at.push_back(moment);
            rain.mmph.push_back({5});
            rain.name = file.filename();
          }
          return rain;
        });
  }
  std::string refusal(const std::string& text) const {
    return message_of<FileError>([&] { load(text); });
  }

  ScratchFolder folder;
  std::shared_ptr<const World> world = town_with_a_dam();
};

TEST_F(FloodWorksFile, ReadsStructures) {
  const Scenario scenario = load(R"(
evaporation_mm_per_day = 4
[[flood.structure]]
name = "cống"
kind = "culvert"
from = @A
to = @B
diameter_m = 1.5
barrels = 2
inlet = "groove"
outlet_invert_m = 98.5
one_way = true
[[flood.structure]]
name = "cửa"
kind = "gate"
from = @A
to = @B
width_m = 4
height_m = 2
open = [["2025-11-18T03:00:00+07:00", 0.5]]
[[flood.structure]]
name = "bơm"
kind = "pump"
from = @A
capacity_m3ps = 2
start_level_m = 101
stop_level_m = 100
)");
  const auto& structures = scenario.flood->structures;
  ASSERT_EQ(structures.size(), 3U);
  EXPECT_EQ(scenario.flood->evaporation_mm_per_day, 4);
  EXPECT_EQ(structures[0].kind, StructurePlan::Kind::culvert);
  EXPECT_TRUE(structures[0].culvert.round);
  EXPECT_TRUE(structures[0].one_way);
  EXPECT_EQ(structures[0].culvert.barrels, 2);
  EXPECT_NEAR(structures[0].culvert.length_m, 140, 0.2);
  EXPECT_EQ(structures[0].culvert.inlet.entrance_loss, 0.2);
  EXPECT_TRUE(std::isnan(structures[0].culvert.inlet_invert_m));
  EXPECT_EQ(structures[0].culvert.outlet_invert_m, 98.5);
  EXPECT_EQ(structures[1].open.value, std::vector<double>{0.5});
  EXPECT_FALSE(structures[2].to);
  EXPECT_EQ(structures[2].stop_level_m, 100);
}

TEST_F(FloodWorksFile, TakesFromOpeningsTheShareOfTheirAreaThatIsBlocked) {
  const std::string ends = "from = @A\nto = @B\nblocked = 0.36\n";
  const Scenario scenario =
      load("[[flood.structure]]\nname = \"pipe\"\nkind = \"culvert\"\ndiameter_m = 2\n" + ends +
           "[[flood.structure]]\nname = \"box\"\nkind = \"culvert\"\nwidth_m = 2\nheight_m = 1\n" +
           ends + "[[flood.structure]]\nname = \"bridge\"\nkind = \"bridge\"\nwidth_m = 10\n" +
           "height_m = 3\n" + ends);
  const auto& structures = scenario.flood->structures;
  EXPECT_NEAR(structures[0].culvert.width_m, 1.6, 1e-12);
  EXPECT_NEAR(structures[0].culvert.height_m, 1.6, 1e-12);
  EXPECT_NEAR(structures[1].culvert.width_m, 1.28, 1e-12);
  EXPECT_EQ(structures[1].culvert.height_m, 1);
  EXPECT_NEAR(structures[2].width_m, 6.4, 1e-12);
  EXPECT_THAT(refusal("[[flood.structure]]\nname = \"a\"\nkind = \"culvert\"\ndiameter_m = 2\n"
                      "from = @A\nto = @B\nblocked = 1\n"),
              HasSubstr("blocked"));
}

TEST_F(FloodWorksFile, RefusesStructuresByLineAndField) {
  const std::string begin = "[[flood.structure]]\nname = \"a\"\nfrom = @A\nto = @B\n";
  EXPECT_THAT(refusal(begin + "kind = \"tunnel\"\n"),
              AllOf(HasSubstr("'kind'"), HasSubstr("bridge, culvert, drain, gate, pump, weir")));
  EXPECT_THAT(refusal(begin + "kind = \"culvert\"\ndiameter_m = 1\ninlet = \"hole\"\n"),
              AllOf(HasSubstr("'inlet'"), HasSubstr("headwall, groove")));
  EXPECT_THAT(
      refusal(begin +
              "kind = \"weir\"\nwidth_m = 4\nopen = [[\"2025-11-18T03:00:00+07:00\", 2]]\n"),
      AllOf(HasSubstr("'open'"), HasSubstr("share from 0 to 1")));
  EXPECT_THAT(refusal(begin + "kind = \"weir\"\nwidht_m = 4\n"), HasSubstr("width_m"));
  EXPECT_THAT(
      refusal(begin + "kind = \"weir\"\nwidth_m = 4\n" + begin + "kind = \"weir\"\nwidth_m = 4\n"),
      HasSubstr("another structure is named 'a'"));
}

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
  EXPECT_EQ(std::get<SetGate>(scenario.edits[0].second).opening, 0.5);
  const auto& breach = std::get<StartBreach>(scenario.edits[1].second);
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
  EXPECT_EQ(std::get<RaiseRoad>(scenario.edits.at(0).second).height_m, 0.8);
  const auto& breach = std::get<StartBreach>(scenario.edits.at(1).second);
  EXPECT_EQ(breach.line.size(), 2U);
  EXPECT_EQ(breach.formation, std::chrono::minutes(30));
  EXPECT_EQ(breach.at_level_m, 100.5);
  EXPECT_THAT(refusal("[[edit]]\ndo = \"breach\"\nline = [@A, @B]\nplace = @A\nbottom_m = 99\n"
                      "width_m = 30\nformation = \"30min\"\nat_level_m = 98\n"),
              HasSubstr("must lie over bottom_m"));
  EXPECT_THAT(refusal("[[edit]]\ndo = \"breach\"\nline = [@A, @B]\nplace = @A\nbottom_m = 99\n"),
              HasSubstr("needs 'width_m' and 'formation', or 'volume_m3'"));
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
  ASSERT_EQ(design.forcing.rain_mmph.at.size(), 37U);
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
