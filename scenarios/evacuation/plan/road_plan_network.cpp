#include "scenarios/evacuation/plan/road_plan_network.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "scenarios/traffic/world_links.hpp"
#include "scenarios/traffic/world_network.hpp"

namespace kontwin::evacuation {

namespace {

/// The roads that may be used, at both of their ends.
class OpenRoads {
 public:
  OpenRoads(const traffic::Network& network, const traffic::LinkState& state,
            std::span<const std::uint32_t> ends, const RoadPlanOptions& options);

  bool kept(std::uint32_t junction) const { return kept_[junction] != 0; }
  /// Kept, and a turn there is forbidden to some of those who are planned for.
  bool restricted(std::uint32_t junction) const {
    return kept(junction) && restricted_[junction] != 0;
  }
  const std::vector<std::uint32_t>& out(std::uint32_t junction) const { return out_[junction]; }
  const std::vector<std::uint32_t>& in(std::uint32_t junction) const { return in_[junction]; }
  /// The road onward at a junction where there is one way on only; no_row where it ends.
  std::uint32_t onward(std::uint32_t road) const;

 private:
  std::array<std::uint32_t, 2> neighbours(std::uint32_t junction, std::size_t& count) const;
  void trim();
  bool forbids(std::uint32_t junction, traffic::VehicleKinds kinds) const;

  const traffic::Network& network_;
  std::vector<std::vector<std::uint32_t>> out_, in_;      // [junction] roads
  std::vector<std::uint8_t> is_end_, kept_, restricted_;  // [junction]
};

/// Who of some kinds may turn from one road into another.
traffic::VehicleKinds turners(const traffic::Network& network, std::uint32_t from, std::uint32_t to,
                              traffic::VehicleKinds kinds) {
  const std::uint32_t turn = network.find_turn(from, to);
  return turn == no_row ? traffic::VehicleKinds{0}
                        : static_cast<traffic::VehicleKinds>(network.turn_allowed[turn] & kinds);
}

OpenRoads::OpenRoads(const traffic::Network& network, const traffic::LinkState& state,
                     std::span<const std::uint32_t> ends, const RoadPlanOptions& options)
    : network_(network),
      out_(network.junctions()),
      in_(network.junctions()),
      is_end_(network.junctions(), 0),
      kept_(network.junctions(), 0),
      restricted_(network.junctions(), 0) {
  for (std::uint32_t road = 0; road < network.links(); ++road) {
    if ((state.may_enter[road] & options.kinds) == 0) continue;
    if (network.from[road] == network.to[road]) continue;
    out_[network.from[road]].push_back(road);
    in_[network.to[road]].push_back(road);
  }
  for (const std::uint32_t end : ends) {
    if (end != no_row) is_end_[end] = 1;
  }
  trim();
  for (std::uint32_t junction = 0; junction < network.junctions(); ++junction) {
    std::size_t count = 0;
    neighbours(junction, count);
    // Two roads between the same junctions are a choice, and so are ways to three.
    const bool chain = count == 2 && out_[junction].size() <= 2 && in_[junction].size() <= 2;
    const auto twice = [&](const std::vector<std::uint32_t>& roads, const auto& end) {
      return roads.size() == 2 && end[roads[0]] == end[roads[1]];
    };
    const bool choice = count > 0 && (!chain || twice(out_[junction], network.to) ||
                                      twice(in_[junction], network.from));
    restricted_[junction] = forbids(junction, options.kinds) ? 1 : 0;
    const bool matters = choice || (count > 0 && restricted_[junction] != 0);
    kept_[junction] = is_end_[junction] != 0 || matters ? 1 : 0;
  }
}

bool OpenRoads::forbids(std::uint32_t junction, traffic::VehicleKinds kinds) const {
  return std::ranges::any_of(in_[junction], [&](std::uint32_t before) {
    return std::ranges::any_of(out_[junction], [&](std::uint32_t after) {
      return turners(network_, before, after, kinds) != kinds;
    });
  });
}

std::array<std::uint32_t, 2> OpenRoads::neighbours(std::uint32_t junction,
                                                   std::size_t& count) const {
  std::array<std::uint32_t, 2> found{no_row, no_row};
  count = 0;
  const auto see = [&](std::uint32_t other) {
    if (count > 0 && found[0] == other) return;
    if (count > 1 && found[1] == other) return;
    if (count < 2) found[count] = other;
    ++count;
  };
  for (const std::uint32_t road : out_[junction]) see(network_.to[road]);
  for (const std::uint32_t road : in_[junction]) see(network_.from[road]);
  return found;
}

void OpenRoads::trim() {
  // Nobody needs to go into a road that leads nowhere.
  std::vector<std::uint32_t> look;
  for (std::uint32_t junction = 0; junction < out_.size(); ++junction) look.push_back(junction);
  while (!look.empty()) {
    const std::uint32_t junction = look.back();
    look.pop_back();
    std::size_t count = 0;
    const std::uint32_t other = neighbours(junction, count)[0];
    if (is_end_[junction] != 0 || count != 1) continue;
    std::erase_if(in_[other], [&](std::uint32_t road) { return network_.from[road] == junction; });
    std::erase_if(out_[other], [&](std::uint32_t road) { return network_.to[road] == junction; });
    out_[junction].clear();
    in_[junction].clear();
    look.push_back(other);
  }
}

std::uint32_t OpenRoads::onward(std::uint32_t road) const {
  for (const std::uint32_t next : out_[network_.to[road]]) {
    if (network_.to[next] != network_.from[road]) return next;
  }
  return no_row;
}

/// What a row of roads is as one arc.
struct Chain {
  std::vector<std::uint32_t> roads;
  double slow_s = 0, fast_s = 0;
  double capacity_ps = never_s, measured_ps = never_s;
  bool for_all = true;
  double slow_last_s = never_s, fast_last_s = never_s;
  std::uint32_t narrowest = no_row;
};

class ChainMaker {
 public:
  ChainMaker(const traffic::Network& network, const traffic::LinkState& state,
             const RoadPlanOptions& options)
      : network_(network), state_(state), options_(options) {}

  void append(Chain& chain, std::uint32_t road) const {
    const double length_m = network_.length_m[road];
    const double slow_s = length_m / std::min(state_.speed_mps[road], options_.slowest_mps);
    const double fast_s = length_m / std::min(state_.speed_mps[road], options_.fastest_mps);
    if (!options_.closes_s.empty()) {
      const double closes_s = options_.closes_s[road];
      chain.slow_last_s = std::min(chain.slow_last_s, closes_s - slow_s - chain.slow_s);
      chain.fast_last_s = std::min(chain.fast_last_s, closes_s - fast_s - chain.fast_s);
    }
    chain.slow_s += slow_s;
    chain.fast_s += fast_s;
    if (!options_.measured_ps.empty()) {
      chain.measured_ps = std::min(chain.measured_ps, options_.measured_ps[road]);
    }
    const double cars_ps = network_.lanes_of(road) / traffic::seconds(state_.entry_headway[road]);
    if (100 * cars_ps < chain.capacity_ps) {
      chain.capacity_ps = 100 * cars_ps;
      chain.narrowest = road;
    }
    chain.for_all = chain.for_all && (state_.may_enter[road] & options_.kinds) == options_.kinds;
    chain.roads.push_back(road);
  }

 private:
  const traffic::Network& network_;
  const traffic::LinkState& state_;
  const RoadPlanOptions& options_;
};

/// Makes nodes and arcs.
class PlanNetworkMaker {
 public:
  PlanNetworkMaker(const traffic::Network& network, const OpenRoads& open,
                   traffic::VehicleKinds kinds)
      : network_(network),
        open_(open),
        kinds_(kinds),
        start_(network.links(), no_row),
        end_(network.links(), no_row) {
    made_.node_of.assign(network.junctions(), no_row);
    made_.end_of.assign(network.junctions(), no_row);
    for (std::uint32_t junction = 0; junction < network.junctions(); ++junction) {
      if (open.kept(junction)) add_nodes(junction);
    }
  }

  void add(const Chain& chain) {
    add(start_[chain.roads.front()], end_[chain.roads.back()], chain);
    made_.roads.insert(made_.roads.end(), chain.roads.begin(), chain.roads.end());
  }
  /// Once all chains are there.
  void add_turns(std::span<const double> capacity_ps);
  RoadPlanNetwork finish() {
    made_.timed.nodes = static_cast<std::uint32_t>(made_.junction.size());
    made_.first_road.push_back(static_cast<std::uint32_t>(made_.roads.size()));
    return std::move(made_);
  }

 private:
  std::uint32_t add_node(std::uint32_t junction) {
    made_.junction.push_back(junction);
    return static_cast<std::uint32_t>(made_.junction.size() - 1);
  }
  void add_nodes(std::uint32_t junction);
  void add(std::uint32_t from, std::uint32_t to, const Chain& chain);

  const traffic::Network& network_;
  const OpenRoads& open_;
  traffic::VehicleKinds kinds_;
  std::vector<std::uint32_t> start_, end_;  // [road] nodes
  RoadPlanNetwork made_;
};

void PlanNetworkMaker::add_nodes(std::uint32_t junction) {
  const std::uint32_t node = add_node(junction);
  const bool one = !open_.restricted(junction);
  made_.node_of[junction] = node;
  made_.end_of[junction] = one ? node : add_node(junction);
  for (const std::uint32_t road : open_.out(junction))
    start_[road] = one ? node : add_node(junction);
  for (const std::uint32_t road : open_.in(junction)) end_[road] = one ? node : add_node(junction);
}

void PlanNetworkMaker::add(std::uint32_t from, std::uint32_t to, const Chain& chain) {
  // What a jam let through at its worst is no measure of a road.
  constexpr double least_share = 0.25;
  const double planned_ps =
      std::clamp(chain.measured_ps, least_share * chain.capacity_ps, chain.capacity_ps);
  made_.timed.add(from, to, chain.slow_s, chain.for_all ? planned_ps : 0, chain.slow_last_s);
  made_.any_capacity_ps.push_back(chain.capacity_ps);
  made_.fastest_s.push_back(chain.fast_s);
  made_.fastest_last_entry_s.push_back(chain.fast_last_s);
  made_.narrowest.push_back(chain.narrowest);
  made_.first_road.push_back(static_cast<std::uint32_t>(made_.roads.size()));
}

void PlanNetworkMaker::add_turns(std::span<const double> capacity_ps) {
  for (std::uint32_t junction = 0; junction < network_.junctions(); ++junction) {
    if (!open_.restricted(junction)) continue;
    // More than all roads there together is more than any turn needs, whatever is turned round.
    Chain turn;
    turn.capacity_ps = 1;
    for (const auto* roads : {&open_.out(junction), &open_.in(junction)}) {
      for (const std::uint32_t road : *roads) turn.capacity_ps += capacity_ps[road];
    }
    const std::uint32_t start = made_.node_of[junction];
    const std::uint32_t end = made_.end_of[junction];
    add(start, end, turn);
    for (const std::uint32_t road : open_.out(junction)) add(start, start_[road], turn);
    for (const std::uint32_t before : open_.in(junction)) {
      add(end_[before], end, turn);
      for (const std::uint32_t after : open_.out(junction)) {
        const traffic::VehicleKinds who = turners(network_, before, after, kinds_);
        turn.for_all = who == kinds_;
        if (who != 0) add(end_[before], start_[after], turn);
      }
      turn.for_all = true;
    }
  }
}

/// Which arc is which the other way: its last road is the opposite of the other's first.
void pair_up(RoadPlanNetwork& made, const RoadNetwork& roads) {
  std::map<std::uint32_t, std::uint32_t> by_first;
  for (std::uint32_t arc = 0; arc < made.timed.arcs(); ++arc) {
    if (!made.roads_of(arc).empty()) by_first.emplace(made.roads_of(arc).front(), arc);
  }
  made.opposite.assign(made.timed.arcs(), no_row);
  for (std::uint32_t arc = 0; arc < made.timed.arcs(); ++arc) {
    const auto there = made.roads_of(arc);
    if (there.empty()) continue;
    const std::uint32_t back = roads.opposite[there.back()];
    const auto found = back == no_row ? by_first.end() : by_first.find(back);
    if (found == by_first.end()) continue;
    const auto other = made.roads_of(found->second);
    const bool same =
        other.size() == there.size() &&
        std::equal(there.begin(), there.end(), other.rbegin(),
                   [&roads](std::uint32_t a, std::uint32_t b) { return roads.opposite[a] == b; });
    if (same) made.opposite[arc] = found->second;
  }
}

}  // namespace

RoadPlanNetwork road_plan_network(const World& world, const StateTable& state,
                                  std::span<const std::uint32_t> ends,
                                  const RoadPlanOptions& options) {
  const auto network = traffic::network_of(world);
  const traffic::LinkState links = traffic::link_state_of(*network, state);
  const OpenRoads open(*network, links, ends, options);
  const ChainMaker maker(*network, links, options);
  PlanNetworkMaker nodes(*network, open, options.kinds);
  std::vector<double> capacity_ps(network->links(), 0);
  for (std::uint32_t junction = 0; junction < network->junctions(); ++junction) {
    if (!open.kept(junction)) continue;
    for (std::uint32_t road : open.out(junction)) {
      Chain chain;
      maker.append(chain, road);
      while (road != no_row && !open.kept(network->to[road])) {
        road = open.onward(road);
        if (road != no_row) maker.append(chain, road);
      }
      if (road == no_row || network->to[road] == junction) continue;
      capacity_ps[chain.roads.front()] = capacity_ps[chain.roads.back()] = chain.capacity_ps;
      nodes.add(chain);
    }
  }
  nodes.add_turns(capacity_ps);
  RoadPlanNetwork made = nodes.finish();
  pair_up(made, world.roads());
  return made;
}

}  // namespace kontwin::evacuation
