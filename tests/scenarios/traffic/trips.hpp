#pragma once

#include <memory>
#include <string>
#include <vector>

#include "scenarios/traffic/trip_run.hpp"
#include "tests/scenarios/traffic/network/arms.hpp"
#include "twin/random.hpp"

namespace kontwin::traffic::testing {

/// Trips written by hand for a network.
struct Trips {
  std::shared_ptr<const Network> network;
  TripTable table;

  explicit Trips(std::shared_ptr<const Network> on) : network(std::move(on)) {
    const auto standard = standard_vehicle_types();
    table.types.assign(standard.begin(), standard.end());
  }
  std::uint32_t link(const std::string& id) const { return network->find_link(id).value(); }
  /// `count` vehicles with a route, one every `headway_s` from `first_s` on.
  void send(const std::vector<std::string>& route, int count, double headway_s, double first_s = 0,
            VehicleKind kind = VehicleKind::car) {
    const auto begin = static_cast<std::uint32_t>(table.route_links.size());
    for (const std::string& id : route) table.route_links.push_back(link(id));
    for (int i = 0; i < count; ++i) {
      TripRow trip;
      trip.depart = to_micros(first_s + i * headway_s);
      trip.number = table.trips.size() + 1;
      trip.type = static_cast<std::uint32_t>(kind);
      trip.from_link = link(route.front());
      trip.to_link = link(route.back());
      trip.route_begin = begin;
      trip.route_length = static_cast<std::uint32_t>(route.size());
      table.trips.push_back(trip);
    }
  }
  /// A vehicle that finds its own way.
  void send_from_to(std::uint32_t from_link, std::uint32_t to_link, double at_s, VehicleKind kind) {
    TripRow trip;
    trip.depart = to_micros(at_s);
    trip.number = table.trips.size() + 1;
    trip.type = static_cast<std::uint32_t>(kind);
    trip.from_link = from_link;
    trip.to_link = to_link;
    table.trips.push_back(trip);
  }
  /// Brings the trips into the order that a table promises.
  TripTable& sorted() {
    std::ranges::sort(table.trips, [](const TripRow& a, const TripRow& b) {
      return a.depart != b.depart ? a.depart < b.depart : a.number < b.number;
    });
    return table;
  }
};

/// A street of links named 01, 12, 23, ...: lengths in metres, cars at `speed_mps`, one lane each.
inline Drawing street(const std::vector<double>& lengths_m, double speed_mps,
                      double lane_capacity_pcph = LinkPart::unknown, int lanes = 1) {
  Drawing drawing;
  double x_m = 0;
  drawing.junction("0", x_m, 0);
  for (std::size_t i = 0; i < lengths_m.size(); ++i) {
    const std::string next = std::to_string(i + 1);
    drawing.junction(next, x_m += lengths_m[i], 0);
    LinkPart& link = drawing.link(std::to_string(i), next, 0, lanes);
    link.free_speed_mps = speed_mps;
    link.lane_capacity_pcph = lane_capacity_pcph;
  }
  return drawing;
}

/// A town of `size` x `size` crossings, 200 m apart, streets both ways at 50 km/h.
inline Drawing grid(int size, JunctionControl control = JunctionControl::right_first) {
  Drawing drawing;
  const auto name = [](int x, int y) { return std::to_string(x) + "_" + std::to_string(y) + "."; };
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) drawing.junction(name(x, y), 200.0 * x, 200.0 * y, control);
  }
  const auto both = [&](int x, int y, int to_x, int to_y) {
    const auto row = [size](int at_x, int at_y) {
      return static_cast<std::uint32_t>(at_y * size + at_x);
    };
    for (const bool back : {false, true}) {
      LinkPart part;
      const std::string there = name(x, y) + name(to_x, to_y);
      part.id = back ? name(to_x, to_y) + name(x, y) : there;
      part.from = back ? row(to_x, to_y) : row(x, y);
      part.to = back ? row(x, y) : row(to_x, to_y);
      part.free_speed_mps = 50 / 3.6;
      drawing.parts.links.push_back(part);
    }
  };
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      if (x + 1 < size) both(x, y, x + 1, y);
      if (y + 1 < size) both(x, y, x, y + 1);
    }
  }
  return drawing;
}

/// `count` trips between random links of a network within `span_s`, four motorbikes to a car.
inline Trips random_trips(std::shared_ptr<const Network> network, int count, double span_s) {
  Trips trips(std::move(network));
  RandomStream random(7, 1);
  for (int i = 0; i < count; ++i) {
    const auto from = static_cast<std::uint32_t>(random.below(trips.network->links()));
    const auto to = static_cast<std::uint32_t>(random.below(trips.network->links()));
    trips.send_from_to(from, to, random.uniform(0, span_s),
                       random.uniform() < 0.8 ? VehicleKind::motorbike : VehicleKind::car);
  }
  trips.sorted();
  return trips;
}

}  // namespace kontwin::traffic::testing
