#include "io/flood/lisflood.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "io/flood/flood_case_run.hpp"
#include "tests/io/flood/case_files.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {
namespace {

using testing::ascii_grid;
using testing::message_of;

class LisfloodTest : public ::testing::Test {
 protected:
  LisfloodTest() {
    folder_.write("valley.dem", testing::valley());
    folder_.write("valley.n.asc",
                  ascii_grid(40, 20, 500000, 1600000, 10, [](int, int) { return 0.03; }));
    folder_.write("valley.start", ascii_grid(40, 20, 500000, 1600000, 10, [](int, int row) {
                    return row >= 9 && row <= 11 ? 0.1 : 0.0;
                  }));
    folder_.write("valley.bci",
                  "W 1600080 1600110 QVAR head\n"
                  "E 1600000 1600200 FREE 0.005\n"
                  "P 500105 1600095 QFIX 0.1\n");
    folder_.write("valley.bdy", "a comment\nhead\n2 seconds\n0.5 0\n0.5 7200\n");
    folder_.write("valley.stage", "2\n500205 1600095\n500305 1600095\n");
  }
  FloodCase read(const std::string& more = "") const {
    return read_lisflood(folder_.write("valley.par",
                                       "# a case\nDEMfile valley.dem\nresroot out\nsim_time 3600\n"
                                       "massint 300\nsaveint 1800\ninitial_tstep 10\n"
                                       "manningfile valley.n.asc\nbcifile valley.bci\n"
                                       "bdyfile valley.bdy\nstartfile valley.start\n"
                                       "stagefile valley.stage\n" +
                                           more));
  }
  std::string said_of(const std::string& file, const std::string& text) const {
    folder_.write(file, text);
    return message_of<Error>([this] { read("acceleration\n"); });
  }
  testing::ScratchFolder folder_;
};

TEST_F(LisfloodTest, ACaseIsReadAndRuns) {
  const FloodCase flood_case = read("acceleration\n");
  EXPECT_EQ(flood_case.name, "out");
  EXPECT_EQ(flood_case.length, std::chrono::hours{1});
  EXPECT_EQ(flood_case.every, std::chrono::minutes{5});
  EXPECT_EQ(flood_case.maps_every, std::chrono::minutes{30});
  EXPECT_TRUE(flood_case.options.closed_edges);
  ASSERT_EQ(flood_case.options.edges.size(), 2U);
  ASSERT_EQ(flood_case.inflows.size(), 1U);
  EXPECT_DOUBLE_EQ(flood_case.inflows[0].discharge_m3ps.value[0], 1);
  ComputeArena arena(1);
  const CaseOutcome outcome = run_flood_case(flood_case, arena);
  // 0.5 m²/s over 30 m, and 0.1 m²/s over a cell of 10 m.
  const double normal_m = std::pow(16.0 / 30 * 0.03 / std::sqrt(0.005), 0.6);
  EXPECT_NEAR(outcome.series.points[1].back().depth_m, normal_m, 0.02 * normal_m);
  const Balance& water = outcome.series.balance.back();
  EXPECT_NEAR(water.initial, 0.1 * 100 * 3 * 40, 1);
  EXPECT_NEAR(water.entered, 16.0 * 3600, 1);
  EXPECT_LE(std::abs(water.error()), water.tolerance);
}

TEST_F(LisfloodTest, SolversAndOptionsBecomeOurs) {
  EXPECT_EQ(read("fv1\n").options.order, 1);
  EXPECT_EQ(read("fv1\n").options.scheme, FloodScheme::finite_volume);
  EXPECT_EQ(read("dg2\n").options.order, 2);
  const FloodCase plain = read("unheard_of 3\ncfl 0.5\n");
  EXPECT_EQ(plain.options.scheme, FloodScheme::inertial);
  EXPECT_DOUBLE_EQ(plain.options.courant, 0.5);
  ASSERT_GE(plain.notes.size(), 2U);
  EXPECT_NE(plain.notes[0].find("'unheard_of' is not known"), std::string::npos);
  folder_.write("valley.rain", "rain in mm/h\n2 hours\n10 0\n10 1\n");
  EXPECT_DOUBLE_EQ(read("rainfall valley.rain\n").forcing.rain_mmph.value[1], 10);
}

TEST_F(LisfloodTest, KeywordsCountInAnyCaseAndByTheirSecondNames) {
  const FloodCase flood_case = read_lisflood(
      folder_.write("valley.par",
                    "demFILE valley.dem\nSimTime 600\nNFP 0.05\nACCELERATION\nTheta 0.8\n"
                    "unheard_of 1\nmassint 1e-9\nvoutput\nvoutput\ndir out # where\n"));
  EXPECT_EQ(flood_case.length, std::chrono::minutes{10});
  EXPECT_FLOAT_EQ(flood_case.ground().manning_n.values[0], 0.05F);
  EXPECT_DOUBLE_EQ(flood_case.options.theta, 0.8);
  EXPECT_NE(flood_case.notes[0].find("'unheard_of' is not known"), std::string::npos);
  EXPECT_NE(flood_case.notes[1].find("'massint' asks for more than 100,000"), std::string::npos);
  EXPECT_EQ(flood_case.every, std::chrono::milliseconds{6});
}

TEST_F(LisfloodTest, TheStartFileHoldsLevelsWhereStartelevSaysSo) {
  folder_.write("valley.start",
                ascii_grid(40, 20, 500000, 1600000, 10, [](int, int) { return 100.0; }));
  folder_.write("valley.bci", "W 1600080 1600110 CLOSED\n");
  const FloodCase levels = read("startelev\nacceleration\n");
  ComputeArena arena(1);
  // The channel's bed falls from 100 to 98.05 m.
  const double volume_m3 = 3 * 100 * 0.05 * (39 * 40 / 2);
  EXPECT_NEAR(run_flood_case(levels, arena).series.balance.front().initial, volume_m3, 0.1);
  EXPECT_NE(
      message_of<Error>([this] {
        read_lisflood(folder_.write("alone.par", "DEMfile valley.dem\nsim_time 60\nstartelev\n"));
      }).find("alone.par:3: says that 'startfile' holds levels"),
      std::string::npos);
}

TEST_F(LisfloodTest, WhatSoaksInAndEvaporatesLeavesTheWater) {
  folder_.write("valley.bci", "W 1600080 1600110 CLOSED\n");
  // A level channel: its water stays where it stands.
  folder_.write("valley.dem", ascii_grid(40, 20, 500000, 1600000, 10, [](int, int row) {
                  return row >= 9 && row <= 11 ? 100.0 : 102.0;
                }));
  folder_.write("valley.evap", "mm a day\n2 days\n240 0\n240 9\n");
  ComputeArena arena(1);
  const auto left_m3 = [&](const std::string& more) {
    return run_flood_case(read("acceleration\n" + more), arena).series.balance.back().left;
  };
  // Of 120 cells of 100 m².
  EXPECT_NEAR(left_m3("evaporation valley.evap\n"), 120 * 100 * 0.010, 0.1);
  EXPECT_NEAR(left_m3("infiltration 1e-6\n"), 120 * 100 * 0.0036, 0.1);
  folder_.write("valley.inf",
                ascii_grid(40, 20, 500000, 1600000, 10, [](int, int) { return 1e-6; }));
  EXPECT_DOUBLE_EQ(left_m3("infilfile valley.inf\n"), left_m3("inf 1e-6\n"));
  folder_.write("valley.evap", "mm a day\n2 days\n240 0\n24 9\n");
  EXPECT_NE(message_of<Error>([this] {
              read("evaporation valley.evap\n");
            }).find("valley.evap: changes over time"),
            std::string::npos);
}

TEST_F(LisfloodTest, TheWaterBesideAPointWithALevelMeetsIt) {
  folder_.write("valley.bci", "P 500205 1600095 HFIX 99.5\n");
  const FloodCase read_case = read("acceleration\n");
  EXPECT_EQ(read_case.options.edges.size(), 4U);
  // One of the two points to note lies in its cell.
  ASSERT_EQ(read_case.points.size(), 1U);
  EXPECT_NE(read_case.notes.back().find("valley.stage:2: lies where"), std::string::npos);
  ComputeArena arena(1);
  const std::string level =
      "DEMfile valley.dem\nsim_time 7200\nacceleration\nbcifile valley.bci\nfpfric 0.03\n"
      "stagefile valley.stage\n";
  const CaseOutcome outcome =
      run_flood_case(read_lisflood(folder_.write("level.par", level)), arena);
  // Behind closed edges the channel fills to the level.
  const Raster<float>& depth_m = outcome.summary.maps.front().raster;
  EXPECT_NEAR(outcome.series.points[0].back().level_m, 99.5, 0.005);
  EXPECT_TRUE(std::isnan(depth_m.values[depth_m.shape.cell_of({500205, 1600095})]));
  EXPECT_NE(message_of<Error>([this] { read("fv1\n"); }).find("needs 'acceleration'"),
            std::string::npos);
}

TEST_F(LisfloodTest, WaterFallsOffIntoCellsWithoutAHeightWhereTheyDrain) {
  // The last cells of the channel have no height.
  folder_.write("valley.dem", ascii_grid(40, 20, 500000, 1600000, 10, [](int column, int row) {
                  const bool channel = row >= 9 && row <= 11;
                  return channel && column > 36 ? std::nan("")
                                                : 100 - 0.05 * column + (channel ? 0 : 2);
                }));
  folder_.write("valley.bci", "W 1600080 1600110 QVAR head\n");
  ComputeArena arena(1);
  const auto left_m3 = [&](const std::string& more) {
    return run_flood_case(read("acceleration\n" + more), arena).series.balance.back().left;
  };
  EXPECT_EQ(left_m3("drain_nodata\n"), 0);
  EXPECT_GT(left_m3("drain_nodata\nnodata_elevation -1e4\n"), 0.9 * 15 * 3600);
  EXPECT_NE(message_of<Error>([this] {
              read("nodata_elevation -1e4\n");
            }).find("valley.par:13: cells without a height lie outside"),
            std::string::npos);
  EXPECT_NE(message_of<Error>([this] {
              read("fv2\ndrain_nodata\nnodata_elevation -1e4\n");
            }).find("'drain_nodata' needs 'acceleration'"),
            std::string::npos);
}

TEST_F(LisfloodTest, WhatCannotBeReadIsRefusedWithItsLine) {
  EXPECT_NE(message_of<Error>([this] {
              read("riverfile a.river\n");
            }).find("valley.par:13: 'riverfile' changes the flow"),
            std::string::npos);
  EXPECT_NE(message_of<Error>([this] { read("sim_time 5\n"); }).find("stands here twice"),
            std::string::npos);
  EXPECT_NE(said_of("valley.bci", "W 1600080 1600110 QVAR tail\n").find("no series 'tail'"),
            std::string::npos);
  EXPECT_NE(said_of("valley.bci", "X 1 2 FREE\n").find("valley.bci:1: begins with 'X'"),
            std::string::npos);
  EXPECT_NE(said_of("valley.bci", "W 1 2 QFIX 3\n").find("valley.bci:1: no cell of that side"),
            std::string::npos);
  EXPECT_NE(said_of("valley.bci", "P 500105 1600095 FREE\n").find("only QFIX, QVAR"),
            std::string::npos);
  EXPECT_NE(said_of("valley.bci", "P 0 0 HFIX 3\n").find("valley.bci:1: lies outside"),
            std::string::npos);
  EXPECT_NE(said_of("valley.bci", "P 500005 1600195 HFIX 3\n").find("has no height"),
            std::string::npos);
  EXPECT_NE(said_of("valley.bci", "P 500105 1600095 HFIX 3\nP 500106 1600096 HFIX 4\n")
                .find("valley.bci:2: another level"),
            std::string::npos);
  EXPECT_NE(said_of("valley.bci", "E 1600000 1600200 FREE steep\n").find("'steep' is not a number"),
            std::string::npos);
  EXPECT_NE(said_of("valley.bci", "E 1600000 1600200 FREE 3\n").find("between 0 and 1"),
            std::string::npos);
  folder_.write("valley.bci", "W 1600080 1600110 QVAR head\n");
  EXPECT_NE(
      said_of("valley.bdy", "x\nhead\n3 seconds\n1 0\n1 5\n").find("valley.bdy:3: says that 3"),
      std::string::npos);
  EXPECT_NE(said_of("valley.bdy", "x\nhead\n2 weeks\n1 0\n1 5\n").find("'weeks' is none of"),
            std::string::npos);
  EXPECT_NE(said_of("valley.bdy", "x\nhead\n2 hours\n1 5\n1 0\n").find("valley.bdy:5: its time"),
            std::string::npos);
  EXPECT_NE(said_of("valley.bdy", "x\nhead\n2 hours\n1 0\n-1 5\n").find("falls below 0"),
            std::string::npos);
  folder_.write("valley.bdy", "x\nhead\n1 hours\n1 0\n");
  EXPECT_NE(said_of("valley.stage", "3\n500205 1600095\n").find("says that 3 points"),
            std::string::npos);
}

}  // namespace
}  // namespace kontwin::flood
