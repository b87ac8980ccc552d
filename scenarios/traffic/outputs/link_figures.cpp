#include "scenarios/traffic/outputs/link_figures.hpp"

#include <algorithm>
#include <limits>

#include "scenarios/traffic/level_of_service.hpp"

namespace kontwin::traffic {

double interval_end_s(const TripRun& run, std::size_t interval) {
  const double end_s = seconds(run.options().interval) * static_cast<double>(interval + 1);
  return std::min(end_s, seconds(run.now()));
}

LinkFigures link_figures(const TripRun& run, std::uint32_t link, std::size_t first,
                         std::size_t last) {
  const Network& network = run.simulation().network();
  LinkFigures figures;
  LinkMeasure sum;
  LinkDetail detail;
  for (std::size_t interval = first; interval < last; ++interval) {
    const LinkMeasure& one = run.measures()[interval][link];
    sum.exits += one.exits;
    sum.most_vehicles = std::max(sum.most_vehicles, one.most_vehicles);
    sum.time_s += one.time_s;
    sum.delay_s += one.delay_s;
    sum.vehicle_s += one.vehicle_s;
    if (interval >= run.details().size()) continue;
    const LinkDetail& more = run.details()[interval][link];
    for (std::size_t kind = 0; kind < vehicle_kinds; ++kind) detail.exits[kind] += more.exits[kind];
    detail.longest_queue = std::max(detail.longest_queue, more.longest_queue);
    detail.queue_s += more.queue_s;
  }
  const double span_s =
      interval_end_s(run, last - 1) - seconds(run.options().interval) * static_cast<double>(first);
  const double length_m = network.length_m[link];
  figures.exits = sum.exits;
  figures.most_vehicles = sum.most_vehicles;
  figures.longest_queue = detail.longest_queue;
  figures.flow_vph = sum.exits * 3600 / span_s;
  figures.density_vpkm = sum.vehicle_s / span_s / (length_m / 1000);
  figures.queue = detail.queue_s / span_s;
  figures.speed_mps = std::numeric_limits<double>::quiet_NaN();
  if (sum.exits > 0) {
    figures.delay_s = sum.delay_s / sum.exits;
    if (sum.time_s > 0) figures.speed_mps = length_m * sum.exits / sum.time_s;
  } else if (sum.vehicle_s > 0.5 * span_s) {
    figures.speed_mps = 0;
  }
  figures.level = level_of_service(figures.speed_mps / network.free_speed_mps[link]);
  for (std::size_t kind = 0; kind < vehicle_kinds; ++kind) {
    if (detail.exits[kind] == 0) continue;
    figures.emissions += detail.exits[kind] * length_m / 1000 *
                         emissions_per_km(static_cast<VehicleKind>(kind), figures.speed_mps * 3.6);
  }
  return figures;
}

Emissions journey_emissions(VehicleKind kind, double driven_m, double seconds) {
  if (!(driven_m > 0) || !(seconds > 0)) return {};
  return driven_m / 1000 * emissions_per_km(kind, driven_m / seconds * 3.6);
}

}  // namespace kontwin::traffic
