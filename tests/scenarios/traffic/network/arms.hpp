#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/traffic/network/network.hpp"

namespace kontwin::traffic::testing {

/// A network drawn by hand: junctions by name and place, links by the names of their ends.
struct Drawing {
  NetworkParts parts;

  std::uint32_t junction(const std::string& id, double x_m, double y_m,
                         JunctionControl control = JunctionControl::priority) {
    JunctionPart part;
    part.id = id;
    part.place = {x_m, y_m};
    part.control = control;
    parts.junctions.push_back(part);
    return static_cast<std::uint32_t>(parts.junctions.size() - 1);
  }
  std::uint32_t row(const std::string& id) const {
    const auto found = std::ranges::find(parts.junctions, id, &JunctionPart::id);
    return static_cast<std::uint32_t>(found - parts.junctions.begin());
  }
  /// A link named `<from><to>` with one lane, 50 km/h.
  LinkPart& link(const std::string& from, const std::string& to, int priority = 0, int lanes = 1) {
    LinkPart part;
    part.id = from + to;
    part.from = row(from);
    part.to = row(to);
    part.free_speed_mps = 50 / 3.6;
    part.priority = priority;
    part.lanes = lanes;
    parts.links.push_back(part);
    return parts.links.back();
  }
  void both(const std::string& a, const std::string& b, int priority = 0, int lanes = 1) {
    link(a, b, priority, lanes);
    link(b, a, priority, lanes);
  }
  std::uint32_t link_row(const std::string& id) const {
    const auto found = std::ranges::find(parts.links, id, &LinkPart::id);
    return static_cast<std::uint32_t>(found - parts.links.begin());
  }
  /// Its row among the turns.
  std::uint32_t turn(const std::string& from, const std::string& to, std::uint32_t lanes = 0) {
    TurnPart part;
    part.from = link_row(from);
    part.to = link_row(to);
    part.lanes = lanes;
    parts.turns.push_back(part);
    return static_cast<std::uint32_t>(parts.turns.size() - 1);
  }
  std::shared_ptr<const Network> seal(std::vector<Repair>* repairs = nullptr) const {
    return Network::seal(parts, repairs);
  }
};

/// A crossing X with arms N, E, S and W of 100 m; the road from W to E has priority 2, the other 1.
inline Drawing crossing(JunctionControl control = JunctionControl::priority, int lanes = 1,
                        bool road_has_priority = true) {
  Drawing drawing;
  drawing.junction("X", 0, 0, control);
  drawing.junction("N", 0, 100);
  drawing.junction("E", 100, 0);
  drawing.junction("S", 0, -100);
  drawing.junction("W", -100, 0);
  for (const char* arm : {"N", "E", "S", "W"}) {
    const bool on_road = *arm == 'E' || *arm == 'W';
    drawing.both(arm, "X", on_road && road_has_priority ? 2 : 1, lanes);
  }
  return drawing;
}

/// The turn over X from arm to arm, `WE` being straight on from the west to the east.
inline std::uint32_t over(const Network& network, const std::string& arms) {
  return network.find_turn(*network.find_link(arms.substr(0, 1) + "X"),
                           *network.find_link("X" + arms.substr(1, 1)));
}

/// Whether turn `arms` gives way to turn `other`, both as in `over`.
inline bool gives_way(const Network& network, const std::string& arms, const std::string& other) {
  return std::ranges::count(network.gives_way_to(over(network, arms)), over(network, other)) > 0;
}

/// The rules of repairs, each as often as it was used.
inline std::map<std::string, int> rules(const std::vector<Repair>& repairs) {
  std::map<std::string, int> rules;
  for (const Repair& repair : repairs) ++rules[repair.rule];
  return rules;
}

}  // namespace kontwin::traffic::testing
