// How cases are read: what is refused, mended or noted.
#include <cmath>
#include <numbers>
#include <string>

#include "io/flood/flood_case_run.hpp"
#include "tests/io/flood/flood_case_fixture.hpp"
#include "tests/io/import/geotiff_file.hpp"

namespace kontwin::flood {
namespace {

using testing::ascii_grid;
using testing::message_of;
using testing::valley;

TEST_F(FloodCaseTest, WhatIsWrongIsRefusedWithItsPlace) {
  EXPECT_NE(said_of("valley.asc", "none.asc").find("there is no such file"), std::string::npos);
  EXPECT_NE(said_of("[500205, 1600095]", "[1, 2]").find("point 'middle' at x 1, y 2 lies outside"),
            std::string::npos);
  EXPECT_NE(said_of("[500205, 1600095]", "[500005, 1600195]").find("where the terrain has no"),
            std::string::npos);
  EXPECT_NE(said_of("manning_n = 0.03", "manning_n = -1").find("manning_n"), std::string::npos);
  EXPECT_NE(said_of("length = \"40min\"", "lenght = \"40min\"").find("'length' is missing"),
            std::string::npos);
  EXPECT_NE(said_of("every = \"2min\"", "evry = \"2min\"").find("evry"), std::string::npos);
  EXPECT_NE(said_of("[500300, 1600200], [500300, 1600000]", "[1, 2], [3, 4]")
                .find("section 'across' lies outside"),
            std::string::npos);
  EXPECT_NE(said_of("kind = \"slope\"", "kind = \"slop\"").find("'slop' is none of"),
            std::string::npos);
  const auto with_soil = [&](const std::string& fields) {
    return said_of("closed_edges = true", "closed_edges = true\n" + fields);
  };
  EXPECT_NE(with_soil("soil = \"loam\"").find("without infiltration = \"green_ampt\""),
            std::string::npos);
  EXPECT_NE(with_soil("infiltration = \"green_ampt\"\nsoil = \"loam\"\ncurve_number = 60")
                .find("'curve_number': does nothing without"),
            std::string::npos);
  EXPECT_EQ(with_soil("infiltration = \"curve_number\"\ncurve_number = 60"), "");
  const auto with_inflow = [&](const std::string& csv) {
    folder_.write("inflow.csv", csv);
    return message_of<Error>([&] { read(river); });
  };
  EXPECT_NE(with_inflow("time_min,flow\n0,20\n30,\n60,20\n").find("inflow.csv:3: "),
            std::string::npos);
  EXPECT_NE(
      with_inflow("time_min,flow\n0,20\n60,20\n30,20\n").find("inflow.csv:4: its time is not"),
      std::string::npos);
  EXPECT_NE(with_inflow("time_min,flow\n0,20\n60,-3\n").find("inflow.csv:3: 'flow' is -3, below 0"),
            std::string::npos);
  EXPECT_NE(with_inflow("minute,flow\n0,20\n").find("no column of time"), std::string::npos);
  EXPECT_NE(with_inflow("time_s;flow\n0;20\n").find("it has 'time_s;flow'; a comma must"),
            std::string::npos);
  EXPECT_NE(with_inflow("time_s,flow\n0,1e10\n").find("out of all reason"), std::string::npos);
  EXPECT_NE(with_inflow("moment,flow\n2025-11-18T00:00:00Z,1\n").find("the case has no start"),
            std::string::npos);
  EXPECT_NE(with_inflow("time_s,a,b\n0,1,2\n").find("say which (column), of: a, b"),
            std::string::npos);
}

TEST_F(FloodCaseTest, WhatStandsWhereTheTerrainHasNoHeightIsRefused) {
  const auto with = [&](const std::string& table) {
    return message_of<Error>([&] { read(river + table); });
  };
  const std::string pump =
      "[[flood.structure]]\nname = \"P\"\nkind = \"pump\"\nfrom = [500205, 1600095]\n"
      "to = [500005, 1600195]\ncapacity_m3ps = 1\nstart_level_m = 100\nstop_level_m = 99\n";
  EXPECT_NE(
      with(pump).find("'P': 'to' at x 500005, y 1600195 lies where the terrain has no height"),
      std::string::npos);
  EXPECT_NE(with("[[flood.edge]]\nside = \"north\"\nkind = \"stage\"\nstage_m = 101\n"
                 "part = [[500000, 1600200], [500060, 1600200]]\n")
                .find("flood.edge north: the terrain has no height along it"),
            std::string::npos);
  EXPECT_NE(with("[[initial]]\ndepth_m = 1\ninside = [[1, 1], [2, 1], [2, 2]]\n")
                .find("holds the middle of no cell"),
            std::string::npos);
}

TEST_F(FloodCaseTest, WhatComesInOverAnEdgeIsSharedByItsCellsThatHaveAHeight) {
  const FloodCase flood_case = read(river +
                                    "[[flood.edge]]\nside = \"west\"\nkind = \"discharge\"\n"
                                    "discharge_m3ps = [[\"0h\", 16], [\"30min\", 16]]\n");
  EXPECT_EQ(flood_case.notes.size(), 2U) << "the hole, and the series that ends early";
  ComputeArena arena(1);
  const CaseOutcome outcome = run_flood_case(flood_case, arena);
  EXPECT_NEAR(outcome.series.balance.back().entered, (20.0 + 16.0) * 2400, 1);
  // The four cells in the north have no height.
  ASSERT_EQ(flood_case.options.edges.size(), 2U);
  const EdgePlan& west = flood_case.options.edges.back();
  EXPECT_DOUBLE_EQ(west.part->first.y_m, 1600005);
  EXPECT_DOUBLE_EQ(west.part->second.y_m, 1600155);
}

TEST_F(FloodCaseTest, ATerrainThatCannotBeUsedIsRefused) {
  const auto with_terrain = [&](const std::string& text) {
    folder_.write("valley.asc", text);
    return message_of<Error>([&] { read(river); });
  };
  EXPECT_NE(with_terrain("ncols 3\nnrows 2\n").find("valley.asc"), std::string::npos);
  EXPECT_NE(with_terrain(valley().substr(0, 900)).find("cannot be read"), std::string::npos);
  EXPECT_NE(
      with_terrain(ascii_grid(40, 20, 500000, 1600000, 10, [](int, int) { return std::nan(""); }))
          .find("holds no height"),
      std::string::npos);
}

TEST_F(FloodCaseTest, ATerrainInDegreesThatNamesNoCoordinateSystemIsAskedForIt) {
  const auto ground = [](int column, int) { return 100.0 - column; };
  folder_.write("degrees.asc", ascii_grid(40, 30, 107.9, 14.3, 0.0003, ground));
  const std::string said = said_of("\"valley.asc\"", "\"degrees.asc\"");
  EXPECT_NE(said.find("degrees.asc: its cells of 0.0003 look like degrees"), std::string::npos)
      << said;
  EXPECT_NE(said.find("crs = \"EPSG:4326\""), std::string::npos) << said;
  // A flume at the same numbers is metres: its cells are a centimetre.
  folder_.write("flume.asc", ascii_grid(40, 30, 107.9, 14.3, 0.01, ground));
  const std::string flume = "length = \"1min\"\n[terrain]\nfile = \"flume.asc\"\n";
  EXPECT_DOUBLE_EQ(read(flume).ground().elevation_m.shape.cell_m, 0.01);
}

TEST_F(FloodCaseTest, ATurnedTerrainIsLaidNorthUpWhereAPlaneIsAskedFor) {
  const std::string path = (folder_.path() / "turned.tif").string();
  const auto turned = [&](const std::string& plane) {
    return "length = \"1min\"\n[terrain]\nfile = \"turned.tif\"\n" + plane;
  };
  testing::GeoTiffFile{.path = path,
                       .crs = "EPSG:32648",
                       .left = 500000,
                       .top = 1600000,
                       .cell = 10,
                       .turn_deg = 30,
                       .value = [](int column, int) { return 100.0 + column; }}
      .write();
  EXPECT_NE(message_of<Error>([&] { read(turned("")); }).find("turned.tif: is turned"),
            std::string::npos);
  const FloodCase flood_case = read(turned("plane = \"EPSG:32648\"\n"));
  const Raster<float>& ground_m = flood_case.ground().elevation_m;
  EXPECT_NEAR(ground_m.shape.cell_m, 10, 3);
  // 20 cells along the turned row and 15 down from the corner: between columns 19 and 20.
  const double turn = 30 * std::numbers::pi / 180;
  const LocalPoint at{500000 + 200 * std::cos(turn) + 150 * std::sin(turn),
                      1600000 + 200 * std::sin(turn) - 150 * std::cos(turn)};
  EXPECT_NEAR(ground_m.values[ground_m.shape.cell_of(at)], 119.5, 1);
}

TEST_F(FloodCaseTest, ASeriesThatEndsBeforeTheRunIsNoted) {
  folder_.write("inflow.csv", "time_s,flow\n0,20\n600,20\n");
  const FloodCase flood_case = read(river);
  ASSERT_EQ(flood_case.notes.size(), 2U);
  EXPECT_NE(flood_case.notes[1].find("inflow 'head' ends at 600"), std::string::npos);
}

TEST_F(FloodCaseTest, ADesignStormBeginsAtATimeAfterTheStart) {
  const FloodCase flood_case =
      read(river +
           "[rain.design]\nstart = \"10min\"\nduration = \"20min\"\nstep = \"10min\"\n"
           "depths_mm = [[10, 6], [20, 9]]\n");
  const TimeSeries& rain = flood_case.forcing.rain_mmph;
  EXPECT_EQ(rain.value_at(flood_case.start + std::chrono::minutes(5)), 0);
  EXPECT_GT(rain.value_at(flood_case.start + std::chrono::minutes(15)), 0);
}

}  // namespace
}  // namespace kontwin::flood
