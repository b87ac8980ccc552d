#include <algorithm>
#include <chrono>
#include <cstdio>

#include "app/progress.hpp"
#include "app/traffic_commands.hpp"
#include "app/traffic_inputs.hpp"
#include "io/traffic/gmns.hpp"
#include "io/traffic/network_file.hpp"
#include "io/traffic/stop_results.hpp"
#include "io/traffic/sumo_export.hpp"
#include "io/traffic/traffic_results.hpp"
#include "io/traffic/zones.hpp"
#include "scenarios/traffic/trip_run.hpp"

namespace kontwin {

using namespace traffic;  // NOLINT(google-build-using-namespace): all that is done here

namespace {

double since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
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

void print_parking(const Simulation& simulation) {
  const ParkingBook* book = simulation.parking();
  if (book == nullptr) return;
  std::printf(
      "Đỗ xe / Parking: có chỗ / parked %llu, gặp bãi đầy / found it full %llu, đỗ lề đường / left "
      "at the roadside %llu, tìm chỗ / searching %.1f h\n",
      static_cast<unsigned long long>(book->parked()),
      static_cast<unsigned long long>(book->turned_away()),
      static_cast<unsigned long long>(book->at_roadside()), book->search_s() / 3600);
}

}  // namespace

int run_traffic(const TrafficRunOptions& options) {
  auto start = std::chrono::steady_clock::now();
  const TrafficInputs inputs(options.network, options.routes, options.edits, options.timetable,
                             options.rules_at);
  const auto& [network, trips, edits] = inputs;
  const std::vector<Zone> zones =
      options.zones.empty() ? std::vector<Zone>() : read_zones(options.zones);
  const double load_s = since(start);

  TripRunOptions wanted;
  wanted.simulation.seed = options.seed;
  wanted.simulation.patience_s = options.patience_min * 60;
  JunctionRules& rules = wanted.simulation.rules;
  if (options.signals_as_sumo) rules = with_signals_as_sumo(rules);
  rules.give_way = options.give_way;
  rules.saturation_flow_pcph = options.saturation_flow_pcph;
  wanted.interval = to_micros(options.interval_min * 60);
  choose_micro(*network, options.micro, wanted.simulation);
  wanted.route_refresh = to_micros(options.refresh_min * 60);
  wanted.details = options.details;
  wanted.en_route.share = options.en_route_share;
  wanted.edits = edits;
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
  print_parking(simulation);
  print_stranded(run, trips);
  print_gridlock(run);
  if (!trips.halts.empty()) print_stops(run, trips);
  if (options.en_route_share > 0) {
    std::printf("Đổi đường giữa chừng / Changes en route: %zu\n", run.changes_en_route());
  }
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
  if (!options.zones.empty()) {
    write_accessibility(options.out / "accessibility.csv", run, trips, zones);
  }
  if (options.details) write_results_hdf5(options.out / "results.h5", run, trips);
  std::printf("  %s\n", options.out.string().c_str());
  return 0;
}

int convert_network(const TrafficConvertOptions& options) {
  std::vector<Repair> repairs;
  const auto network = open_network(options.network, repairs, options.rules_at);
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
