#include "io/traffic/tntp.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace kontwin {
namespace {

using ::testing::HasSubstr;
using testing::message_of;
using testing::ScratchFolder;

const char* const head =
    "<NUMBER OF ZONES> 2\n<NUMBER OF NODES> 4\t\n<FIRST THRU NODE> 3\n<NUMBER OF LINKS> 3\n"
    "<ORIGINAL HEADER>~ Init node Term node ;\n<END OF METADATA>\n\n";

TntpNetwork network_of(const std::string& links, const TntpWeights& weights = {},
                       ImportReport* report = nullptr) {
  const ScratchFolder folder;
  return read_tntp_network(folder.write("x_net.tntp", head + links), weights, report);
}

TEST(TntpNetwork, IsReadWithItsCosts) {
  const TntpNetwork read = network_of(
      "~ \tinit_node\tterm_node\tcapacity\tlength\tfree_flow_time\tb\tpower\tspeed\ttoll\ttype\t;\n"
      "\t1\t3\t100\t2\t10\t0.15\t4\t50\t7\t1\t;\n"
      "\t3\t4\t200\t1\t5\t0\t0\t50\t0\t2\t;\n"
      "\t4\t2\t50\t1\t1\t1\t1\t50\t0\t1\t;\n",
      {.toll = 2, .length = 0.5});
  EXPECT_EQ(read.zones, 2U);
  ASSERT_EQ(read.network.links(), 3U);
  EXPECT_EQ(read.network.nodes, 4U);
  EXPECT_EQ(read.network.from, (std::vector<std::uint32_t>{0, 2, 3}));
  EXPECT_EQ(read.network.to, (std::vector<std::uint32_t>{2, 3, 1}));
  EXPECT_EQ(read.network.ends_only, (std::vector<std::uint8_t>{1, 1, 0, 0}));
  EXPECT_DOUBLE_EQ(read.network.costs.cost(0, 100), 10 * 1.15 + 2 * 7 + 0.5 * 2);
  EXPECT_DOUBLE_EQ(read.network.costs.cost(1, 1e6), 5 + 0.5);
  EXPECT_DOUBLE_EQ(read.network.costs.cost(2, 25), 1.5 + 0.5);
  EXPECT_EQ(read.type, (std::vector<int>{1, 2, 1}));
  EXPECT_EQ(read.toll[0], 7);
}

TEST(TntpNetwork, IsReadWhateverItsBlanksAndEndsOfLinesAreLike) {
  ImportReport report;
  const TntpNetwork read = network_of(
      "init_node term_node capacity length free_flow_time b power speed toll type ;\r\n"
      "1 3   1e2 2 +10 .15 4 50 0 1\r\n\r\n"
      "  3\t4 200 1 5 0.15 4 ; ~ an old bridge\n"
      "4 2 50 1 1 1 1 50 0 1;",
      {}, &report);
  ASSERT_EQ(read.network.links(), 3U);
  EXPECT_DOUBLE_EQ(read.network.costs.cost(0, 100), 11.5);
  EXPECT_DOUBLE_EQ(read.network.costs.cost(1, 200), 5.75);
  EXPECT_TRUE(report.counts().empty());
}

TEST(TntpNetwork, KeepsLinksWithoutLengthOrTime) {
  const TntpNetwork read = network_of("1 3 100 0 0 0.15 4 ;\n3 4 0 0 0 0.15 4;\n4 2 1 0 1 0 4;\n");
  EXPECT_EQ(read.network.costs.cost(0, 500), 0);
  EXPECT_EQ(read.network.costs.cost(1, 500), 0);
  EXPECT_EQ(read.network.costs.cost(2, 500), 1);
}

TEST(TntpNetwork, TellsWhatItRepaired) {
  ImportReport report;
  const TntpNetwork read = network_of(
      "1 3 0 1 10 0.15 4;\n3 3 5 1 1 1 1;\n3 4 5 1 1 1 1;\n4 2 5 1 1 1 1;\n", {}, &report);
  EXPECT_EQ(read.network.links(), 3U);
  EXPECT_EQ(read.network.costs.cost(0, 500), 10);
  EXPECT_EQ(report.counted("no capacity"), 1U);
  EXPECT_EQ(report.counted("loops"), 1U);
  EXPECT_EQ(report.counted("links counted"), 1U);
  EXPECT_THAT(report.messages().front(), HasSubstr("link 1-3"));
}

TEST(TntpNetwork, RefusesWhatMakesNoSenseWithFileAndLine) {
  const auto said = [](const std::string& links) { return message_of([&] { network_of(links); }); };
  EXPECT_THAT(said("1 3 5 1 1 1\n"), HasSubstr("x_net.tntp:8: 6 fields"));
  EXPECT_THAT(said("1 3 5 1 1 1 1\n1 5 5 1 1 1 1\n"),
              HasSubstr("x_net.tntp:9: '5' is no node from 1 to 4"));
  EXPECT_THAT(said("0 3 5 1 1 1 1\n"), HasSubstr("'0' is no node"));
  EXPECT_THAT(said("1 3 many 1 1 1 1\n"), HasSubstr("'many' is no capacity"));
  EXPECT_THAT(said("1 3 5 1 nan 1 1\n"), HasSubstr("'nan' is no free-flow time"));
  EXPECT_THAT(said("1 3 5 1 -1 1 1\n"), HasSubstr("x_net.tntp:8: "));
  EXPECT_THAT(said(""), HasSubstr("has no links"));
  const ScratchFolder folder;
  const auto file = folder.write("y_net.tntp", "<NUMBER OF ZONES> 2.5\n<END OF METADATA>\n");
  EXPECT_THAT(message_of([&] { read_tntp_network(file); }),
              HasSubstr("y_net.tntp:1: <NUMBER OF ZONES> '2.5' is not a whole number"));
  const auto huge = folder.write("h_net.tntp", "<NUMBER OF ZONES> 1e12\n<END OF METADATA>\n");
  EXPECT_THAT(error_text([&] { read_tntp_network(huge); }), HasSubstr("h_net.tntp:1: "));
  const auto bare = folder.write("z_net.tntp", "1 2 5 1 1 1 1;\n");
  EXPECT_THAT(message_of([&] { read_tntp_network(bare); }), HasSubstr("no <NUMBER OF ZONES>"));
  EXPECT_THAT(message_of([&] { read_tntp_network(folder.path() / "none"); }),
              HasSubstr("cannot be opened"));
}

std::vector<traffic::OdFlow> trips_of(const std::string& text, ImportReport* report = nullptr) {
  const ScratchFolder folder;
  return read_tntp_trips(folder.write("x_trips.tntp", text), 3, report);
}

TEST(TntpTrips, AreReadWhateverTheirSpacing) {
  ImportReport report;
  const auto pairs = trips_of(
      "<NUMBER OF ZONES> 3\n<TOTAL OD FLOW> 36.5\n<END OF METADATA>\n\n\nOrigin \t1 \n"
      "    1 :      4.0;     2 :    10.5;\n    3 :0.0;\nOrigin 3\n1:2;2 : 20\n",
      &report);
  ASSERT_EQ(pairs.size(), 4U);
  EXPECT_EQ(pairs[0].from, 0U);
  EXPECT_EQ(pairs[0].to, 0U);
  EXPECT_EQ(pairs[1].to, 1U);
  EXPECT_EQ(pairs[1].flow, 10.5);
  EXPECT_EQ(pairs[3].from, 2U);
  EXPECT_EQ(pairs[3].flow, 20);
  EXPECT_EQ(report.counted("total flow"), 0U);
}

TEST(TntpTrips, TellWhenTheyDoNotAddUp) {
  ImportReport report;
  trips_of("<TOTAL OD FLOW> 30\n<END OF METADATA>\nOrigin 1\n2 : 10;\n", &report);
  EXPECT_EQ(report.counted("total flow"), 1U);
}

TEST(TntpTrips, RefuseWhatMakesNoSenseWithFileAndLine) {
  const auto said = [](const std::string& text) {
    return message_of([&] { trips_of("<END OF METADATA>\n" + text); });
  };
  EXPECT_THAT(said("2 : 10;\n"), HasSubstr("x_trips.tntp:2: trips before the first 'Origin'"));
  EXPECT_THAT(said("Origin 1\n2 : 10; 3\n"), HasSubstr("x_trips.tntp:3: a destination without"));
  EXPECT_THAT(said("Origin 4\n"), HasSubstr("'4' is no zone from 1 to 3"));
  EXPECT_THAT(said("Origin 1\n2 : -1;\n"), HasSubstr("a flow below 0"));
  EXPECT_THAT(said(""), HasSubstr("has no 'Origin'"));
  EXPECT_THAT(message_of([] { trips_of("<NUMBER OF ZONES> 9\n<END OF METADATA>\nOrigin 1\n"); }),
              HasSubstr("9 zones where the network has 3"));
}

TEST(TntpNodes, HaveTheirPlaces) {
  const ScratchFolder folder;
  const auto places =
      read_tntp_nodes(folder.write("n", "Node\tX\tY\t;\n1\t-9.5e1\t43.5\t;\n3 2 1;\n"), 3);
  EXPECT_EQ(places[0].x_m, -95);
  EXPECT_EQ(places[2].y_m, 1);
  EXPECT_TRUE(std::isnan(places[1].x_m));
}

TEST(TntpFlows, AreReadInBothLayouts) {
  const ScratchFolder folder;
  const auto wide =
      read_tntp_flows(folder.write("w", "From \tTo \tVolume \tCost \n1 \t2 \t4494.65 \t6.0008 \n"));
  ASSERT_EQ(wide.size(), 1U);
  EXPECT_EQ(wide[0].to, 1U);
  EXPECT_EQ(wide[0].flow, 4494.65);
  const auto old = read_tntp_flows(
      folder.write("o",
                   "<NUMBER OF NODES> 2\n<END OF METADATA>\n~ Tail Head : Volume Cost ;\n"
                   "\t1\t2\t:\t10\t3\t;\n"));
  ASSERT_EQ(old.size(), 1U);
  EXPECT_EQ(old[0].cost, 3);
}

}  // namespace
}  // namespace kontwin
