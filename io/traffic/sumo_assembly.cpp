#include "io/traffic/sumo_assembly.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <numeric>

#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

using enum JunctionControl;

struct ControlOfType {
  std::string_view type;
  JunctionControl control;
  bool same;  ///< means the same here as there
};

constexpr ControlOfType control_by_type[] = {
    {"priority", priority, true},
    {"priority_stop", priority, true},
    {"right_before_left", right_first, true},
    {"left_before_right", right_first, false},
    {"allway_stop", all_stop, true},
    {"traffic_light", signal, true},
    {"traffic_light_unregulated", signal, true},
    {"traffic_light_right_on_red", signal, true},
    {"unregulated", unregulated, true},
    {"dead_end", unregulated, true},
    {"district", unregulated, true},
    {"zipper", unregulated, false},
    {"rail_signal", unregulated, false},
    {"rail_crossing", unregulated, false},
};

/// A line in the middle of a link's lanes.
std::vector<LocalPoint> middle_of(const std::vector<const SumoNetFile::Lane*>& lanes) {
  const auto& outer = lanes.front()->shape;
  const auto& inner = lanes.back()->shape;
  if (outer.size() != inner.size()) return outer;
  std::vector<LocalPoint> middle;
  for (std::size_t i = 0; i < outer.size(); ++i) {
    middle.push_back({(outer[i].x_m + inner[i].x_m) / 2, (outer[i].y_m + inner[i].y_m) / 2});
  }
  return middle;
}

template <typename Get>
double mean_of(const std::vector<const SumoNetFile::Lane*>& lanes, Get get) {
  double sum = 0;
  for (const SumoNetFile::Lane* lane : lanes) sum += get(*lane);
  return sum / static_cast<double>(lanes.size());
}

/// Where a lane that is not kept would be, counted in kept lanes: the nearest one.
std::uint32_t nearest_lane(const std::vector<int>& lanes, std::uint32_t lane) {
  for (std::uint32_t by = 0; by < lanes.size(); ++by) {
    if (lane >= by && lanes[lane - by] >= 0) return static_cast<std::uint32_t>(lanes[lane - by]);
    if (lane + by < lanes.size() && lanes[lane + by] >= 0) {
      return static_cast<std::uint32_t>(lanes[lane + by]);
    }
  }
  return 0;
}

}  // namespace

SumoAssembly::SumoAssembly(const SumoNetFile& net, const SumoNetworkOptions& options,
                           std::vector<Repair>& repairs)
    : net_(net), options_(options), repairs_(repairs) {}

NetworkParts SumoAssembly::make() {
  parts_.name = std::filesystem::path(net_.path).filename().string();
  parts_.name.erase(std::min(parts_.name.find(".net.xml"), parts_.name.size()));
  parts_.drives_on_right = !net_.left_hand;
  parts_.reference = net_.reference;
  add_junctions();
  add_links();
  if (parts_.links.empty())
    throw FileError(net_.path, "has no edge for vehicles that drive on roads");
  join_connections();
  if (options_.length_over_junctions) lengthen_links();
  add_right_of_way();
  add_signals();
  return std::move(parts_);
}

void SumoAssembly::note(const char* rule, std::string place, std::string done) {
  repairs_.push_back({rule, std::move(place), std::move(done)});
}

std::string SumoAssembly::turn_name(std::uint32_t turn) const {
  const TurnPart& part = parts_.turns[turn];
  return "turn from link " + parts_.links[part.from].id + " to " + parts_.links[part.to].id;
}

void SumoAssembly::add_junctions() {
  for (const SumoNetFile::Junction& junction : net_.junctions) {
    JunctionPart part;
    part.id = junction.id;
    part.place = junction.place;
    const auto* const found =
        std::ranges::find(control_by_type, junction.type, &ControlOfType::type);
    const bool known = found != std::end(control_by_type);
    part.control = known ? found->control : priority;
    if (!known || !found->same) {
      note("type of junction", "junction " + junction.id,
           "'" + junction.type + "' taken as " +
               (part.control == unregulated ? "one where nobody gives way"
                                            : "one with its stated right of way"));
    }
    if (!junction_by_id_.emplace(junction.id, parts_.junctions.size()).second) {
      throw FileError(net_.path, junction.line, "junction '" + junction.id + "' is there twice");
    }
    parts_.junctions.push_back(std::move(part));
  }
  for (const std::string& id : net_.roundabout_junctions) {
    const auto found = junction_by_id_.find(id);
    if (found == junction_by_id_.end()) continue;
    JunctionControl& control = parts_.junctions[found->second].control;
    if (control == priority) control = roundabout;
  }
}

void SumoAssembly::add_links() {
  link_of_edge_.assign(net_.edges.size(), no_row);
  lane_of_lane_.resize(net_.edges.size());
  for (std::uint32_t edge = 0; edge < net_.edges.size(); ++edge) add_link(edge);
}

void SumoAssembly::add_link(std::uint32_t edge) {
  const SumoNetFile::Edge& from = net_.edges[edge];
  if (from.lanes.empty()) {
    throw FileError(net_.path, from.line, "edge '" + from.id + "' has no lanes");
  }
  VehicleKinds allowed = 0;
  for (const SumoNetFile::Lane& lane : from.lanes) allowed |= lane.kinds;
  if (allowed == 0) return;
  std::vector<const SumoNetFile::Lane*> lanes;
  LinkPart link;
  for (const SumoNetFile::Lane& lane : from.lanes) {
    const bool kept = lane.kinds != 0;
    lane_of_lane_[edge].push_back(kept ? static_cast<int>(lanes.size()) : -1);
    if (!kept) continue;
    lanes.push_back(&lane);
    link.lane_kinds.push_back(lane.kinds);
  }
  link.lanes = static_cast<int>(lanes.size());
  // Lanes of buses or bicycles beside those of cars say nothing of how fast and wide the road is.
  if (contains(allowed, VehicleKind::car)) {
    std::erase_if(lanes, [](const auto* lane) { return !contains(lane->kinds, VehicleKind::car); });
  }
  const auto junction = [&](const std::string& id) {
    const auto found = junction_by_id_.find(id);
    if (found == junction_by_id_.end()) {
      throw FileError(net_.path, from.line,
                      "edge '" + from.id + "' at junction '" + id + "', which is not there");
    }
    return found->second;
  };
  link.id = from.id;
  link.name = from.name;
  link.from = junction(from.from);
  link.to = junction(from.to);
  link.length_m = lanes.front()->length_m;
  link.free_speed_mps = mean_of(lanes, [](const auto& lane) { return lane.speed_mps; });
  link.lane_width_m = mean_of(lanes, [](const auto& lane) { return lane.width_m; });
  link.allowed = allowed;
  link.priority = from.priority;
  link.shape = from.shape.empty() ? middle_of(lanes) : from.shape;
  const bool several = std::ranges::any_of(
      lanes, [&](const auto* lane) { return lane->speed_mps != lanes.front()->speed_mps; });
  if (several) {
    note("lanes of several speeds", "link " + from.id,
         std::to_string(link.free_speed_mps) + " m/s");
  }
  link_of_edge_[edge] = static_cast<std::uint32_t>(parts_.links.size());
  parts_.links.push_back(std::move(link));
}

VehicleKinds SumoAssembly::kinds_of(const SumoNetFile::Connection& connection) const {
  VehicleKinds kinds = connection.kinds;
  kinds &= net_.edges[connection.from].lanes[connection.from_lane].kinds;
  kinds &= net_.edges[connection.to].lanes[connection.to_lane].kinds;
  const auto inner = net_.inner.find(connection.via);
  if (inner != net_.inner.end()) kinds &= inner->second.kinds;
  return kinds;
}

void SumoAssembly::join_connections() {
  std::unordered_map<std::uint64_t, std::uint32_t> turn_by_links;
  turn_of_connection_.assign(net_.connections.size(), no_row);
  for (std::uint32_t row = 0; row < net_.connections.size(); ++row) {
    const SumoNetFile::Connection& connection = net_.connections[row];
    const std::uint32_t from = link_of_edge_[connection.from];
    const std::uint32_t to = link_of_edge_[connection.to];
    if (from == no_row || to == no_row) continue;
    const VehicleKinds kinds = kinds_of(connection);
    if (kinds == 0) continue;
    const std::uint64_t links = (std::uint64_t{from} << 32U) | to;
    const auto [found, is_new] =
        turn_by_links.emplace(links, static_cast<std::uint32_t>(parts_.turns.size()));
    if (is_new) {
      TurnPart turn;
      turn.from = from;
      turn.to = to;
      turn.allowed = 0;
      parts_.turns.push_back(turn);
    }
    parts_.turns[found->second].allowed |= kinds;
    turn_of_connection_[row] = found->second;
    const std::uint32_t lane = nearest_lane(lane_of_lane_[connection.from], connection.from_lane);
    if (lane < 32) parts_.turns[found->second].lanes |= 1U << lane;
  }
  for (TurnPart& turn : parts_.turns) {
    const unsigned both = unsigned{parts_.links[turn.from].allowed} & parts_.links[turn.to].allowed;
    if ((both & ~turn.allowed) == 0) turn.allowed = all_vehicles;
  }
}

void SumoAssembly::lengthen_links() {
  std::vector<double> way_m(parts_.links.size(), 0);
  std::vector<double> ways(parts_.links.size(), 0);
  for (std::size_t row = 0; row < net_.connections.size(); ++row) {
    if (turn_of_connection_[row] == no_row) continue;
    const SumoNetFile::Connection& connection = net_.connections[row];
    double over_m = 0;
    auto inner = net_.inner.find(connection.via);
    for (int parts = 0; inner != net_.inner.end() && parts < 4; ++parts) {
      over_m += inner->second.length_m;
      inner = net_.inner.find(inner->second.next);
    }
    way_m[link_of_edge_[connection.from]] += over_m;
    ++ways[link_of_edge_[connection.from]];
  }
  for (std::size_t link = 0; link < parts_.links.size(); ++link) {
    if (ways[link] > 0) parts_.links[link].length_m += way_m[link] / ways[link];
  }
}

}  // namespace kontwin::traffic
