#include "io/traffic/gtfs.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "io/traffic/gtfs_feed.hpp"
#include "io/traffic/line_matching.hpp"
#include "scenarios/traffic/demand/merge_trips.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

/// Points of a shape are this far apart at least when a route is sought along them.
constexpr double shape_step_m = 250;

/// Stable numbers of buses, beyond those that count trips from 0: FNV-1a, with the top bit set.
std::uint64_t number_of(const std::string& name) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return hash | (std::uint64_t{1} << 63U);
}

class Timetable {
 public:
  Timetable(const std::filesystem::path& path, const Network& network, const GtfsOptions& options,
            std::vector<TripProblem>& problems)
      : path_(path.string()),
        network_(network),
        options_(options),
        problems_(problems),
        frame_(network),
        matcher_(network, VehicleKind::bus, options.stop_reach_m),
        feed_(read_gtfs_feed(path, options.date)) {}

  TripTable make() {
    table_.types.push_back(standard_vehicle_types()[static_cast<std::size_t>(VehicleKind::bus)]);
    for (const std::string& fault : feed_.faults)
      blame(fault, "its timetable cannot be driven", true);
    if (feed_.other_trips > 0) {
      blame(std::to_string(feed_.other_trips) + " trips", "on rails, water or cables", true);
    }
    for (const GtfsFeed::Stop& stop : feed_.stops) {
      table_.stops.push_back(stop.name.empty() ? stop.id : stop.id + " " + stop.name);
      places_.push_back(stop.place ? frame_.to_local(*stop.place) : std::nullopt);
    }
    for (const GtfsFeed::Trip& trip : feed_.trips) add(trip);
    if (feed_.trips.empty()) blame("the day", "no bus runs on it", true);
    for (std::size_t stop = 0; stop < unmatched_.size(); ++stop) {
      if (unmatched_[stop] > 0) {
        blame("stop " + table_.stops[stop],
              "no link for buses within " + std::to_string(std::lround(options_.stop_reach_m)) +
                  " m that a way leads to: passed by " + std::to_string(unmatched_[stop]) +
                  " lines",
              false);
      }
    }
    if (early_ > 0) blame(std::to_string(early_) + " trips", "begin before the start", true);
    sort_trips(table_);
    return std::move(table_);
  }

 private:
  struct Pattern {
    std::optional<MatchedLine> line;
    std::vector<std::size_t> point_of_stop;  // [stop of the trip]
    std::uint32_t route_begin = 0;
  };

  void blame(std::string place, std::string reason, bool left_out) {
    problems_.push_back({path_, 0, std::move(place), std::move(reason), left_out});
  }

  const Pattern& pattern_of(const GtfsFeed::Trip& trip) {
    std::vector<std::uint32_t> stops;
    for (const auto& time : trip.times) stops.push_back(time.stop);
    const auto [found, is_new] = patterns_.try_emplace({stops, trip.shape});
    Pattern& pattern = found->second;
    if (!is_new) return pattern;
    const std::vector<LinePoint> points = points_of(stops, trip.shape, pattern.point_of_stop);
    pattern.line = matcher_.match(points);
    unmatched_.resize(feed_.stops.size(), 0);
    for (std::size_t i = 0; i < stops.size(); ++i) {
      const std::size_t point = pattern.point_of_stop[i];
      const bool there =
          point != no_row && pattern.line && pattern.line->points[point].leg != no_row;
      if (!there) ++unmatched_[stops[i]];
    }
    if (pattern.line) {
      pattern.route_begin = static_cast<std::uint32_t>(table_.route_links.size());
      table_.route_links.insert(table_.route_links.end(), pattern.line->links.begin(),
                                pattern.line->links.end());
    }
    return pattern;
  }

  /// The stops, with points of the shape between them.
  std::vector<LinePoint> points_of(const std::vector<std::uint32_t>& stops,
                                   const std::string& shape,
                                   std::vector<std::size_t>& point_of_stop) const {
    std::vector<LocalPoint> drawn;
    if (const auto found = feed_.shapes.find(shape); found != feed_.shapes.end()) {
      for (const GeoPoint& point : found->second) {
        if (const auto place = frame_.to_local(point)) drawn.push_back(*place);
      }
    }
    std::vector<LinePoint> points;
    std::size_t at = 0;  // of the shape
    for (const std::uint32_t stop : stops) {
      if (!places_[stop]) {
        point_of_stop.push_back(no_row);
        continue;
      }
      // The nearest point of the shape from where the line is, no farther on than a turn of it.
      std::size_t nearest = at;
      for (std::size_t i = at; i < drawn.size(); ++i) {
        const double away_m = distance_m(drawn[i], *places_[stop]);
        if (away_m < distance_m(drawn[nearest], *places_[stop])) nearest = i;
        if (away_m > distance_m(drawn[nearest], *places_[stop]) + 1000) break;
      }
      for (; at < nearest; ++at) {
        const bool apart =
            points.empty() || distance_m(points.back().place, drawn[at]) > shape_step_m;
        if (apart && distance_m(drawn[at], *places_[stop]) > shape_step_m) {
          points.push_back({drawn[at], false});
        }
      }
      point_of_stop.push_back(points.size());
      points.push_back({*places_[stop], true});
    }
    return points;
  }

  void add(const GtfsFeed::Trip& trip) {
    const Pattern& pattern = pattern_of(trip);
    if (!pattern.line) {
      blame("trip " + trip.id, "fewer than two of its stops are on the network", true);
      return;
    }
    if (trip.headways.empty()) {
      add_bus(trip, pattern, 0, trip.id);
      return;
    }
    std::size_t count = 0;
    for (const auto& headway : trip.headways) {
      for (double at = headway.from_s; at < headway.to_s; at += headway.every_s) {
        add_bus(trip, pattern, at - trip.times.front().departure_s,
                trip.id + "." + std::to_string(count++));
      }
    }
  }

  void add_bus(const GtfsFeed::Trip& trip, const Pattern& pattern, double shift_s,
               const std::string& name) {
    const double clock_s = shift_s - options_.start_s;
    const MatchedLine& line = *pattern.line;
    TripRow row;
    row.number = number_of(name);
    row.route_begin = pattern.route_begin;
    row.route_length = static_cast<std::uint32_t>(line.links.size());
    row.from_link = line.links.front();
    row.to_link = line.links.back();
    row.halt_begin = static_cast<std::uint32_t>(table_.halts.size());
    double first_s = 0;
    for (std::size_t i = 0; i < trip.times.size(); ++i) {
      const auto& time = trip.times[i];
      const std::size_t point = pattern.point_of_stop[i];
      if (point == no_row || line.points[point].leg == no_row) continue;
      const MatchedLine::At& at = line.points[point];
      Halt halt;
      halt.link = line.links[at.leg];
      halt.leg = at.leg;
      halt.along = static_cast<float>(at.along);
      halt.in_bay = options_.in_bays;
      halt.stop = time.stop;
      const double stands_s = time.departure_s - time.arrival_s;
      halt.dwell = to_micros(stands_s > 0 ? stands_s : options_.dwell_s);
      halt.planned_arrival = to_micros(time.arrival_s + clock_s);
      halt.planned_departure = to_micros(time.departure_s + clock_s);
      if (time.exact) halt.not_before = std::max<Micros>(0, halt.planned_departure);
      if (table_.halts.size() == row.halt_begin) {
        const double speed =
            std::min(network_.free_speed_mps[halt.link], table_.types.front().top_speed_mps);
        first_s = time.departure_s + clock_s - seconds(halt.dwell) -
                  at.along * network_.length_m[halt.link] / speed;
        if (time.departure_s + clock_s < 0) break;
      }
      table_.halts.push_back(halt);
    }
    row.halt_count = static_cast<std::uint32_t>(table_.halts.size()) - row.halt_begin;
    if (row.halt_count == 0) {
      ++early_;
      return;
    }
    row.depart = to_micros(std::max(0.0, first_s));
    table_.trips.push_back(row);
    table_.names.push_back(trip.line + ":" + name);
  }

  std::string path_;
  const Network& network_;
  const GtfsOptions& options_;
  std::vector<TripProblem>& problems_;
  NetworkFrame frame_;
  LineMatcher matcher_;
  GtfsFeed feed_;
  TripTable table_;
  std::vector<std::optional<LocalPoint>> places_;  // [stop]
  std::vector<std::size_t> unmatched_;             // [stop] lines that pass it
  std::map<std::pair<std::vector<std::uint32_t>, std::string>, Pattern> patterns_;
  std::size_t early_ = 0;
};

}  // namespace

std::chrono::year_month_day parse_day(const std::string& text) {
  int year = 0;
  unsigned month = 0, day = 0;
  char more = 0;
  const int read = std::sscanf(text.c_str(), "%4d-%2u-%2u%c", &year, &month, &day, &more);
  const std::chrono::year_month_day found{std::chrono::year(year), std::chrono::month(month),
                                          std::chrono::day(day)};
  if (read != 3 || text.size() != 10 || !found.ok()) {
    throw Error("'" + text + "' is no day: write YYYY-MM-DD");
  }
  return found;
}

std::optional<double> parse_clock(std::string_view text) { return gtfs_seconds(text); }

TripTable read_gtfs(const std::filesystem::path& path, const Network& network,
                    const GtfsOptions& options, std::vector<TripProblem>* problems) {
  std::vector<TripProblem> unread;
  return Timetable(path, network, options, problems != nullptr ? *problems : unread).make();
}

}  // namespace kontwin::traffic
