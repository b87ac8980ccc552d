// Cases that run: what comes of them and what is written.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <string>

#include "io/flood/case_tables.hpp"
#include "io/flood/flood_case_run.hpp"
#include "io/import/raster_file.hpp"
#include "io/run/run_file.hpp"
#include "io/run/run_writer.hpp"
#include "tests/io/flood/flood_case_fixture.hpp"

namespace kontwin::flood {
namespace {

using testing::ascii_grid;

/// The valley closed all round, with more water than it can hold 100 m deep.
const std::string full = R"(
length = "8h"
start = "2025-11-18T00:00:00+07:00"
[terrain]
file = "valley.asc"
[flood]
closed_edges = true
[[inflow]]
name = "head"
line = [[500065, 1600095], [500395, 1600095]]
discharge_m3ps = 3000
[[point]]
name = "middle"
place = [500205, 1600095]
[output]
every = "30min"
)";

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(FloodCaseTest, ARiverComesToNormalDepthAndWhatComesInGoesOut) {
  ComputeArena arena(1);
  const CaseOutcome outcome = run_flood_case(read(river), arena);
  // Wide channel: q = 20 / 30 m²/s, h = (q n / √S)^(3/5).
  const double normal_m = std::pow(20.0 / 30 * 0.03 / std::sqrt(0.005), 0.6);
  const auto& middle = outcome.series.points[0].back();
  EXPECT_NEAR(middle.depth_m, normal_m, 0.02 * normal_m);
  EXPECT_NEAR(middle.level_m, 99 + normal_m, 0.02);
  EXPECT_NEAR(middle.east_mps, 20.0 / 30 / normal_m, 0.05);
  EXPECT_EQ(outcome.series.points[1].back().depth_m, 0);
  // The line runs south: east is to its left, so what passes counts below 0.
  EXPECT_NEAR(outcome.series.sections_m3ps[0].back(), -20, 0.2);
  const Balance& water = outcome.series.balance.back();
  EXPECT_NEAR(water.entered, 20.0 * 2400, 1e-3);
  EXPECT_LE(std::abs(water.error()), water.tolerance);
  EXPECT_EQ(outcome.series.time_s.size(), 21U);
}

TEST_F(FloodCaseTest, TheSameOnOneThreadAndOnTwo) {
  ComputeArena one(1);
  ComputeArena two(2);
  const FloodCase flood_case = read(river);
  const auto a = run_flood_case(flood_case, one);
  const auto b = run_flood_case(flood_case, two);
  ASSERT_EQ(a.summary.maps.size(), b.summary.maps.size());
  for (std::size_t i = 0; i < a.series.time_s.size(); ++i) {
    EXPECT_EQ(a.series.points[0][i].depth_m, b.series.points[0][i].depth_m);
  }
}

TEST_F(FloodCaseTest, TablesMapsAndARunFileAreWritten) {
  ComputeArena arena(1);
  std::string text = river;
  text += "maps_every = \"20min\"\nrecord_every = \"20min\"\n";
  const FloodCase flood_case = read(text);
  const auto record = folder_.path() / "run.h5";
  RunWriter writer(record);
  int maps = 0;
  CaseWatch watch;
  watch.record = &writer;
  watch.map = [&](const std::string&, const Raster<float>& depth_m, Duration) {
    EXPECT_TRUE(std::isnan(depth_m.at(0, 19)));  // in the north-west there is no ground
    ++maps;
  };
  const CaseOutcome outcome = run_flood_case(flood_case, arena, watch);
  EXPECT_EQ(maps, 3);
  write_case_tables(folder_.path(), flood_case, outcome);
  EXPECT_TRUE(content(folder_.path() / "points.csv")
                  .starts_with("time_s,point,depth_m,level_m,east_mps,north_mps\n0,middle,"));
  EXPECT_NE(content(folder_.path() / "points_maxima.csv").find("middle,500205,1600095,"),
            std::string::npos);
  EXPECT_TRUE(content(folder_.path() / "sections.csv").starts_with("time_s,section,"));
  EXPECT_TRUE(content(folder_.path() / "balance.csv").starts_with("time_s,initial_m3,"));
  for (const char* const map : {"maximum_depth_m", "maximum_level_m", "maximum_speed_mps",
                                "arrival_s", "duration_s", "maximum_hazard_class"}) {
    EXPECT_TRUE(std::filesystem::exists(folder_.path() / (std::string(map) + ".tif"))) << map;
  }
  const auto unit_of = [&](const char* map) {
    return RasterFile(folder_.path() / map, 1, "", RasterFile::Lies::on_plane).unit();
  };
  EXPECT_EQ(unit_of("maximum_speed_mps.tif"), "m/s");
  EXPECT_EQ(unit_of("maximum_hazard_class.tif"), "");
  const Raster<float> later(flood_case.ground().elevation_m.shape, 1);
  write_case_map(folder_.path(), flood_case, "terrain", "depth_m-0003h00", later);
  EXPECT_EQ(unit_of("depth_m-0003h00.tif"), "m");
  const RunFile run(record);
  EXPECT_EQ(run.frames(), 3U);
  EXPECT_TRUE(run.header().complete);
  EXPECT_NE(case_text(flood_case, outcome).find("middle"), std::string::npos);
}

TEST_F(FloodCaseTest, RainRastersThatBeginLateAreNotedForTheFirstIsHeldBeforeItsMoment) {
  const std::string text =
      "length = \"1h\"\n[terrain]\nfile = \"valley.asc\"\n[rain]\nrasters = [[\"@\", "
      "\"rain.asc\"]]\n";
  folder_.write("rain.asc", ascii_grid(10, 10, 499900, 1599900, 100, [](int, int) { return 6; }));
  const auto rained = [&](const std::string& at) {
    std::string with_time = text;
    return read(with_time.replace(with_time.find('@'), 1, at)).notes;
  };
  const auto is_of_rain = [](const std::string& note) {
    return note.find("the rain begins at 1800 s") != std::string::npos;
  };
  EXPECT_EQ(std::ranges::count_if(rained("30min"), is_of_rain), 1);
  EXPECT_EQ(std::ranges::count_if(rained("0min"), is_of_rain), 0);
}

TEST_F(FloodCaseTest, RainFallsOnlyWhereThereIsGroundAndALakeStaysLevel) {
  ComputeArena arena(1);
  const FloodCase flood_case = read(R"(
length = "1h"
[terrain]
file = "valley.asc"
[flood]
scheme = "finite_volume"
precision = "float64"
closed_edges = true
[[initial]]
level_m = 103
[rain]
mm_per_hour = 36
)");
  const CaseOutcome outcome = run_flood_case(flood_case, arena);
  const Balance& water = outcome.series.balance.back();
  EXPECT_NEAR(water.entered, 0.036 * 100 * (800 - 24), 1e-6);
  EXPECT_LE(std::abs(water.error()), 1e-9 * water.inside);
  // Level but for what rained.
  const auto& deepest = outcome.summary.maps.front().raster;
  EXPECT_NEAR(deepest.at(20, 9) - deepest.at(20, 2), 2, 1e-3);
  EXPECT_TRUE(std::isnan(deepest.at(0, 19)));
}

TEST_F(FloodCaseTest, RoughnessBuildingsAndWallsComeFromFilesAndShapes) {
  folder_.write("n.asc", ascii_grid(20, 10, 500000, 1600000, 20, [](int column, int) {
                  return column < 10 ? 0.05 : std::nan("");
                }));
  folder_.write("cover.asc", ascii_grid(40, 20, 500000, 1600000, 10,
                                        [](int column, int) { return column < 20 ? 10 : 50; }));
  folder_.write("houses.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature",
    "properties":{},"geometry":{"type":"Polygon","coordinates":[[[500200,1600000],[500240,1600000],
    [500240,1600040],[500200,1600040],[500200,1600000]]]}}]})");
  const std::string ground = "length = \"10min\"\n[terrain]\nfile = \"valley.asc\"\n";
  const FloodCase rough = read(ground + R"([roughness]
file = "n.asc"
manning_n = 0.02
[[roughness.area]]
polygon = [[500300, 1600000], [500400, 1600000], [500400, 1600200], [500300, 1600200]]
manning_n = 0.1
[[building]]
file = "houses.geojson"
height_m = 8
)");
  const TerrainGrid& grid = rough.ground();
  EXPECT_FLOAT_EQ(grid.manning_n.at(3, 3), 0.05F);
  EXPECT_FLOAT_EQ(grid.manning_n.at(22, 3), 0.02F);
  EXPECT_FLOAT_EQ(grid.manning_n.at(35, 3), 0.1F);
  EXPECT_NEAR(grid.elevation_m.at(21, 1) - grid.elevation_m.at(21, 5), 8, 1e-4);
  EXPECT_FLOAT_EQ(grid.elevation_m.at(0, 19), 102 + 8 - 0.05F * 20 + 100);  // over the highest
  ASSERT_EQ(rough.notes.size(), 2U);
  EXPECT_NE(rough.notes[0].find("have no roughness"), std::string::npos);
  EXPECT_NE(rough.notes[1].find("24 of 800 cells have no height"), std::string::npos);

  const FloodCase covered = read(ground + R"([roughness]
land_cover = "cover.asc"
classes = [[10, 0.12], [50, 0.03]]
)");
  EXPECT_FLOAT_EQ(covered.ground().manning_n.at(3, 3), 0.12F);
  EXPECT_FLOAT_EQ(covered.ground().manning_n.at(30, 3), 0.03F);

  const FloodCase filled = read(ground + "holes = \"fill\"\n");
  EXPECT_NEAR(filled.ground().elevation_m.at(0, 19), 102, 0.5);
}

TEST_F(FloodCaseTest, AWallHoldsWaterUntilItBreaks) {
  ComputeArena arena(1);
  const std::string lake = R"(
length = "30min"
[terrain]
file = "valley.asc"
[flood]
closed_edges = true
[[initial]]
level_m = 101.5
inside = [[500000, 1600000], [500200, 1600000], [500200, 1600200], [500000, 1600200]]
[[wall]]
line = [[500200, 1600000], [500200, 1600200]]
height_m = 4
[[point]]
name = "below"
place = [500305, 1600095]
)";
  EXPECT_EQ(run_flood_case(read(lake), arena).series.points[0].back().depth_m, 0);
  const FloodCase breaks = read(lake + R"([[breach]]
at = "10min"
line = [[500200, 1600000], [500200, 1600200]]
place = [500200, 1600100]
bottom_m = 99
width_m = 20
formation = "5min"
)");
  const auto outcome = run_flood_case(breaks, arena);
  EXPECT_EQ(outcome.series.points[0][10].depth_m, 0);
  EXPECT_GT(outcome.series.points[0].back().depth_m, 0.3);
}

TEST_F(FloodCaseTest, AnInsetIsReadFromItsOwnTerrain) {
  ComputeArena arena(1);
  folder_.write("fine.asc", ascii_grid(40, 40, 500100, 1600000, 5, [](int column, int row) {
                  const bool channel = row >= 18 && row <= 23;
                  return 99.5 - 0.025 * column + (channel ? 0 : 2);
                }));
  const FloodCase flood_case = read(river + R"([[inset]]
name = "town"
file = "fine.asc"
scheme = "finite_volume"
)");
  const auto outcome = run_flood_case(flood_case, arena);
  const double normal_m = std::pow(20.0 / 30 * 0.03 / std::sqrt(0.005), 0.6);
  EXPECT_NEAR(outcome.series.points[0].back().depth_m, normal_m, 0.05 * normal_m);
  EXPECT_NEAR(outcome.series.sections_m3ps[0].back(), -20, 0.5);
  EXPECT_EQ(outcome.grids, (std::vector<std::string>{"terrain", "town"}));
}

TEST_F(FloodCaseTest, ColumnsAreFoundByTheirPlaceAndAreasByARaster) {
  folder_.write("bc.csv", "Time (min),Q (m3/s)\n0,0\n10,6\n");
  folder_.write("out.csv", "id,X,Y\n7,500205,1600095\n");
  folder_.write("roads.asc", ascii_grid(40, 20, 500000, 1600000, 10, [](int column, int) {
                  return column == 5 ? 1.0 : std::nan("");
                }));
  const FloodCase flood_case = read(R"(
length = "20min"
[terrain]
file = "valley.asc"
[[roughness.area]]
raster = "roads.asc"
manning_n = 0.02
[[inflow]]
name = "gap"
place = [500015, 1600095]
discharge_m3ps = "bc.csv"
columns = [1, 2]
time_unit = "min"
[points]
file = "out.csv"
columns = [1, 2, 3]
)");
  EXPECT_EQ(flood_case.inflows[0].discharge_m3ps.at[1] - flood_case.start,
            std::chrono::minutes{10});
  EXPECT_EQ(flood_case.points[0].name, "7");
  EXPECT_FLOAT_EQ(flood_case.ground().manning_n.at(5, 5), 0.02F);
  EXPECT_FLOAT_EQ(flood_case.ground().manning_n.at(6, 5), 0.035F);
}

TEST_F(FloodCaseTest, ARunThatItsWaterStopsKeepsWhatWasNotedAndSaysWhereAndWhen) {
  for (const std::string scheme : {"inertial", "finite_volume"}) {
    std::string text = full;
    text.replace(text.find("closed_edges"), 0, "scheme = \"" + scheme + "\"\n");
    ComputeArena arena(1);
    const CaseOutcome outcome = run_flood_case(read(text), arena);
    EXPECT_NE(outcome.stopped.find(" at x 500"), std::string::npos) << outcome.stopped;
    EXPECT_NE(outcome.stopped.find(" s after the start, 2025-11-18T0"), std::string::npos);
    ASSERT_GE(outcome.series.time_s.size(), 2U);
    EXPECT_EQ(outcome.series.points[0].size(), outcome.series.time_s.size());
    const Balance& water = outcome.series.balance.back();
    EXPECT_LE(std::abs(water.error()), water.tolerance);
    // It fills evenly, to the last centimetres.
    EXPECT_GT(outcome.summary.maps.front().raster.at(20, 10), 90);
  }
}

}  // namespace
}  // namespace kontwin::flood
