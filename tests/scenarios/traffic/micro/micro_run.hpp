#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <vector>

#include "tests/scenarios/traffic/micro/micro_networks.hpp"

namespace kontwin::testing {

using traffic::Micros;
using traffic::micro::CarFollowing;
using traffic::micro::Crossing;
using traffic::micro::Leaving;
using traffic::micro::MicroOptions;
using traffic::micro::MicroZone;
using traffic::micro::VehiclePlace;

constexpr std::uint32_t motorbike = 0, car = 1, bus = 2;

/// A zone of all links of a network, with the standard types, driven by hand.
struct MicroRun {
  explicit MicroRun(NetworkParts parts, const MicroOptions& with = {},
                    std::vector<VehicleType> of = {traffic::standard_vehicle_types().begin(),
                                                   traffic::standard_vehicle_types().end()})
      : network(Network::seal(std::move(parts))),
        types(std::move(of)),
        options(with),
        zone(network, all_links(*network), types, with) {
    // Straight on to the only next link, and out at the end.
    zone.ask().next_turn = [this](std::uint32_t, std::uint32_t link) {
      const bool goes_on = network->turn_begin[link] != network->turn_begin[link + 1];
      return goes_on ? network->turn_begin[link] : no_row;
    };
  }

  bool try_enter(std::uint32_t lane, std::uint32_t type, double speed_mps) {
    if (!zone.may_enter(lane, type, speed_mps)) return false;
    const std::uint32_t vehicle = next++;
    zone.enter({vehicle, vehicle, type, lane, speed_mps, 1, zone.now()});
    type_of.push_back(type);
    return true;
  }
  /// Runs step by step; `each` before every step.
  void run(double for_s, const std::function<void()>& each = {}) {
    const Micros until = zone.now() + to_micros(for_s);
    while (zone.now() < until) {
      if (each) each();
      zone.advance(zone.now() + to_micros(options.step_s));
      left.insert(left.end(), zone.leaving().begin(), zone.leaving().end());
    }
  }
  std::vector<VehiclePlace> places() const {
    std::vector<VehiclePlace> all;
    zone.places(all);
    return all;
  }
  double time_s() const { return traffic::seconds(zone.now()); }

  /// Expects that no two vehicles touch in any lane, rears that stick back into it included, and
  /// that no two whose ways cross are in a junction.
  void expect_apart() const;

  std::shared_ptr<const Network> network;
  std::vector<VehicleType> types;
  MicroOptions options;
  MicroZone zone;
  std::vector<Leaving> left;
  std::vector<std::uint32_t> type_of;  ///< [vehicle]
  std::uint32_t next = 0;
};

inline void MicroRun::expect_apart() const {
  struct Piece {
    std::uint32_t vehicle;
    double rear_m, front_m, lateral_m, width_m;
  };
  std::map<std::uint32_t, std::vector<Piece>> by_lane;
  for (const VehiclePlace& at : places()) {
    const VehicleType& type = types[at.type];
    by_lane[at.lane].push_back(
        {at.vehicle, at.position_m - type.length_m, at.position_m, at.lateral_m, type.width_m});
  }
  std::vector<Crossing> crossings;
  zone.crossings(crossings);
  for (const Crossing& crossing : crossings) {
    if (crossing.rear_m >= 0) continue;
    const double length = network->length_m[network->lane_link[crossing.lane]];
    const VehicleType& type = types[crossing.type];
    by_lane[crossing.lane].push_back(
        {crossing.vehicle, length + crossing.rear_m, length, crossing.lateral_m, type.width_m});
  }
  for (auto& [lane, pieces] : by_lane) {
    std::ranges::sort(pieces, {}, &Piece::front_m);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      for (std::size_t j = i + 1; j < pieces.size(); ++j) {
        constexpr double longest_m = 12, rounding_m = 1e-6;
        if (pieces[j].front_m - longest_m > pieces[i].front_m) break;
        const bool apart = pieces[j].rear_m >= pieces[i].front_m - rounding_m;
        const bool beside = std::abs(pieces[j].lateral_m - pieces[i].lateral_m) >=
                            0.5 * (pieces[j].width_m + pieces[i].width_m) - rounding_m;
        EXPECT_TRUE(apart || beside)
            << "vehicles " << pieces[i].vehicle << " and " << pieces[j].vehicle << " in lane "
            << lane << " at " << time_s() << " s: fronts " << pieces[i].front_m << " and "
            << pieces[j].front_m << ", rear " << pieces[j].rear_m;
      }
    }
  }
  for (const Crossing& a : crossings) {
    for (const std::uint32_t before : network->gives_way_to(a.turn)) {
      if (network->turn_to[before] == network->turn_to[a.turn]) continue;
      for (const Crossing& b : crossings) {
        EXPECT_FALSE(b.turn == before) << "vehicles " << a.vehicle << " and " << b.vehicle
                                       << " cross in a junction at " << time_s() << " s";
      }
    }
  }
}

}  // namespace kontwin::testing
