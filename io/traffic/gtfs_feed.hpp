#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "io/import/csv_reader.hpp"
#include "twin/geometry.hpp"

namespace kontwin::traffic {

/// What a GTFS feed says of one day, as it says it. Private to this folder: see gtfs.hpp.
struct GtfsFeed {
  struct Stop {
    std::string id, name;
    std::optional<GeoPoint> place;
  };
  struct StopTime {
    std::uint32_t stop = 0;  ///< of stops
    double arrival_s = 0, departure_s = 0;
    bool exact = true;  ///< a time point: nobody leaves it early
  };
  struct Trip {
    std::string id, line, shape;
    std::vector<StopTime> times;  ///< in order, moments filled in
    struct Headway {
      double from_s, to_s, every_s;
    };
    std::vector<Headway> headways;  ///< none: driven once, as it stands
  };
  std::vector<Stop> stops;
  std::vector<Trip> trips;                              ///< of buses, on the day; by id
  std::map<std::string, std::vector<GeoPoint>> shapes;  ///< of those trips
  std::size_t other_trips = 0;                          ///< on rails, water or cables
  std::vector<std::string> faults;  ///< trips that cannot be read, with the reason
};

/// Throws FileError.
GtfsFeed read_gtfs_feed(const std::filesystem::path& path, std::chrono::year_month_day day);

/// Seconds of `7:05:00` and `25:10:00`; nothing for what is no such text, or more than a week.
std::optional<double> gtfs_seconds(std::string_view text);

}  // namespace kontwin::traffic
