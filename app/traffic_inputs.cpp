#include "app/traffic_inputs.hpp"

#include <algorithm>
#include <cstdio>
#include <map>

#include "io/traffic/gmns.hpp"
#include "io/traffic/network_file.hpp"
#include "io/traffic/osm/osm_network.hpp"
#include "io/traffic/sumo_network.hpp"
#include "scenarios/file/network_edits.hpp"
#include "twin/error.hpp"

namespace kontwin {

using namespace traffic;  // NOLINT(google-build-using-namespace): all that is done here

namespace {

/// Makes a network of what a file holds.
std::shared_ptr<const Network> seal(const std::filesystem::path& path, NetworkParts parts,
                                    std::vector<Repair>& repairs) {
  try {
    return Network::seal(std::move(parts), &repairs);
  } catch (const WorldError& error) {
    throw FileError(path.string(), error.what());
  }
}

}  // namespace

std::shared_ptr<const Network> open_network(const std::filesystem::path& path,
                                            std::vector<Repair>& repairs,
                                            const std::string& rules_at) {
  if (std::filesystem::is_directory(path)) return seal(path, read_gmns(path, &repairs), repairs);
  const std::string name = path.filename().string();
  const std::string extension = path.extension().string();
  const auto ends = [&name](std::string_view with) { return name.ends_with(with); };
  if (ends(".osm") || ends(".pbf") || ends(".osm.gz") || ends(".osm.bz2")) {
    OsmNetworkOptions options;
    if (!rules_at.empty()) {
      const auto at = parse_instant(rules_at);
      if (!at) {
        throw Error("'" + rules_at + "' is no moment: write it like 2026-11-26T07:30:00+07:00");
      }
      options.rules_at = local_moment(*at);
    }
    return seal(path, read_osm_network(path, &repairs, options), repairs);
  }
  if (extension == ".h5") return load_network(path);
  if (extension == ".xml" || extension == ".gz") {
    return seal(path, read_sumo_network(path, &repairs), repairs);
  }
  throw FileError(path.string(),
                  "is no net.xml, net.xml.gz, OpenStreetMap file (.osm, .osm.pbf), network file "
                  "(.h5) or folder of GMNS tables");
}

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

TrafficInputs::TrafficInputs(const std::filesystem::path& network_path,
                             const std::vector<std::filesystem::path>& routes,
                             const std::filesystem::path& edits_path,
                             const TimetableOptions& timetable, const std::string& rules_at) {
  if (routes.empty() && timetable.gtfs.empty()) {
    throw Error("name trips (--routes) or a timetable (--gtfs)");
  }
  std::vector<Repair> repairs;
  network = open_network(network_path, repairs, rules_at);
  if (!edits_path.empty()) {
    NetworkEdits changed = read_network_edits(edits_path, network);
    network = std::move(changed.network);
    edits = std::move(changed.edits);
    repairs.insert(repairs.end(), changed.repairs.begin(), changed.repairs.end());
  }
  print_network(*network);
  print_repairs(repairs);
  if (!edits_path.empty()) std::printf("Biện pháp / Measures: %zu\n", edits.size());
  std::vector<TripProblem> problems;
  if (!routes.empty()) trips = read_sumo_routes(routes, *network, &problems);
  if (!timetable.gtfs.empty()) add_buses(timetable, *network, trips, problems);
  std::printf("Chuyến / Trips: %zu\n", trips.trips.size());
  print_problems(problems);
  if (trips.trips.empty()) {
    throw Error("there are no trips to drive in " +
                (routes.empty() ? timetable.gtfs : routes.front()).string());
  }
}

}  // namespace kontwin
