#include "io/traffic/gtfs.hpp"

#include <gmock/gmock.h>

#include "io/traffic/osm/osm_network.hpp"
#include "io/traffic/stop_results.hpp"
#include "tests/io/traffic/fixture.hpp"
#include "tests/io/traffic/osm_map.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

using kontwin::testing::message_of;
using kontwin::testing::ScratchFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Gtfs : public ::testing::Test {
 protected:
  Gtfs() {
    // A main road of 3 km from west to east with a crossing every kilometre, and a side road.
    OsmMap map;
    for (int i = 0; i < 4; ++i) map.node(i + 1, 1000 * i, 0);
    map.node(5, 1000, 800)
        .way(10, {1, 2, 3, 4}, "highway=secondary|lanes=2|maxspeed=36")
        .way(11, {2, 5}, "highway=tertiary|maxspeed=36");
    network_ = Network::seal(read_osm_network(map_.write("town.osm", map.text()), nullptr));
    feed_.write("stops.txt", "stop_id,stop_name,stop_lat,stop_lon\n" + stop("A", 200, -8) +
                                 stop("B", 1500, -8) + stop("C", 2800, -8) +
                                 stop("far", 1500, 900) + stop("D", 1500, 8));
    feed_.write("routes.txt", "route_id,route_short_name,route_type\nr1,01,3\ntram,T,0\n");
    feed_.write("trips.txt",
                "route_id,service_id,trip_id\nr1,week,t1\nr1,sunday,t2\ntram,week,t3\n");
    feed_.write("calendar.txt",
                "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,"
                "end_date\nweek,1,1,1,1,1,0,0,20260101,20261231\nsunday,0,0,0,0,0,0,1,20260101,"
                "20261231\n");
    times(
        "t1,A,1,06:00:00,06:00:00\nt1,B,2,06:03:00,06:03:30\nt1,C,3,06:06:00,06:06:00\n"
        "t2,A,1,07:00:00,07:00:00\nt2,C,2,07:06:00,07:06:00\n");
    options_.date = parse_day("2026-11-26");  // a Thursday
    options_.start_s = 5.5 * 3600;
  }
  static std::string stop(const std::string& id, double x_m, double y_m) {
    return id + ",Stop " + id + "," + std::to_string(14.35 + y_m / 110'632) + "," +
           std::to_string(108 + x_m / 107'866) + "\n";
  }
  void times(const std::string& rows) {
    feed_.write("stop_times.txt",
                "trip_id,stop_id,stop_sequence,arrival_time,departure_time\n" + rows);
  }
  TripTable read() {
    problems_.clear();
    return read_gtfs(feed_.path(), *network_, options_, &problems_);
  }
  std::vector<std::string> told() const {
    std::vector<std::string> texts;
    for (const TripProblem& problem : problems_)
      texts.push_back(problem.place + ": " + problem.reason);
    return texts;
  }
  std::vector<std::string> route(const TripTable& table, std::size_t trip) const {
    std::vector<std::string> ids;
    for (const std::uint32_t link : table.route_of(table.trips[trip])) {
      ids.push_back(network_->link_id[link]);
    }
    return ids;
  }

  ScratchFolder map_, feed_;
  std::shared_ptr<const Network> network_;
  GtfsOptions options_;
  std::vector<TripProblem> problems_;
};

TEST_F(Gtfs, ABusDrivesTheTimetableOfItsDay) {
  const TripTable table = read();
  ASSERT_EQ(table.trips.size(), 1U);
  EXPECT_EQ(table.names[0], "01:t1");
  EXPECT_EQ(table.types[table.trips[0].type].kind, VehicleKind::bus);
  EXPECT_THAT(route(table, 0), ElementsAre("10#0", "10#1"));
  ASSERT_EQ(table.halts.size(), 3U);
  EXPECT_NEAR(static_cast<double>(table.halts[0].along), 0.2, 0.01);
  EXPECT_EQ(table.halts[1].dwell, to_micros(30));
  EXPECT_EQ(table.halts[0].dwell, to_micros(15)) << "assumed";
  EXPECT_EQ(table.halts[1].planned_departure, to_micros(33.5 * 60));
  EXPECT_THAT(told(), ElementsAre("1 trips: on rails, water or cables"));

  ComputeArena arena(1);
  TripRun run(network_, table, arena);
  run.run();
  ASSERT_EQ(run.halts().size(), 3U);
  EXPECT_EQ(run.halts()[0].left, to_micros(30 * 60)) << "waits for its moment";
  EXPECT_EQ(run.halts()[1].left, to_micros(33.5 * 60));
  const StopSummary summary = summarise_stops(run, table);
  EXPECT_EQ(summary.made, 3U);
  EXPECT_NEAR(summary.mean_late_s, 0, 10);
}

TEST_F(Gtfs, StopsOnTheOtherSideAreServedTheOtherWay) {
  times("t1,C,1,06:00:00,06:00:00\nt1,D,2,06:03:00,06:03:30\n");
  const TripTable table = read();
  EXPECT_THAT(route(table, 0), ElementsAre("-10#1"));
}

TEST_F(Gtfs, StopsWithoutALinkArePassedAndListed) {
  times("t1,A,1,06:00:00,06:00:00\nt1,far,2,06:02:00,06:02:00\nt1,C,3,06:06:00,06:06:00\n");
  const TripTable table = read();
  EXPECT_EQ(table.halts.size(), 2U);
  EXPECT_THAT(told(),
              ::testing::Contains(HasSubstr("stop far Stop far: no link for buses within 50 m")));
  times("t1,A,1,06:00:00,06:00:00\nt1,far,2,06:02:00,06:02:00\n");
  EXPECT_THAT(read().trips, IsEmpty());
  EXPECT_THAT(told(), ::testing::Contains(HasSubstr("fewer than two of its stops")));
}

TEST_F(Gtfs, ExceptionsHeadwaysAndDaysWithoutBusesCount) {
  feed_.write("calendar_dates.txt",
              "service_id,date,exception_type\nsunday,20261126,1\nweek,20261126,2\n");
  EXPECT_THAT(read().names, ElementsAre("01:t2"));
  options_.date = parse_day("2026-11-28");
  EXPECT_THAT(read().trips, IsEmpty());
  EXPECT_THAT(told(), ElementsAre("the day: no bus runs on it"));
  options_.date = parse_day("2026-11-25");
  feed_.write("frequencies.txt",
              "trip_id,start_time,end_time,headway_secs\nt1,08:00:00,09:00:00,1200\n");
  const TripTable often = read();
  EXPECT_THAT(often.names, ElementsAre("01:t1.0", "01:t1.1", "01:t1.2"));
  EXPECT_EQ(often.halts[3].planned_departure, to_micros(2.5 * 3600 + 1200));
}

TEST_F(Gtfs, HeadwaysOfMoreBusesThanADayHoldsAreRefusedAndNotCounted) {
  const auto refused = [this](const std::string& row) {
    feed_.write("frequencies.txt", "trip_id,start_time,end_time,headway_secs\n" + row);
    return message_of<FileError>([this] { read(); });
  };
  EXPECT_THAT(refused("t1,00:00:00,2000000000:00:00,1\n"),
              HasSubstr("frequencies.txt:2: '2000000000:00:00' in 'end_time' is no moment"));
  EXPECT_THAT(refused("t1,00:00:00,48:00:00,1\nt1,48:00:00,96:00:00,1\n"),
              HasSubstr("frequencies.txt:3: with it there are more than 200,000 buses"));
  EXPECT_THAT(refused("t1,00:00:00,01:00:00,0\n"), HasSubstr("headway of 1 s or more"));
  EXPECT_THAT(refused("t1,00:00:00,01:00:00,nan\n"), HasSubstr("frequencies.txt:2"));
}

TEST_F(Gtfs, TripsBeforeTheStartAreLeftOut) {
  options_.start_s = 7 * 3600;
  EXPECT_THAT(read().trips, IsEmpty());
  EXPECT_THAT(told(), ::testing::Contains("1 trips: begin before the start"));
}

TEST_F(Gtfs, MomentsThatAreNotGivenLieBetweenThoseThatAre) {
  times("t1,A,1,06:00:00,06:00:00\nt1,B,2,,\nt1,C,3,06:06:00,06:06:00\n");
  const TripTable table = read();
  EXPECT_EQ(table.halts[1].planned_arrival, to_micros(33 * 60));
  EXPECT_EQ(table.halts[1].not_before, 0) << "nobody waits for a moment that was never given";
}

TEST_F(Gtfs, BadTablesAreRefusedByPlace) {
  const auto refused = [this] { return message_of<FileError>([this] { read(); }); };
  times("t1,A,1,six,06:00:00\n");
  EXPECT_THAT(refused(), HasSubstr("stop_times.txt:2: 'six' in 'arrival_time' is no moment"));
  times("t1,Z,1,06:00:00,06:00:00\n");
  EXPECT_THAT(refused(), HasSubstr("stop 'Z' is not in stops.txt"));
  times("t1,A,1,06:09:00,06:09:00\nt1,C,2,06:00:00,06:00:00\n");
  EXPECT_THAT(read().trips, IsEmpty());
  EXPECT_THAT(told(), ::testing::Contains(HasSubstr("trip t1: its moments run backwards")));
  std::filesystem::remove(feed_.path() / "trips.txt");
  EXPECT_THAT(refused(), HasSubstr("holds no table trips.txt"));
  EXPECT_THAT(message_of<Error>([] { parse_day("26-11-2026"); }), HasSubstr("write YYYY-MM-DD"));
  const auto nowhere = town();
  EXPECT_THAT(message_of<WorldError>([&] { read_gtfs(feed_.path(), *nowhere, options_); }),
              HasSubstr("does not say where on the earth"));
}

}  // namespace
}  // namespace kontwin::traffic::testing
