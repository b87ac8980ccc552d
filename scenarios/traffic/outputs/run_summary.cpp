#include "scenarios/traffic/outputs/run_summary.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "scenarios/traffic/outputs/link_figures.hpp"
#include "twin/random.hpp"

namespace kontwin::traffic {

namespace {

constexpr std::uint64_t departure_purpose = 141;

}  // namespace

RunSummary summary_of(const TripRun& run, const TripTable& table,
                      const std::vector<std::string>& zone_of_trip) {
  RunSummary summary;
  const auto add = [&](std::uint64_t trip, std::uint32_t type, double taken_s, double driven_m,
                       double free_s, bool arrived) {
    const std::string name =
        table.names.empty() ? std::to_string(table.trips[trip].number) : table.names[trip];
    const VehicleType& of = table.types[type];
    summary.trips[name] = {of.id,
                           zone_of_trip.empty() ? std::string() : zone_of_trip[trip],
                           arrived,
                           taken_s,
                           taken_s - free_s,
                           driven_m,
                           journey_emissions(of.kind, driven_m, taken_s)};
  };
  for (const Journey& journey : run.journeys()) {
    add(journey.tag, journey.type, seconds(journey.ended - journey.departed), journey.driven_m,
        journey.free_s, journey.result == Journey::Result::arrived);
  }
  run.simulation().for_each_vehicle([&](std::uint32_t slot) {
    const Simulation::Driver& driver = run.simulation().driver(slot);
    const Vehicle& vehicle = run.simulation().queues().vehicle(slot);
    add(driver.tag, driver.type, seconds(run.now() - driver.departed),
        static_cast<double>(vehicle.driven_m), static_cast<double>(vehicle.free_s), false);
  });
  const Network& network = run.simulation().network();
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    double exits = 0;
    double delay_s = 0;
    for (const auto& interval : run.measures()) {
      exits += interval[link].exits;
      delay_s += interval[link].delay_s;
    }
    summary.links[network.link_id[link]] = {
        exits, exits > 0 ? delay_s / exits : std::numeric_limits<double>::quiet_NaN()};
  }
  return summary;
}

TripTable with_moved_departures(const TripTable& table, double most_s, std::uint64_t seed) {
  std::vector<std::size_t> order(table.trips.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<TripRow> moved = table.trips;
  for (TripRow& trip : moved) {
    RandomStream random(seed, trip.number, departure_purpose);
    trip.depart = std::max<Micros>(0, trip.depart + to_micros(random.uniform(-most_s, most_s)));
  }
  std::ranges::sort(order, [&moved](std::size_t a, std::size_t b) {
    return moved[a].depart != moved[b].depart ? moved[a].depart < moved[b].depart
                                              : moved[a].number < moved[b].number;
  });
  TripTable made;
  made.types = table.types;
  made.route_links = table.route_links;
  for (const std::size_t trip : order) {
    made.trips.push_back(moved[trip]);
    if (!table.names.empty()) made.names.push_back(table.names[trip]);
  }
  return made;
}

}  // namespace kontwin::traffic
