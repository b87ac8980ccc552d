#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <set>

#include "app/progress.hpp"
#include "app/traffic_commands.hpp"
#include "io/traffic/gmns.hpp"
#include "io/traffic/gtfs.hpp"
#include "io/traffic/network_file.hpp"
#include "io/traffic/osm/osm_network.hpp"
#include "io/traffic/stop_results.hpp"
#include "io/traffic/sumo_export.hpp"
#include "io/traffic/sumo_network.hpp"
#include "io/traffic/sumo_routes.hpp"
#include "io/traffic/traffic_results.hpp"
#include "scenarios/traffic/demand/merge_trips.hpp"
#include "scenarios/traffic/trip_run.hpp"
#include "twin/error.hpp"

namespace kontwin {

using namespace traffic;  // NOLINT(google-build-using-namespace): all that is done here

namespace {

double since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::shared_ptr<const Network> open_network(const std::filesystem::path& path,
                                            std::vector<Repair>& repairs) {
  if (std::filesystem::is_directory(path)) {
    return Network::seal(read_gmns(path, &repairs), &repairs);
  }
  const std::string name = path.filename().string();
  const std::string extension = path.extension().string();
  const auto ends = [&name](std::string_view with) { return name.ends_with(with); };
  if (ends(".osm") || ends(".osm.pbf") || ends(".pbf") || ends(".osm.gz") || ends(".osm.bz2")) {
    return Network::seal(read_osm_network(path, &repairs), &repairs);
  }
  if (extension == ".h5") return load_network(path);
  if (extension == ".xml" || extension == ".gz") {
    return Network::seal(read_sumo_network(path, &repairs), &repairs);
  }
  throw FileError(
      path.string(),
      "is no net.xml, net.xml.gz, OpenStreetMap file (.osm, .osm.pbf), network file (.h5) "
      "or folder of GMNS tables");
}

/// The repairs by their rule, with the first of each as an example; all of them when few.
void print_repairs(const std::vector<Repair>& repairs) {
  std::map<std::string, std::vector<const Repair*>> by_rule;
  for (const Repair& repair : repairs) by_rule[repair.rule].push_back(&repair);
  for (const auto& [rule, all] : by_rule) {
    std::printf("  sửa / mended: %s x %zu, %s: %s\n", rule.c_str(), all.size(),
                all.front()->place.c_str(), all.front()->done.c_str());
  }
}

void print_problems(const std::vector<TripProblem>& problems) {
  constexpr std::size_t shown = 10;
  for (std::size_t i = 0; i < std::min(shown, problems.size()); ++i) {
    std::printf("  %s\n", to_text(problems[i]).c_str());
  }
  if (problems.size() > shown) {
    std::printf("  ... và %zu nữa / and %zu more\n", problems.size() - shown,
                problems.size() - shown);
  }
}

void print_network(const Network& network) {
  std::printf(
      "Mạng / Network: %zu nút / junctions, %zu đoạn / links, %zu làn / lanes, %zu hướng rẽ / "
      "turns, "
      "%zu đèn / signals\n",
      network.junctions(), network.links(), network.lanes(), network.turns(),
      network.signals.size());
}

void print_stranded(const TripRun& run, const TripTable& trips) {
  constexpr std::size_t shown = 10;
  std::size_t count = 0;
  for (const Journey& journey : run.journeys()) {
    if (journey.result == Journey::Result::arrived) continue;
    if (++count > shown) continue;
    const std::string name = trips.names.empty() ? std::to_string(trips.trips[journey.tag].number)
                                                 : trips.names[journey.tag];
    std::printf("  xe / vehicle %s: %s, %s\n", name.c_str(),
                journey.result == Journey::Result::no_route
                    ? "không có đường đi / no open way at departure"
                    : "mắc kẹt / stranded",
                run.simulation().network().junction_id[journey.junction].c_str());
  }
  if (count > shown) std::printf("  ... và %zu nữa / and %zu more\n", count - shown, count - shown);
}

/// Links whose first vehicle has stood for ten minutes: a gridlock is shown, not dissolved.
void print_gridlock(const TripRun& run) {
  constexpr std::size_t shown = 10;
  const Network& network = run.simulation().network();
  const LaneQueues& queues = run.simulation().queues();
  std::vector<std::pair<std::uint32_t, std::uint32_t>> standing;  // vehicles, link
  std::uint32_t vehicles = 0;
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    std::uint32_t count = 0;
    for (std::uint32_t lane = network.lane_begin[link]; lane < network.lane_begin[link + 1];
         ++lane) {
      const StopLine& line = queues.lane(lane);
      const bool stands = line.held_since != never && run.now() - line.held_since > to_micros(600);
      if (stands) count += line.count;
    }
    if (count > 0) standing.emplace_back(count, link);
    vehicles += count;
  }
  if (standing.empty()) return;
  std::ranges::sort(standing, std::greater<>());
  std::printf("Kẹt cứng / Gridlock: %u xe đứng trên 10 phút / vehicles standing for 10 minutes:",
              vehicles);
  for (std::size_t i = 0; i < std::min(shown, standing.size()); ++i) {
    std::printf(" %s (%u)", network.link_id[standing[i].second].c_str(), standing[i].first);
  }
  std::printf("%s\n", standing.size() > shown ? " ..." : "");
}

TripTable read_trips(const TrafficRunOptions& options, const Network& network,
                     std::vector<TripProblem>& problems) {
  if (options.routes.empty() && options.gtfs.empty()) {
    throw Error("name trips (--routes) or a timetable (--gtfs)");
  }
  TripTable trips;
  if (!options.routes.empty()) trips = read_sumo_routes(options.routes, network, &problems);
  if (options.gtfs.empty()) return trips;
  GtfsOptions wanted;
  wanted.date = parse_day(options.date);
  const auto clock_s = parse_clock(options.clock);
  if (!clock_s) throw Error("'" + options.clock + "' is no moment of a day: write HH:MM");
  wanted.start_s = *clock_s;
  wanted.stop_reach_m = options.stop_reach_m;
  wanted.in_bays = options.bays;
  TripTable buses = read_gtfs(options.gtfs, network, wanted, &problems);
  std::printf("Xe buýt / Buses: %zu, lượt dừng / halts: %zu\n", buses.trips.size(),
              buses.halts.size());
  merge_trips(trips, std::move(buses));
  return trips;
}

void print_stops(const TripRun& run, const TripTable& trips) {
  const StopSummary stops = summarise_stops(run, trips);
  std::printf(
      "Dừng trạm / Halts: %zu / %zu, trễ trung bình / mean lateness %.0f s, trễ trên 5 phút / more "
      "than 5 minutes late: %zu\n",
      stops.made, stops.planned, stops.mean_late_s, stops.late);
}

}  // namespace

int run_traffic(const TrafficRunOptions& options) {
  auto start = std::chrono::steady_clock::now();
  std::vector<Repair> repairs;
  const auto network = open_network(options.network, repairs);
  print_network(*network);
  print_repairs(repairs);
  std::vector<TripProblem> problems;
  const TripTable trips = read_trips(options, *network, problems);
  std::printf("Chuyến / Trips: %zu\n", trips.trips.size());
  print_problems(problems);
  if (trips.trips.empty()) throw Error("there are no trips to drive");
  const double load_s = since(start);

  TripRunOptions wanted;
  wanted.simulation.seed = options.seed;
  wanted.simulation.patience_s = options.patience_min * 60;
  wanted.simulation.rules.give_way = options.give_way;
  wanted.interval = to_micros(options.interval_min * 60);
  if (options.end_s > 0) wanted.end = to_micros(options.end_s);
  ComputeArena arena(options.threads);
  start = std::chrono::steady_clock::now();
  TripRun run(network, trips, arena, wanted);
  {
    Progress progress({"Giao thông / Traffic"});
    const auto all = static_cast<double>(trips.trips.size());
    while (run.step()) {
      progress.set(0, static_cast<double>(run.journeys().size()) / all);
    }
    progress.set(0, 1);
  }
  const double run_s = since(start);

  const Simulation& simulation = run.simulation();
  double vehicle_s = run.vehicle_seconds();
  simulation.for_each_vehicle([&](std::uint32_t slot) {
    vehicle_s += std::max(0.0, seconds(run.now() - simulation.driver(slot).departed));
  });
  std::printf(
      "Đến nơi / arrived %llu, đang đi / under way %llu, mắc kẹt / stranded %llu, không có đường / "
      "no "
      "way %llu\n",
      static_cast<unsigned long long>(simulation.arrived()),
      static_cast<unsigned long long>(simulation.inside()),
      static_cast<unsigned long long>(simulation.stranded()),
      static_cast<unsigned long long>(simulation.not_made()));
  print_stranded(run, trips);
  print_gridlock(run);
  if (!trips.halts.empty()) print_stops(run, trips);
  std::printf("Giờ xe / Vehicle-hours: %.2f, mô phỏng / simulated %.0f s\n", vehicle_s / 3600,
              seconds(run.now()));
  std::printf(
      "Đọc / Load %.3f s, chạy / run %.3f s: %.2f triệu xe-giây/giây / million "
      "vehicle-seconds a second\n",
      load_s, run_s, vehicle_s / run_s / 1e6);
  std::filesystem::create_directories(options.out);
  write_link_csv(options.out / "links.csv", run);
  write_link_geojson(options.out / "links.geojson", run);
  write_trip_csv(options.out / "trips.csv", run, trips);
  if (!trips.halts.empty()) write_stop_csv(options.out / "stops.csv", run, trips);
  std::printf("  %s\n", options.out.string().c_str());
  return 0;
}

int convert_network(const TrafficConvertOptions& options) {
  std::vector<Repair> repairs;
  const auto network = open_network(options.network, repairs);
  print_network(*network);
  for (const Repair& repair : repairs) {
    std::printf("  %s: %s: %s\n", repair.rule.c_str(), repair.place.c_str(), repair.done.c_str());
  }
  if (options.out.empty()) return 0;
  const std::string out = options.out.string();
  if (options.out.extension() == ".h5") {
    save_network(options.out, *network);
  } else if (out.back() == '/') {
    write_gmns(options.out, *network);
  } else {
    write_sumo_network(options.out, *network);
  }
  std::printf("  %s\n", out.c_str());
  return 0;
}

}  // namespace kontwin
