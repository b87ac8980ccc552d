#include "app/traffic_timetable.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "io/traffic/gtfs.hpp"
#include "io/traffic/stop_results.hpp"
#include "scenarios/traffic/demand/merge_trips.hpp"
#include "twin/error.hpp"

namespace kontwin {

void add_timetable_options(CLI::App& command, TimetableOptions& options) {
  CLI::Option* const gtfs = command
                                .add_option("--gtfs", options.gtfs,
                                            "Timetable of buses: a GTFS folder or zip file\n"
                                            "Biểu đồ xe buýt: thư mục hoặc tệp zip GTFS")
                                ->type_name("PATH")
                                ->check(CLI::ExistingPath);
  CLI::Option* const date =
      command
          .add_option("--date", options.date,
                      "The day of the timetable that is driven\nNgày chạy theo biểu đồ")
          ->type_name("YYYY-MM-DD");
  gtfs->needs(date);
  command
      .add_option("--clock", options.clock,
                  "Moment of that day at which the run starts: second 0 of the trips\n"
                  "Thời điểm trong ngày khi bắt đầu: giây 0 của chuyến đi")
      ->type_name("HH:MM")
      ->needs(gtfs)
      ->capture_default_str();
  command
      .add_option("--stop-reach", options.stop_reach_m,
                  "A stop belongs to links no farther from it, metres\n"
                  "Trạm dừng thuộc đoạn đường cách không quá, mét")
      ->type_name("METRES")
      ->check(CLI::PositiveNumber.description(""))
      ->needs(gtfs)
      ->capture_default_str();
  command
      .add_flag("--bays", options.bays,
                "Buses stop beside the lane\nXe buýt dừng trong vịnh, ngoài làn")
      ->needs(gtfs);
}

void add_buses(const TimetableOptions& options, const traffic::Network& network,
               traffic::TripTable& trips, std::vector<traffic::TripProblem>& problems) {
  traffic::GtfsOptions wanted;
  wanted.date = traffic::parse_day(options.date);
  const auto clock_s = traffic::parse_clock(options.clock);
  if (!clock_s) {
    throw Error("--clock: '" + options.clock + "' is no moment of a day: write HH:MM");
  }
  wanted.start_s = *clock_s;
  wanted.stop_reach_m = options.stop_reach_m;
  wanted.in_bays = options.bays;
  traffic::TripTable buses = traffic::read_gtfs(options.gtfs, network, wanted, &problems);
  std::printf("Xe buýt / Buses: %zu, lượt dừng / halts: %zu\n", buses.trips.size(),
              buses.halts.size());
  traffic::merge_trips(trips, std::move(buses));
}

void print_stops(const traffic::TripRun& run, const traffic::TripTable& trips) {
  const traffic::StopSummary stops = traffic::summarise_stops(run, trips);
  std::printf(
      "Dừng trạm / Halts: %zu / %zu, trễ trung bình / mean lateness %.0f s, trễ trên 5 phút / more "
      "than 5 minutes late: %zu\n",
      stops.made, stops.planned, stops.mean_late_s, stops.late);
}

}  // namespace kontwin
