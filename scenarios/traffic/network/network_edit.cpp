#include "scenarios/traffic/network/network_edit.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "scenarios/traffic/network/network_builder.hpp"

namespace kontwin::traffic {

NetworkParts parts_of(const Network& network) {
  NetworkParts parts;
  parts.name = network.name;
  parts.reference = network.reference;
  parts.drives_on_right = network.drives_on_right;
  for (std::uint32_t row = 0; row < network.junctions(); ++row) {
    parts.junctions.push_back(
        {network.junction_id[row], network.junction_place[row], network.junction_control[row]});
  }
  for (std::uint32_t row = 0; row < network.links(); ++row) {
    LinkPart link;
    link.id = network.link_id[row];
    link.name = network.link_name[row];
    link.from = network.from[row];
    link.to = network.to[row];
    link.length_m = network.length_m[row];
    link.free_speed_mps = network.free_speed_mps[row];
    link.lanes = static_cast<int>(network.lanes_of(row));
    link.lane_capacity_pcph = network.lane_capacity_pcph[row];
    link.lane_width_m = network.lane_width_m[row];
    link.allowed = network.allowed[row];
    link.lane_kinds.assign(network.lane_kinds.begin() + network.lane_begin[row],
                           network.lane_kinds.begin() + network.lane_begin[row + 1]);
    link.priority = network.priority[row];
    const auto shape = network.shape_of(row);
    link.shape.assign(shape.begin(), shape.end());
    parts.links.push_back(std::move(link));
  }
  for (std::uint32_t row = 0; row < network.turns(); ++row) {
    TurnPart turn;
    turn.from = network.turn_from[row];
    turn.to = network.turn_to[row];
    turn.lanes = network.turn_lanes[row];
    turn.allowed = network.turn_allowed[row];
    const auto first = network.gives_way_to(row);
    turn.gives_way_to.assign(first.begin(), first.end());
    turn.right_of_way_known = true;
    parts.turns.push_back(std::move(turn));
  }
  for (const Signal& signal : network.signals) {
    SignalPart part;
    part.id = signal.id;
    part.kind = signal.kind;
    part.offset_s = seconds(signal.offset);
    part.turns = signal.turns;
    for (const Signal::Stage& stage : signal.stages) {
      part.stages.push_back(
          {seconds(stage.duration), seconds(stage.least), seconds(stage.most), stage.aspects});
    }
    parts.signals.push_back(std::move(part));
  }
  return parts;
}

namespace {

/// The approach of a signal with which an added road has green: of those on its axis, either way,
/// the one nearest to it; no_row where none is within about 45 degrees.
std::uint32_t approach_beside(const Network& network, const Signal& signal, const LinkPart& link) {
  constexpr double on_axis = 0.72;
  std::vector<LocalPoint> shape = link.shape;
  if (shape.size() < 2) {
    shape = {network.junction_place[link.from], network.junction_place[link.to]};
  }
  const LocalPoint before = shape[shape.size() - 2];
  const double heading_rad =
      std::atan2(shape.back().y_m - before.y_m, shape.back().x_m - before.x_m);
  std::uint32_t best = no_row;
  double most = on_axis;
  for (const std::uint32_t turn : signal.turns) {
    const std::uint32_t other = network.turn_from[turn];
    const double along = std::abs(std::cos(heading_at_end(network, other) - heading_rad));
    if (along <= most) continue;
    most = along;
    best = other;
  }
  return best;
}

/// What a new turn sees in a stage: it may go, giving way, when any turn of that approach may.
Aspect aspect_beside(const Network& network, const Signal& signal, const StagePart& stage,
                     std::uint32_t approach) {
  for (std::size_t i = 0; i < signal.turns.size(); ++i) {
    const bool of_it = network.turn_from[signal.turns[i]] == approach;
    if (of_it && stage.aspects[i] != Aspect::red) return Aspect::permissive;
  }
  return Aspect::red;
}

}  // namespace

std::shared_ptr<const Network> with_roads(const Network& network, std::span<const AddedRoad> added,
                                          std::vector<Repair>* repairs) {
  NetworkParts parts = parts_of(network);
  const std::size_t old_turns = parts.turns.size();
  std::set<std::uint32_t> met;  // junctions
  std::vector<std::uint32_t> back(network.links(), no_row);
  for (const AddedRoad& road : added) {
    const auto row = static_cast<std::uint32_t>(parts.links.size());
    parts.links.push_back(road.link);
    back.push_back(road.oneway ? no_row : row + 1);
    if (!road.oneway) {
      LinkPart other = road.link;
      other.id += "-back";
      std::swap(other.from, other.to);
      std::ranges::reverse(other.shape);
      std::ranges::reverse(other.lane_kinds);
      parts.links.push_back(std::move(other));
      back.push_back(row);
    }
    met.insert(road.link.from);
    met.insert(road.link.to);
  }
  for (std::uint32_t from = 0; from < parts.links.size(); ++from) {
    for (std::uint32_t to = 0; to < parts.links.size(); ++to) {
      const bool is_new = from >= network.links() || to >= network.links();
      if (!is_new || back[from] == to || parts.links[from].to != parts.links[to].from) continue;
      TurnPart turn;
      turn.from = from;
      turn.to = to;
      parts.turns.push_back(std::move(turn));
    }
  }
  // Who goes first is found anew where a road was added, but not under a signal.
  std::vector<std::uint32_t> signal_at(network.junctions(), no_row);
  for (std::uint32_t row = 0; row < parts.signals.size(); ++row) {
    for (const std::uint32_t turn : parts.signals[row].turns) {
      signal_at[network.to[network.turn_from[turn]]] = row;
    }
  }
  for (std::size_t row = 0; row < parts.turns.size(); ++row) {
    TurnPart& turn = parts.turns[row];
    const std::uint32_t junction = parts.links[turn.from].to;
    if (row < old_turns) {
      if (!met.contains(junction) || signal_at[junction] != no_row) continue;
      turn.right_of_way_known = false;
      turn.gives_way_to.clear();
    } else if (signal_at[junction] != no_row) {
      SignalPart& signal = parts.signals[signal_at[junction]];
      const Signal& old = network.signals[signal_at[junction]];
      const std::uint32_t approach = turn.from < network.links()
                                         ? turn.from
                                         : approach_beside(network, old, parts.links[turn.from]);
      signal.turns.push_back(static_cast<std::uint32_t>(row));
      for (StagePart& stage : signal.stages) {
        stage.aspects.push_back(aspect_beside(network, old, stage, approach));
      }
    }
  }
  return Network::seal(std::move(parts), repairs);
}

}  // namespace kontwin::traffic
