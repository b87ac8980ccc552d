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
  EXPECT_NE(said_of("valley.bci", "P 500105 1600095 HFIX 3\n").find("only QFIX, QVAR"),
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
