#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <optional>

#include "app/traffic_commands.hpp"
#include "app/traffic_inputs.hpp"
#include "io/traffic/comparison_files.hpp"
#include "io/traffic/zones.hpp"
#include "twin/error.hpp"

namespace kontwin {

using namespace traffic;  // NOLINT(google-build-using-namespace): all that is done here

namespace {

/// Only the seeds that both have, by the names of their folders; single folders are compared as
/// they are.
void keep_common(std::vector<RunSummary>& runs, const std::vector<std::string>& names,
                 const std::vector<std::string>& others) {
  std::vector<RunSummary> kept;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (std::ranges::count(others, names[i]) > 0) kept.push_back(std::move(runs[i]));
  }
  runs = std::move(kept);
}

Comparison of_folders(const TrafficCompareOptions& options) {
  if (!options.routes.empty() || !options.zones.empty()) {
    throw Error("folders with results are compared as they are: no routes, no zones");
  }
  std::vector<std::string> names_a, names_b;
  std::vector<RunSummary> a = read_run_folders(options.a, &names_a);
  std::vector<RunSummary> b = read_run_folders(options.b, &names_b);
  const bool single = a.size() == 1 && b.size() == 1;
  if (!single) {
    keep_common(a, names_a, names_b);
    keep_common(b, names_b, names_a);
    if (a.empty()) {
      throw Error(options.a.string() + " and " + options.b.string() +
                  " have no run of the same name");
    }
  }
  std::printf("Số cặp lần chạy / Pairs of runs: %zu\n", a.size());
  return compare(a, b, options.confidence);
}

std::vector<std::string> zones_of_trips(const TripTable& table, const Network& network,
                                        const std::vector<Zone>& zones) {
  std::vector<std::string> found;
  if (zones.empty()) return found;
  for (const TripRow& trip : table.trips) {
    const LocalPoint start = network.junction_place[network.from[trip.from_link]];
    found.push_back(zones[nearest_zone(zones, start)].name);
  }
  return found;
}

Comparison of_networks(const TrafficCompareOptions& options, const TrafficInputs& in_a,
                       const TrafficInputs& in_b) {
  const std::vector<Zone> zones =
      options.zones.empty() ? std::vector<Zone>() : read_zones(options.zones);
  ComputeArena arena(options.threads);
  const auto seeds = static_cast<std::size_t>(options.seeds);
  std::vector<RunSummary> a(seeds), b(seeds);
  // A run of each seed and condition is a part of its own.
  arena.for_each_part(2 * seeds, [&](std::size_t part) {
    const TrafficInputs& inputs = part % 2 == 0 ? in_a : in_b;
    const std::uint64_t seed = part / 2 + 1;
    TripRunOptions wanted;
    wanted.simulation.seed = seed;
    wanted.simulation.rules.give_way = options.give_way;
    wanted.edits = inputs.edits;
    const TripTable table = with_moved_departures(inputs.trips, options.moved_s, seed);
    TripRun run(inputs.network, table, arena, wanted);
    run.run();
    (part % 2 == 0 ? a : b)[part / 2] =
        summary_of(run, table, zones_of_trips(table, *inputs.network, zones));
  });
  return compare(a, b, options.confidence);
}

}  // namespace

int compare_traffic(const TrafficCompareOptions& options) {
  // Before the work, so that none is lost for want of a place.
  std::filesystem::create_directories(options.out);
  std::optional<Comparison> found;
  std::optional<TrafficInputs> a, b;
  if (holds_runs(options.a) && holds_runs(options.b)) {
    found = of_folders(options);
  } else {
    if (options.routes.empty()) {
      throw Error("two networks need trips to compare them by (-r), two folders results of runs");
    }
    a.emplace(options.a, options.routes);
    const auto& routes_b = options.routes_b.empty() ? options.routes : options.routes_b;
    const bool same_with_measures = options.b.extension() == ".toml";
    if (same_with_measures) {
      b.emplace(options.a, routes_b, options.b);
    } else {
      b.emplace(options.b, routes_b);
    }
    found = of_networks(options, *a, *b);
  }
  write_comparison(options.out, *found);
  if (a) {
    write_difference_map(options.out / "links.geojson", *found,
                         {a->network.get(), b->network.get()});
  }
  std::printf("\n%s\n  %s\n", to_words(*found).c_str(), options.out.string().c_str());
  return 0;
}

}  // namespace kontwin
