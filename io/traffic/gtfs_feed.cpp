#include "io/traffic/gtfs_feed.hpp"

#include <cpl_vsi.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <set>
#include <sstream>
#include <unordered_map>

#include "io/import/gdal_session.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

constexpr std::array<const char*, 7> weekdays{"sunday",   "monday", "tuesday", "wednesday",
                                              "thursday", "friday", "saturday"};

/// More than the buses of a large city on a day come of a headway that is not one.
constexpr double most_by_headway = 200'000;

bool is_bus(int type) { return type == 3 || type == 11 || (type >= 700 && type < 800); }

int whole(const CsvTable& table, std::size_t row, std::string_view column, int otherwise) {
  const std::string& text = table.text(row, column);
  if (text.empty()) return otherwise;
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    table.fail(row, "'" + text + "' in '" + std::string(column) + "' is no whole number");
  }
  return value;
}

class FeedReader {
 public:
  FeedReader(const std::filesystem::path& path, std::chrono::year_month_day day)
      : path_(path), day_(day), zipped_(!std::filesystem::is_directory(path)) {}

  GtfsFeed read() {
    read_stops();
    read_services();
    read_trips();
    read_times();
    if (const auto table =
            find("frequencies", {"trip_id", "start_time", "end_time", "headway_secs"})) {
      read_headways(*table);
    }
    if (const auto table =
            find("shapes", {"shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence"})) {
      read_shapes(*table);
    }
    std::ranges::sort(feed_.trips, {}, &GtfsFeed::Trip::id);
    return std::move(feed_);
  }

 private:
  std::optional<std::string> content(const std::string& name) const {
    if (!zipped_) {
      std::ifstream file(path_ / name, std::ios::binary);
      if (!file) return std::nullopt;
      std::ostringstream text;
      text << file.rdbuf();
      return std::move(text).str();
    }
    const GdalSession session;
    const std::string inside = "/vsizip/{" + path_.string() + "}/" + name;
    VSILFILE* const file = VSIFOpenL(inside.c_str(), "rb");
    if (file == nullptr) return std::nullopt;
    std::string text;
    std::array<char, 1 << 16> block{};
    std::size_t got = 0;
    while ((got = VSIFReadL(block.data(), 1, block.size(), file)) > 0)
      text.append(block.data(), got);
    VSIFCloseL(file);
    return text;
  }

  std::optional<CsvTable> find(const std::string& name,
                               const std::vector<std::string>& required) const {
    const auto text = content(name + ".txt");
    if (!text) return std::nullopt;
    return CsvTable::parse(*text, (path_ / (name + ".txt")).string(), required);
  }

  CsvTable table(const std::string& name, const std::vector<std::string>& required) const {
    auto found = find(name, required);
    if (!found) throw FileError(path_.string(), "holds no table " + name + ".txt");
    return std::move(*found);
  }

  std::optional<double> moment(const CsvTable& table, std::size_t row,
                               std::string_view column) const {
    std::string_view text = table.text(row, column);
    while (text.starts_with(' ')) text.remove_prefix(1);
    if (text.empty()) return std::nullopt;
    const auto seconds = gtfs_seconds(text);
    if (!seconds) {
      table.fail(row, "'" + std::string(text) + "' in '" + std::string(column) +
                          "' is no moment HH:MM:SS");
    }
    return seconds;
  }

  void read_stops() {
    const CsvTable stops = table("stops", {"stop_id", "stop_lat", "stop_lon"});
    for (std::size_t row = 0; row < stops.rows(); ++row) {
      GtfsFeed::Stop stop{stops.text(row, "stop_id"), stops.text(row, "stop_name"), std::nullopt};
      const auto lon = stops.number(row, "stop_lon");
      const auto lat = stops.number(row, "stop_lat");
      if (lon && lat) stop.place = GeoPoint{*lon, *lat};
      stop_rows_.emplace(stop.id, static_cast<std::uint32_t>(feed_.stops.size()));
      feed_.stops.push_back(std::move(stop));
    }
  }

  void read_services() {
    char text[16];
    std::snprintf(text, sizeof text, "%04d%02u%02u", static_cast<int>(day_.year()),
                  static_cast<unsigned>(day_.month()), static_cast<unsigned>(day_.day()));
    const std::string today = text;
    const std::chrono::weekday weekday{std::chrono::sys_days(day_)};
    const auto calendar = find("calendar", {"service_id", "start_date", "end_date"});
    for (std::size_t row = 0; calendar && row < calendar->rows(); ++row) {
      const bool runs = whole(*calendar, row, weekdays[weekday.c_encoding()], 0) == 1 &&
                        calendar->text(row, "start_date") <= today &&
                        today <= calendar->text(row, "end_date");
      if (runs) services_.insert(calendar->text(row, "service_id"));
    }
    const auto dates = find("calendar_dates", {"service_id", "date", "exception_type"});
    if (!calendar && !dates) {
      throw FileError(path_.string(), "holds neither calendar.txt nor calendar_dates.txt");
    }
    for (std::size_t row = 0; dates && row < dates->rows(); ++row) {
      if (dates->text(row, "date") != today) continue;
      const int exception = whole(*dates, row, "exception_type", 0);
      if (exception == 1) services_.insert(dates->text(row, "service_id"));
      if (exception == 2) services_.erase(dates->text(row, "service_id"));
    }
  }

  void read_trips() {
    const CsvTable lines = table("routes", {"route_id", "route_type"});
    std::unordered_map<std::string, std::string> buses;
    std::set<std::string> all;
    for (std::size_t row = 0; row < lines.rows(); ++row) {
      const std::string& id = lines.text(row, "route_id");
      all.insert(id);
      if (!is_bus(whole(lines, row, "route_type", -1))) continue;
      const std::string& name = lines.text(row, "route_short_name");
      buses.emplace(id, name.empty() ? id : name);
    }
    const CsvTable trips = table("trips", {"route_id", "service_id", "trip_id"});
    for (std::size_t row = 0; row < trips.rows(); ++row) {
      if (!services_.contains(trips.text(row, "service_id"))) continue;
      const std::string& line = trips.text(row, "route_id");
      if (!all.contains(line)) trips.fail(row, "route '" + line + "' is not in routes.txt");
      const auto bus = buses.find(line);
      if (bus == buses.end()) {
        ++feed_.other_trips;
        continue;
      }
      GtfsFeed::Trip trip;
      trip.id = trips.text(row, "trip_id");
      trip.line = bus->second;
      trip.shape = trips.text(row, "shape_id");
      if (!trip_rows_.emplace(trip.id, feed_.trips.size()).second) {
        trips.fail(row, "trip '" + trip.id + "' is there twice");
      }
      feed_.trips.push_back(std::move(trip));
    }
  }

  void read_times() {
    const CsvTable times = table("stop_times", {"trip_id", "stop_id", "stop_sequence"});
    struct Row {
      int sequence;
      GtfsFeed::StopTime time;
      bool known;
    };
    std::vector<std::vector<Row>> rows(feed_.trips.size());
    for (std::size_t row = 0; row < times.rows(); ++row) {
      const auto trip = trip_rows_.find(times.text(row, "trip_id"));
      if (trip == trip_rows_.end()) continue;
      const auto stop = stop_rows_.find(times.text(row, "stop_id"));
      if (stop == stop_rows_.end()) {
        times.fail(row, "stop '" + times.text(row, "stop_id") + "' is not in stops.txt");
      }
      const auto arrival = moment(times, row, "arrival_time");
      const auto departure = moment(times, row, "departure_time");
      Row made{whole(times, row, "stop_sequence", 0), {}, arrival || departure};
      made.time.stop = stop->second;
      made.time.arrival_s = arrival.value_or(departure.value_or(0));
      made.time.departure_s =
          std::max(made.time.arrival_s, departure.value_or(made.time.arrival_s));
      made.time.exact = made.known && whole(times, row, "timepoint", 1) != 0;
      rows[trip->second].push_back(made);
    }
    for (std::size_t number = 0; number < rows.size(); ++number) {
      std::vector<Row>& of = rows[number];
      GtfsFeed::Trip& trip = feed_.trips[number];
      std::ranges::stable_sort(of, {}, &Row::sequence);
      if (of.size() < 2 || !of.front().known || !of.back().known) {
        if (!of.empty()) feed_.faults.push_back("trip " + trip.id + ": its ends have no moment");
        continue;
      }
      // Moments between those that are given are in equal steps.
      for (std::size_t i = 1, before = 0; i < of.size(); ++i) {
        if (!of[i].known) continue;
        const double step =
            (of[i].time.arrival_s - of[before].time.departure_s) / static_cast<double>(i - before);
        for (std::size_t at = before + 1; at < i; ++at) {
          const double moment =
              of[before].time.departure_s + step * static_cast<double>(at - before);
          of[at].time.arrival_s = of[at].time.departure_s = moment;
        }
        before = i;
      }
      const bool backwards = std::ranges::adjacent_find(of, [](const Row& a, const Row& b) {
                               return b.time.arrival_s < a.time.departure_s;
                             }) != of.end();
      if (backwards) {
        feed_.faults.push_back("trip " + trip.id + ": its moments run backwards");
        continue;
      }
      for (const Row& row : of) trip.times.push_back(row.time);
    }
    std::erase_if(feed_.trips, [](const GtfsFeed::Trip& trip) { return trip.times.empty(); });
  }

  void read_headways(const CsvTable& table) {
    std::unordered_map<std::string, GtfsFeed::Trip*> by_id;
    for (GtfsFeed::Trip& trip : feed_.trips) by_id.emplace(trip.id, &trip);
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const auto trip = by_id.find(table.text(row, "trip_id"));
      if (trip == by_id.end()) continue;
      const auto from = moment(table, row, "start_time");
      const auto to = moment(table, row, "end_time");
      const double every = table.required_number(row, "headway_secs");
      if (!from || !to || !(every >= 1))
        table.fail(row, "names no start, end and headway of 1 s or more");
      by_headway_ += std::max(0.0, std::ceil((*to - *from) / every));
      if (by_headway_ > most_by_headway) {
        table.fail(row, "with it there are more than 200,000 buses by their headways");
      }
      trip->second->headways.push_back({*from, *to, every});
    }
  }

  void read_shapes(const CsvTable& table) {
    std::set<std::string> used;
    for (const GtfsFeed::Trip& trip : feed_.trips) used.insert(trip.shape);
    std::map<std::string, std::vector<std::pair<int, GeoPoint>>> points;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const std::string& id = table.text(row, "shape_id");
      if (!used.contains(id)) continue;
      points[id].emplace_back(whole(table, row, "shape_pt_sequence", 0),
                              GeoPoint{table.required_number(row, "shape_pt_lon"),
                                       table.required_number(row, "shape_pt_lat")});
    }
    for (auto& [id, of] : points) {
      std::ranges::stable_sort(of, {}, [](const auto& point) { return point.first; });
      for (const auto& [sequence, place] : of) feed_.shapes[id].push_back(place);
    }
  }

  const std::filesystem::path& path_;
  std::chrono::year_month_day day_;
  bool zipped_;
  GtfsFeed feed_;
  double by_headway_ = 0;  // buses
  std::unordered_map<std::string, std::uint32_t> stop_rows_;
  std::unordered_map<std::string, std::size_t> trip_rows_;
  std::set<std::string> services_;
};

}  // namespace

std::optional<double> gtfs_seconds(std::string_view text) {
  // A service may run on into later days; what is written as more than a week is a slip.
  constexpr int most_hours = 168;
  double parts[3] = {0, 0, 0};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (int part = 0; part < 3; ++part) {
    int value = 0;
    const auto [rest, error] = std::from_chars(at, end, value);
    if (error != std::errc{} || value < 0 || value > (part > 0 ? 59 : most_hours)) {
      return std::nullopt;
    }
    parts[part] = value;
    at = rest;
    if (part == 2) break;
    if (at == end || *at != ':')
      return part == 1 && at == end ? std::optional(parts[0] * 3600 + parts[1] * 60) : std::nullopt;
    ++at;
  }
  while (at != end && *at == ' ') ++at;
  if (at != end) return std::nullopt;
  return parts[0] * 3600 + parts[1] * 60 + parts[2];
}

GtfsFeed read_gtfs_feed(const std::filesystem::path& path, std::chrono::year_month_day day) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    throw FileError(path.string(), "there is no such folder or file");
  }
  return FeedReader(path, day).read();
}

}  // namespace kontwin::traffic
