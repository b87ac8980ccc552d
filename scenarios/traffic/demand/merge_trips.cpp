#include "scenarios/traffic/demand/merge_trips.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace kontwin::traffic {

void sort_trips(TripTable& table) {
  const auto earlier = [](const TripRow& a, const TripRow& b) {
    return std::pair(a.depart, a.number) < std::pair(b.depart, b.number);
  };
  if (std::ranges::is_sorted(table.trips, earlier)) return;
  std::vector<std::size_t> order(table.trips.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(
      order, [&](std::size_t a, std::size_t b) { return earlier(table.trips[a], table.trips[b]); });
  std::vector<TripRow> trips;
  std::vector<std::string> names;
  trips.reserve(order.size());
  for (const std::size_t row : order) {
    trips.push_back(table.trips[row]);
    if (!table.names.empty()) names.push_back(std::move(table.names[row]));
  }
  table.trips = std::move(trips);
  table.names = std::move(names);
}

void merge_trips(TripTable& into, TripTable from) {
  const auto number = [](const TripTable& table, std::size_t row) {
    return table.names.empty() ? std::to_string(table.trips[row].number) : table.names[row];
  };
  if (into.names.empty() != from.names.empty()) {
    for (TripTable* table : {&into, &from}) {
      std::vector<std::string> names;
      for (std::size_t row = 0; row < table->trips.size(); ++row) {
        names.push_back(number(*table, row));
      }
      table->names = std::move(names);
    }
  }
  const auto types = static_cast<std::uint32_t>(into.types.size());
  const auto links = static_cast<std::uint32_t>(into.route_links.size());
  const auto halts = static_cast<std::uint32_t>(into.halts.size());
  const auto stops = static_cast<std::uint32_t>(into.stops.size());
  for (TripRow trip : from.trips) {
    trip.type += types;
    if (trip.route_length > 0) trip.route_begin += links;
    if (trip.halt_count > 0) trip.halt_begin += halts;
    into.trips.push_back(trip);
  }
  for (Halt halt : from.halts) {
    if (halt.stop != no_row) halt.stop += stops;
    into.halts.push_back(halt);
  }
  const auto append = [](auto& to, auto& more) {
    to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  };
  append(into.types, from.types);
  append(into.route_links, from.route_links);
  append(into.stops, from.stops);
  append(into.names, from.names);
  sort_trips(into);
}

}  // namespace kontwin::traffic
