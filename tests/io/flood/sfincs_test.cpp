#include <algorithm>
#include <cmath>
#include <string>

#include "tests/io/flood/sfincs_fixture.hpp"

namespace kontwin::flood {
namespace {

TEST_F(SfincsTest, ACaseIsReadAndItsRiverRunsAtNormalDepthOutOfItsOutflowCells) {
  const FloodCase flood_case = read();
  EXPECT_TRUE(flood_case.dated);
  EXPECT_EQ(flood_case.length, std::chrono::hours{1});
  EXPECT_EQ(flood_case.every, std::chrono::minutes{5});
  EXPECT_EQ(flood_case.maps_every, std::chrono::minutes{30});
  EXPECT_NE(flood_case.plane.find("UTM zone 48N"), std::string::npos);
  EXPECT_EQ(flood_case.options.scheme, FloodScheme::inertial);
  ASSERT_EQ(flood_case.points.size(), 2U);  // the far one is noted
  EXPECT_EQ(flood_case.points[0].name, "upper bridge");
  const CaseOutcome outcome = run(flood_case);
  const double normal_m = std::pow(5.0 / 30 * 0.03 / std::sqrt(0.005), 0.6);
  EXPECT_NEAR(outcome.series.points[1].back().depth_m, normal_m, 0.02 * normal_m);
  const Balance& water = outcome.series.balance.back();
  EXPECT_EQ(water.initial, 0);  // the level of 0 m that it begins with lies under all ground
  EXPECT_NEAR(water.entered, 5.0 * 3600, 1);
  EXPECT_GT(water.left, 0.7 * water.entered);
  EXPECT_LE(std::abs(water.error()), water.tolerance);
}

TEST_F(SfincsTest, ThePlaneIsNamedByItsCodeOrByItsZone) {
  EXPECT_EQ(read("utmzone = 48N\n").plane, read().plane);
  EXPECT_NE(read("utmzone = 33s\n").plane.find("UTM zone 33S"), std::string::npos);
  EXPECT_EQ(read("utmzone = nil\n").plane, "");
  for (const char* const zone : {"48", "61N", "N48", "48X"}) {
    EXPECT_NE(message_of<Error>([&] {
                read(std::string("utmzone = ") + zone + "\n");
              }).find("must be a zone of UTM"),
              std::string::npos)
        << zone;
  }
}

TEST_F(SfincsTest, BinaryMapsWithTheirIndexSayTheSameAsText) {
  folder_.write("sfincs.man", maps_.text([](int column, int) { return 0.02 + 0.001 * column; }));
  folder_.write("sfincs.ini", maps_.text([](int, int row) { return 90.0 + row; }));
  const std::string more = "manningfile = sfincs.man\ninifile = sfincs.ini\n";
  const FloodCase text = read(more);
  folder_.write("sfincs.ind", maps_.index());
  folder_.write("sfincs.msk", maps_.binary<std::uint8_t>(mask));
  folder_.write("sfincs.dep", maps_.binary<float>(ground_m));
  folder_.write("sfincs.man",
                maps_.binary<float>([](int column, int) { return 0.02 + 0.001 * column; }));
  folder_.write("sfincs.ini", maps_.binary<float>([](int, int row) { return 90.0 + row; }));
  const FloodCase binary = read(more, "bin");
  EXPECT_EQ(text.ground().elevation_m.values, binary.ground().elevation_m.values);
  EXPECT_EQ(text.outside, binary.outside);
  EXPECT_EQ(text.options.edges.size(), binary.options.edges.size());
  EXPECT_EQ(text.ground().elevation_m.at(5, 11), static_cast<float>(ground_m(5, 11)));
  for (std::size_t cell = 0; cell < text.outside[0].size(); ++cell) {
    if (text.outside[0][cell] != 0) continue;
    ASSERT_EQ(text.ground().manning_n.values[cell], binary.ground().manning_n.values[cell]);
    ASSERT_EQ(text.initial[0].raster.values[cell], binary.initial[0].raster.values[cell]);
  }
}

TEST_F(SfincsTest, ALevelAtBoundaryCellsInsideTheGridFillsThePlainBehindThem) {
  const CaseOutcome outcome = run(pool(""));
  EXPECT_NEAR(outcome.series.points[0].back().level_m, 1, 0.03);
  const Balance& water = outcome.series.balance.back();
  EXPECT_NEAR(water.inside, 0.8 * 100 * 40 * 20, 0.05 * water.inside);
  EXPECT_LE(std::abs(water.error()), water.tolerance);
}

TEST_F(SfincsTest, ABoundaryCellTakesItsLevelFromTheTwoNearestPoints) {
  FloodCase flood_case = pool("");
  folder_.write("sfincs.bnd", "500415 1600035\n500415 1600235\n900000 0\n");
  folder_.write("sfincs.bzs", "86400 1 2 50\n90000 2 4 50\n");
  flood_case = read("bndfile = sfincs.bnd\nbzsfile = sfincs.bzs\n");
  const auto& edges = flood_case.options.edges;
  const auto of_row = [&](double y_m) {
    return *std::ranges::find_if(edges, [&](const EdgePlan& plan) {
      return plan.at.front().y_m == y_m && plan.side == GridSide::east;
    });
  };
  EXPECT_NEAR(of_row(1600135).over_time.value[0], 1.5, 1e-9);
  EXPECT_NEAR(of_row(1600035).over_time.value[1], 2, 1e-9);
  EXPECT_NEAR(of_row(1600085).over_time.value[0], 1.25, 1e-9);
}

TEST_F(SfincsTest, WeirsHoldWaterUpToTheirTopAndThinDamsAllOfIt) {
  // A line from south to north through the plain; its top falls below the level in the south.
  folder_.write("sfincs.weir", "ridge\n2 4\n500250 1600000 0.6 0.6\n500250 1600240 1.6 0.6\n");
  folder_.write("sfincs.thd", "dam one\n2 2\n500250 1600000\n500250 1600240\n");
  const double over_m = run(pool("weirfile = sfincs.weir\n")).series.points[0].back().depth_m;
  EXPECT_GT(over_m, 0.2);
  EXPECT_EQ(run(pool("thdfile = sfincs.thd\n")).series.points[0].back().depth_m, 0);
}

TEST_F(SfincsTest, WhatChangesTheFlowAndIsNotHereIsRefusedByName) {
  for (const char* const keyword : {"sbgfile", "qtrfile", "netampfile", "wndfile", "rstfile"}) {
    EXPECT_NE(message_of<Error>([&] {
                read(std::string(keyword) + " = x\n");
              }).find("'" + std::string(keyword) + "' changes the flow"),
              std::string::npos);
  }
  EXPECT_NE(message_of<Error>([&] { read("bndtype = 3\n"); }).find("'bndtype' is not 1"),
            std::string::npos);
  EXPECT_NE(message_of<Error>([&] { read("snapwave = 1\n"); }).find("'snapwave' changes"),
            std::string::npos);
  EXPECT_NE(message_of<Error>([&] { read("latitude = 14\n"); }).find("Coriolis"),
            std::string::npos);
  const FloodCase flood_case = read("unheard_of = 3\nsbgfile =\nwndfile = none\n");
  EXPECT_NE(flood_case.notes[0].find("sfincs.inp:23: 'unheard_of' is not known"),
            std::string::npos);
}

TEST_F(SfincsTest, WhatIsWrongInTheInputFileIsSaidWithItsLine) {
  const auto said = [this](const std::string& more) {
    return message_of<Error>([&] { read(more); });
  };
  EXPECT_NE(said("dx = 5\n").find("sfincs.inp:23: 'dx' stands here twice, first in line 3"),
            std::string::npos);
  EXPECT_NE(said("bare\n").find("sfincs.inp:23: 'bare' is no 'keyword = value'"),
            std::string::npos);
  EXPECT_NE(said("zsini = deep\n").find("sfincs.inp:23: 'deep' is not a number"),
            std::string::npos);
  EXPECT_NE(said("bndfile = a\n").find("need each other"), std::string::npos);
  const auto alone = [this](const std::string& text) {
    const auto path = folder_.write("alone.inp", text);
    return message_of<Error>([&] { read_sfincs(path); });
  };
  const std::string times = "tstart = 20251118 000000\ntstop = 20251118 010000\n";
  EXPECT_NE(alone("tstart = 20251318 000000\n").find("alone.inp:1: 'tstart' is '20251318 000000'"),
            std::string::npos);
  EXPECT_NE(alone("tstop = 20251118 010000\ntstart = 20251118 010000\n").find("not later than"),
            std::string::npos);
  EXPECT_NE(alone(times + "mmax = 2\nnmax = 2\ndx = 5\ndy = 6\n").find("square cells"),
            std::string::npos);
  EXPECT_NE(alone(times + "mmax = 2\nnmax = 2\ndx = 5\ncrsgeo = 1\n").find("in degrees"),
            std::string::npos);
  EXPECT_NE(alone(times + "mmax = 1000000\nnmax = 1000000\ndx = 5\n").find("100 million"),
            std::string::npos);
  EXPECT_NE(alone(times + "mmax = 2\nnmax = 2\ndx = 5\n").find("'mskfile' is missing"),
            std::string::npos);
}

TEST_F(SfincsTest, MapsThatDoNotFitTheGridAreRefused) {
  EXPECT_NE(said_of("sfincs.msk", "1 1 1\n").find("holds 3 values, and the grid has 1056 cells"),
            std::string::npos);
  EXPECT_NE(said_of("sfincs.msk", maps_.text([](int column, int) {
              return column == 3 ? 5 : 1;
            })).find("row 1 from the south, column 4 has the mask 5"),
            std::string::npos);
  EXPECT_NE(said_of("sfincs.msk", maps_.text([](int, int) { return 0; })).find("no cell is active"),
            std::string::npos);
  EXPECT_NE(said_of("sfincs.msk", maps_.text([](int, int) { return 2; })).find("no 'bndfile'"),
            std::string::npos);
  folder_.write("sfincs.msk", maps_.text(mask));
  EXPECT_NE(said_of("sfincs.dep", maps_.text([](int, int) {
              return -99999.0;
            })).find("row 3 from the south, column 3 is active and has the value -99999"),
            std::string::npos);
  const std::string no_index = message_of<Error>([&] { read("", "bin"); });
  EXPECT_NE(no_index.find("sfincs.ind: cannot be opened"), std::string::npos);
  EXPECT_NE(said_of("sfincs.ind", std::string(10, 'x'), "", "bin").find("is no index"),
            std::string::npos);
  std::string index = maps_.index();
  folder_.write("sfincs.ind", index);
  EXPECT_NE(said_of("sfincs.msk", "abc", "", "bin").find("has 3 bytes, and must have 800"),
            std::string::npos);
  index[0] = 1;
  EXPECT_NE(said_of("sfincs.ind", index, "", "bin").find("cells follow"), std::string::npos);
}

TEST_F(SfincsTest, TablesAndLinesThatAreDamagedAreRefusedWithTheirLine) {
  EXPECT_NE(said_of("sfincs.dis", "0 1\n10 1 2\n").find("sfincs.dis:2: holds 3 numbers"),
            std::string::npos);
  EXPECT_NE(said_of("sfincs.dis", "0 1\n0 1\n").find("sfincs.dis:2: its time is not later"),
            std::string::npos);
  EXPECT_NE(said_of("sfincs.dis", "0 1\n10 -1\n").find("sfincs.dis:2: '-1' lies below 0"),
            std::string::npos);
  EXPECT_NE(said_of("sfincs.dis", "").find("holds no series"), std::string::npos);
  folder_.write("sfincs.dis", "0 1\n");
  EXPECT_NE(said_of("sfincs.src", "500005 1600005\n").find("where the terrain has no height"),
            std::string::npos);
  EXPECT_NE(said_of("sfincs.src", "1 1\n").find("lies outside the terrain"), std::string::npos);
  EXPECT_NE(said_of("sfincs.src", "1\n").find("sfincs.src:1: '1' needs a number"),
            std::string::npos);
  folder_.write("sfincs.src", "500035 1600115\n");
  const std::string thin = "thdfile = a.thd\n";
  EXPECT_NE(said_of("a.thd", "dam\n3 2\n1 2\n3 4\n", thin).find("a.thd:2: says that 3 points"),
            std::string::npos);
  EXPECT_NE(said_of("a.thd", "dam\n", thin).find("a.thd:1: nothing follows"), std::string::npos);
  EXPECT_NE(said_of("a.thd", "dam\n2 3\n1 2 3\n3 4 3\n", "weirfile = a.thd\ntheta = 2\n")
                .find("'theta' is 2"),
            std::string::npos);
  EXPECT_NE(said_of("a.thd", "dam\n2 2\n1 2\n3 4\n", "weirfile = a.thd\n")
                .find("a.thd:2: says that a point has 2 numbers"),
            std::string::npos);
  const auto notes = read("thdfile = a.thd\n").notes;
  EXPECT_TRUE(std::ranges::any_of(notes, [](const std::string& note) {
    return note.ends_with("a.thd:1: 'dam' separates no cells and was left out");
  }));
}

}  // namespace
}  // namespace kontwin::flood
