#pragma once

#include <cmath>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/traffic/micro/micro_zone.hpp"
#include "scenarios/traffic/network/network.hpp"
#include "twin/random.hpp"

namespace kontwin::testing {

using traffic::Aspect;
using traffic::JunctionControl;
using traffic::LinkPart;
using traffic::Network;
using traffic::NetworkParts;
using traffic::SignalPart;
using traffic::StagePart;
using traffic::to_micros;
using traffic::TurnPart;
using traffic::VehicleType;

inline std::uint32_t add_junction(NetworkParts& parts, double x_m, double y_m,
                                  JunctionControl control = JunctionControl::unregulated) {
  parts.junctions.push_back({"j" + std::to_string(parts.junctions.size()), {x_m, y_m}, control});
  return static_cast<std::uint32_t>(parts.junctions.size() - 1);
}

inline std::uint32_t add_link(NetworkParts& parts, std::uint32_t from, std::uint32_t to,
                              double speed_mps, int lanes = 1, int priority = 0) {
  LinkPart link;
  link.id = parts.junctions[from].id + "-" + parts.junctions[to].id;
  link.from = from;
  link.to = to;
  link.free_speed_mps = speed_mps;
  link.lanes = lanes;
  link.priority = priority;
  parts.links.push_back(link);
  return static_cast<std::uint32_t>(parts.links.size() - 1);
}

/// Links end to end in a line, eastwards.
inline NetworkParts straight_road(std::initializer_list<double> lengths_m, double speed_mps,
                                  int lanes = 1) {
  NetworkParts parts;
  double x_m = 0;
  add_junction(parts, 0, 0);
  for (const double length : lengths_m) {
    const std::uint32_t to = add_junction(parts, x_m += length, 0);
    add_link(parts, to - 1, to, speed_mps, lanes);
  }
  return parts;
}

/// Four links in a circle.
inline NetworkParts ring_road(double length_m, double speed_mps, int lanes = 1) {
  NetworkParts parts;
  const double side = length_m / 4;
  add_junction(parts, 0, 0);
  add_junction(parts, side, 0);
  add_junction(parts, side, side);
  add_junction(parts, 0, side);
  for (std::uint32_t i = 0; i < 4; ++i) add_link(parts, i, (i + 1) % 4, speed_mps, lanes);
  return parts;
}

/// All turns at a junction but those back, each listed.
inline void add_turns(NetworkParts& parts, std::uint32_t junction) {
  for (std::uint32_t in = 0; in < parts.links.size(); ++in) {
    if (parts.links[in].to != junction) continue;
    for (std::uint32_t out = 0; out < parts.links.size(); ++out) {
      if (parts.links[out].from != junction || parts.links[out].to == parts.links[in].from)
        continue;
      TurnPart turn;
      turn.from = in;
      turn.to = out;
      parts.turns.push_back(turn);
    }
  }
}

/// Red and green by turns for the turns from first_turn on: the north-south and the east-west roads
/// go one after the other, turns across the oncoming traffic give way.
inline void add_signal(NetworkParts& parts, std::uint32_t junction, std::size_t first_turn,
                       double green_s, double between_s, double offset_s = 0) {
  SignalPart signal;
  signal.id = "s" + std::to_string(junction);
  signal.offset_s = offset_s;
  std::vector<bool> east_west, across;
  for (std::size_t turn = first_turn; turn < parts.turns.size(); ++turn) {
    const LinkPart& in = parts.links[parts.turns[turn].from];
    const LinkPart& out = parts.links[parts.turns[turn].to];
    const auto& a = parts.junctions[in.from].place;
    const auto& b = parts.junctions[junction].place;
    const auto& c = parts.junctions[out.to].place;
    signal.turns.push_back(static_cast<std::uint32_t>(turn));
    east_west.push_back(std::abs(b.x_m - a.x_m) > std::abs(b.y_m - a.y_m));
    const double bend = (b.x_m - a.x_m) * (c.y_m - b.y_m) - (b.y_m - a.y_m) * (c.x_m - b.x_m);
    across.push_back(bend > 1);
  }
  for (const bool first : {true, false}) {
    StagePart green, red;
    green.duration_s = green_s;
    red.duration_s = between_s;
    for (std::size_t i = 0; i < signal.turns.size(); ++i) {
      green.aspects.push_back(east_west[i] != first ? Aspect::red
                              : across[i]           ? Aspect::permissive
                                                    : Aspect::exclusive);
      red.aspects.push_back(Aspect::red);
    }
    signal.stages.push_back(green);
    signal.stages.push_back(red);
  }
  parts.signals.push_back(signal);
}

/// Four roads that meet at junction 0, a junction 200 m off at the end of each.
inline NetworkParts crossroads(JunctionControl control, int lanes = 1, double speed_mps = 13.89) {
  NetworkParts parts;
  add_junction(parts, 0, 0, control);
  const double at[4][2] = {{200, 0}, {0, 200}, {-200, 0}, {0, -200}};
  for (const auto& place : at) {
    const std::uint32_t arm = add_junction(parts, place[0], place[1]);
    const int priority = place[0] != 0 ? 1 : 0;
    add_link(parts, arm, 0, speed_mps, lanes, priority);
    add_link(parts, 0, arm, speed_mps, lanes, priority);
  }
  add_turns(parts, 0);
  if (control == JunctionControl::signal) add_signal(parts, 0, 0, 26, 4);
  return parts;
}

/// A town of side x side junctions, all alike, with roads both ways between neighbours.
inline NetworkParts grid_town(std::uint32_t side, double spacing_m, int lanes,
                              JunctionControl control, double speed_mps = 13.89) {
  NetworkParts parts;
  for (std::uint32_t row = 0; row < side; ++row) {
    for (std::uint32_t column = 0; column < side; ++column) {
      add_junction(parts, column * spacing_m, row * spacing_m, control);
    }
  }
  std::vector<std::vector<std::uint32_t>> into(parts.junctions.size()), out(into.size());
  const auto both_ways = [&](std::uint32_t a, std::uint32_t b, int priority) {
    for (const auto& [from, to] : {std::pair(a, b), std::pair(b, a)}) {
      const std::uint32_t link = add_link(parts, from, to, speed_mps, lanes, priority);
      out[from].push_back(link);
      into[to].push_back(link);
    }
  };
  for (std::uint32_t row = 0; row < side; ++row) {
    for (std::uint32_t column = 0; column < side; ++column) {
      const std::uint32_t here = row * side + column;
      if (column + 1 < side) both_ways(here, here + 1, 1);
      if (row + 1 < side) both_ways(here, here + side, 0);
    }
  }
  for (std::uint32_t junction = 0; junction < parts.junctions.size(); ++junction) {
    const std::size_t first = parts.turns.size();
    for (const std::uint32_t in : into[junction]) {
      for (const std::uint32_t next : out[junction]) {
        if (parts.links[next].to == parts.links[in].from) continue;
        TurnPart turn;
        turn.from = in;
        turn.to = next;
        parts.turns.push_back(turn);
      }
    }
    if (control == JunctionControl::signal) {
      add_signal(parts, junction, first, 31, 4, (junction * 7) % 70);
    }
  }
  return parts;
}

inline std::vector<std::uint32_t> all_links(const Network& network) {
  std::vector<std::uint32_t> links(network.links());
  std::iota(links.begin(), links.end(), 0U);
  return links;
}

/// A turn for each vehicle and link that looks like chance and is the same in every run.
inline std::function<std::uint32_t(std::uint32_t, std::uint32_t)> wander(const Network& network,
                                                                         std::uint64_t seed = 1) {
  return [&network, seed](std::uint32_t vehicle, std::uint32_t link) {
    const std::uint32_t first = network.turn_begin[link];
    const std::uint32_t count = network.turn_begin[link + 1] - first;
    if (count == 0) return no_row;
    return first + static_cast<std::uint32_t>(RandomStream(seed, vehicle, link).below(count));
  };
}

}  // namespace kontwin::testing
