#pragma once

#include <cstdlib>
#include <map>
#include <vector>

#include "tests/scenarios/traffic/trips.hpp"

namespace kontwin::traffic::testing {

/// A town of `size` x `size` crossings with lights of two stages in 90 s, 200 m apart.
inline std::shared_ptr<const Network> town_of_lights(int size) {
  Drawing drawing = grid(size, JunctionControl::signal);
  NetworkParts& parts = drawing.parts;
  std::map<std::uint32_t, std::vector<std::uint32_t>> leaving;
  for (std::uint32_t link = 0; link < parts.links.size(); ++link) {
    leaving[parts.links[link].from].push_back(link);
  }
  std::map<std::uint32_t, std::vector<std::uint32_t>> turns_at;
  for (std::uint32_t link = 0; link < parts.links.size(); ++link) {
    for (const std::uint32_t next : leaving[parts.links[link].to]) {
      if (parts.links[next].to == parts.links[link].from) continue;
      turns_at[parts.links[link].to].push_back(static_cast<std::uint32_t>(parts.turns.size()));
      TurnPart turn;
      turn.from = link;
      turn.to = next;
      parts.turns.push_back(turn);
    }
  }
  for (const auto& [junction, turns] : turns_at) {
    SignalPart signal;
    signal.id = parts.junctions[junction].id;
    signal.turns = turns;
    for (const bool along : {true, false}) {
      StagePart green{41, 5, 900, {}};
      StagePart red{4, 4, 4, {}};
      for (const std::uint32_t turn : turns) {
        const LinkPart& link = parts.links[parts.turns[turn].from];
        const bool on_axis = (link.to > link.from ? link.to - link.from : link.from - link.to) == 1;
        green.aspects.push_back(on_axis == along ? Aspect::permissive : Aspect::red);
        red.aspects.push_back(Aspect::red);
      }
      signal.stages.push_back(green);
      signal.stages.push_back(red);
    }
    parts.signals.push_back(std::move(signal));
  }
  return drawing.seal();
}

/// A car every `headway_s` for an hour, between random links.
inline Trips cars_all_over(std::shared_ptr<const Network> network, double headway_s) {
  Trips trips(std::move(network));
  RandomStream random(7, 1);
  for (double at_s = 0; at_s < 3600; at_s += headway_s) {
    const auto from = static_cast<std::uint32_t>(random.below(trips.network->links()));
    const auto to = static_cast<std::uint32_t>(random.below(trips.network->links()));
    trips.send_from_to(from, to, at_s, VehicleKind::car);
  }
  return trips;
}

}  // namespace kontwin::traffic::testing
