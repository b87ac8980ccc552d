#include <gmock/gmock.h>

#include "io/traffic/sumo_routes.hpp"
#include "tests/io/traffic/fixture.hpp"

namespace kontwin::traffic::testing {
namespace {

using kontwin::testing::ScratchFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Read {
  TripTable table;
  std::vector<std::string> problems;
};

Read parse(const std::string& inside) {
  static const std::shared_ptr<const Network> network = town();
  const ScratchFolder folder;
  std::vector<TripProblem> problems;
  Read read;
  read.table = read_sumo_routes(folder.write("a.rou.xml", "<routes>\n" + inside + "\n</routes>"),
                                *network, &problems);
  for (const TripProblem& problem : problems) {
    read.problems.push_back(problem.place + ": " + problem.reason);
  }
  return read;
}

const std::string route = "<route edges=\"r1_C C_E E_J1\"/>";

TEST(SumoStops, StandOnTheLinksOfTheirRouteInOrder) {
  const Read read = parse(
      "<busStop id=\"B\" lane=\"E_J1_0\" startPos=\"5\" endPos=\"20\"/>"
      "<vehicle id=\"v\" depart=\"5\">" +
      route +
      "<stop lane=\"C_E_0\" endPos=\"-10\" duration=\"20\" parking=\"true\"/>"
      "<stop busStop=\"B\" until=\"0:02:00\"/></vehicle>");
  EXPECT_THAT(read.problems, IsEmpty());
  ASSERT_EQ(read.table.halts.size(), 2U);
  ASSERT_EQ(read.table.trips[0].halt_count, 2U);
  const Halt& kerb = read.table.halts[0];
  EXPECT_EQ(kerb.leg, 1U);
  EXPECT_TRUE(kerb.in_bay);
  EXPECT_EQ(kerb.dwell, to_micros(20));
  const double length_m = town()->length_m[kerb.link];
  EXPECT_NEAR(static_cast<double>(kerb.along), (length_m - 10) / length_m, 1e-6);
  const Halt& stop = read.table.halts[1];
  EXPECT_EQ(stop.leg, 2U);
  EXPECT_FALSE(stop.in_bay);
  EXPECT_EQ(stop.not_before, to_micros(120));
  EXPECT_EQ(read.table.stops[stop.stop], "B");
}

TEST(SumoStops, OfARouteAreThoseOfAllItsVehicles) {
  const Read read = parse(
      "<route id=\"R\" edges=\"r1_C C_E E_J1\"><stop lane=\"C_E_0\" duration=\"20\"/></route>"
      "<vehicle id=\"v\" depart=\"5\" route=\"R\"/><vehicle id=\"w\" depart=\"9\" route=\"R\"/>"
      "<vehicle id=\"x\" depart=\"11\">" +
      route + "</vehicle>");
  EXPECT_EQ(read.table.trips[0].halt_count, 1U);
  EXPECT_EQ(read.table.trips[1].halt_count, 1U);
  EXPECT_EQ(read.table.trips[2].halt_count, 0U);
}

TEST(SumoStops, ThatCannotBeMadeAreListed) {
  const Read read = parse(
      "<vehicle id=\"aside\" depart=\"5\">" + route +
      "<stop lane=\"N_C_0\" duration=\"20\"/></vehicle><vehicle id=\"nowhere\" depart=\"5\">" +
      route +
      "<stop lane=\"Q_0\" duration=\"20\"/></vehicle><vehicle id=\"unnamed\" depart=\"5\">" +
      route +
      "<stop busStop=\"Z\" duration=\"20\"/></vehicle><vehicle id=\"endless\" depart=\"5\">" +
      route +
      "<stop lane=\"C_E_0\"/></vehicle>"
      "<trip id=\"free\" depart=\"5\" from=\"r1_C\" to=\"E_J1\"><stop lane=\"C_E_0\" "
      "duration=\"1\"/>"
      "</trip>");
  EXPECT_THAT(read.problems,
              ElementsAre(HasSubstr("aside: its stops are not on its route"),
                          HasSubstr("nowhere: the lane 'Q_0' of its stop is not in the network"),
                          HasSubstr("unnamed: its stop 'Z' is not there"),
                          HasSubstr("endless: its stop has neither a duration"),
                          HasSubstr("free: its stops are not made")));
  EXPECT_EQ(read.table.trips.size(), 1U);
}

}  // namespace
}  // namespace kontwin::traffic::testing
