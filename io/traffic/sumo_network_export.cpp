#include <algorithm>
#include <bit>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "io/traffic/sumo_classes.hpp"
#include "io/traffic/sumo_export.hpp"
#include "io/traffic/xml_writer.hpp"

namespace kontwin::traffic {

namespace {

/// A stage no longer than that at the end of a green is its yellow.
constexpr Micros longest_yellow = 6'000'000;

/// A turn from one lane: a connection of SUMO.
struct Connection {
  std::uint32_t turn = 0, from_lane = 0, to_lane = 0;
};

/// Those of a turn: lanes turn into lanes in their order, outwards from the outermost on, else up
/// to the innermost.
void append_connections(const Network& network, std::uint32_t turn,
                        std::vector<Connection>& connections) {
  const std::uint32_t lanes = network.turn_lanes[turn];
  const auto from_count = static_cast<std::uint32_t>(std::popcount(lanes));
  const std::uint32_t to_count = network.lanes_of(network.turn_to[turn]);
  const double inwards = (network.drives_on_right ? 1 : -1) * double{network.turn_angle[turn]};
  std::uint32_t rank = 0;
  for (std::uint32_t lane = 0; lane < 32; ++lane) {
    if (((lanes >> lane) & 1U) == 0) continue;
    const std::uint32_t from_inside = std::min(from_count - 1 - rank, to_count - 1);
    std::uint32_t to_lane = std::min(rank, to_count - 1);
    if (inwards > M_PI / 4) to_lane = to_count - 1 - from_inside;
    if (std::abs(inwards) <= M_PI / 4) to_lane = std::min(lane, to_count - 1);
    connections.push_back({turn, lane, to_lane});
    ++rank;
  }
}

const char* type_of(JunctionControl control, bool has_signal) {
  if (has_signal) return "traffic_light";
  switch (control) {
    case JunctionControl::unregulated:
      return "unregulated";
    case JunctionControl::right_first:
      return "right_before_left";
    case JunctionControl::all_stop:
      return "allway_stop";
    case JunctionControl::priority:
    case JunctionControl::roundabout:
    case JunctionControl::signal:
      return "priority";
  }
  return "priority";
}

void write_nodes(const std::string& path, const Network& network) {
  std::vector<std::uint32_t> signal_of(network.junctions(), no_row);
  for (std::uint32_t turn = 0; turn < network.turns(); ++turn) {
    std::uint32_t& signal = signal_of[network.to[network.turn_from[turn]]];
    if (signal == no_row) signal = network.turn_signal[turn];
  }
  XmlWriter file(path);
  file.open("nodes");
  for (std::uint32_t junction = 0; junction < network.junctions(); ++junction) {
    const std::uint32_t signal = signal_of[junction];
    file.open("node")
        .attribute("id", network.junction_id[junction])
        .attribute("x", network.junction_place[junction].x_m)
        .attribute("y", network.junction_place[junction].y_m)
        .attribute("type", type_of(network.junction_control[junction], signal != no_row));
    if (signal != no_row) {
      const bool fixed = network.signals[signal].kind == SignalKind::fixed;
      file.attribute("tl", network.signals[signal].id)
          .attribute("tlType", fixed ? "static" : "actuated");
    }
    file.close();
  }
  file.close();
  file.finish();
}

/// The rings of one-way links between junctions of roundabouts, each with its links.
std::map<std::uint32_t, std::vector<std::uint32_t>> rings_of(const Network& network) {
  std::vector<std::uint32_t> first(network.junctions());
  std::iota(first.begin(), first.end(), 0);
  const auto ring = [&first](std::uint32_t junction) {
    while (first[junction] != junction) junction = first[junction] = first[first[junction]];
    return junction;
  };
  std::vector<std::uint32_t> links;
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    const bool round =
        network.junction_control[network.from[link]] == JunctionControl::roundabout &&
        network.junction_control[network.to[link]] == JunctionControl::roundabout &&
        network.opposite[link] == no_row;
    if (!round) continue;
    links.push_back(link);
    const auto [least, most] = std::minmax({ring(network.from[link]), ring(network.to[link])});
    first[most] = least;
  }
  std::map<std::uint32_t, std::vector<std::uint32_t>> rings;
  for (const std::uint32_t link : links) rings[ring(network.from[link])].push_back(link);
  return rings;
}

std::string classes_of(VehicleKinds kinds) {
  std::string classes;
  for (std::size_t which = 0; which < vehicle_kinds; ++which) {
    const auto kind = static_cast<VehicleKind>(which);
    if (!contains(kinds, kind)) continue;
    if (!classes.empty()) classes += ' ';
    classes += class_of(kind);
  }
  return classes;
}

/// Lanes lie to the right of a line that a link shares with the one back, else on both its sides.
bool shares_line(const Network& network, std::uint32_t link) {
  constexpr double near_m = 0.5;
  const std::uint32_t back = network.opposite[link];
  return back != no_row &&
         distance_m(network.shape_of(link).front(), network.shape_of(back).back()) < near_m &&
         distance_m(network.shape_of(link).back(), network.shape_of(back).front()) < near_m;
}

void write_edges(const std::string& path, const Network& network) {
  XmlWriter file(path);
  file.open("edges");
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    std::string shape;
    for (const LocalPoint& point : network.shape_of(link)) {
      if (!shape.empty()) shape += ' ';
      shape += to_text(point.x_m) + "," + to_text(point.y_m);
    }
    file.open("edge")
        .attribute("id", network.link_id[link])
        .attribute("from", network.junction_id[network.from[link]])
        .attribute("to", network.junction_id[network.to[link]])
        .attribute("numLanes", network.lanes_of(link))
        .attribute("speed", network.free_speed_mps[link])
        .attribute("priority", network.priority[link])
        .attribute("length", network.length_m[link])
        .attribute("width", network.lane_width_m[link])
        .attribute("spreadType", shares_line(network, link) ? "right" : "center")
        .attribute("shape", shape);
    if (!network.link_name[link].empty()) file.attribute("name", network.link_name[link]);
    if (network.allowed[link] == 0) {
      file.attribute("disallow", "all");
    } else if (network.allowed[link] != all_vehicles) {
      file.attribute("allow", classes_of(network.allowed[link]));
    }
    for (std::uint32_t lane = network.lane_begin[link]; lane < network.lane_begin[link + 1];
         ++lane) {
      const VehicleKinds kinds = network.lane_kinds[lane];
      if (kinds == network.allowed[link]) continue;
      file.open("lane").attribute("index", lane - network.lane_begin[link]);
      file.attribute(kinds == 0 ? "disallow" : "allow", kinds == 0 ? "all" : classes_of(kinds));
      file.close();
    }
    file.close();
  }
  for (const auto& [first, links] : rings_of(network)) {
    std::string nodes;
    std::string edges;
    for (const std::uint32_t link : links) {
      nodes += (nodes.empty() ? "" : " ") + network.junction_id[network.from[link]];
      edges += (edges.empty() ? "" : " ") + network.link_id[link];
    }
    file.open("roundabout").attribute("nodes", nodes).attribute("edges", edges).close();
  }
  file.close();
  file.finish();
}

void write_ends(XmlWriter& file, const Network& network, const Connection& connection) {
  file.open("connection")
      .attribute("from", network.link_id[network.turn_from[connection.turn]])
      .attribute("to", network.link_id[network.turn_to[connection.turn]])
      .attribute("fromLane", connection.from_lane)
      .attribute("toLane", connection.to_lane);
}

void write_connections(const std::string& path, const Network& network,
                       const std::vector<Connection>& connections) {
  XmlWriter file(path);
  file.open("connections");
  for (const Connection& connection : connections) {
    write_ends(file, network, connection);
    const VehicleKinds kinds = network.turn_allowed[connection.turn];
    if (kinds != all_vehicles) file.attribute("allow", classes_of(kinds));
    file.close();
  }
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    // An edge with no destination: else netconvert thinks some up.
    if (network.turn_begin[link] == network.turn_begin[link + 1]) {
      file.open("connection").attribute("from", network.link_id[link]).close();
    }
  }
  file.close();
  file.finish();
}

/// Whether a green that an earlier stage began ends with this short one: that is its yellow.
bool is_yellow(const Signal& signal, std::size_t stage, std::size_t turn) {
  const auto& stages = signal.stages;
  const auto& before = stages[(stage + stages.size() - 1) % stages.size()];
  const auto& after = stages[(stage + 1) % stages.size()];
  return stages[stage].duration <= longest_yellow &&
         before.aspects[turn] == stages[stage].aspects[turn] && after.aspects[turn] == Aspect::red;
}

char state_of(const Signal& signal, std::size_t stage, std::size_t turn) {
  const Aspect aspect = signal.stages[stage].aspects[turn];
  if (aspect == Aspect::red) return 'r';
  if (is_yellow(signal, stage, turn)) return 'y';
  return aspect == Aspect::exclusive ? 'G' : 'g';
}

void write_signals(const std::string& path, const Network& network,
                   const std::vector<Connection>& connections) {
  std::vector<std::vector<Connection>> ruled(network.signals.size());
  for (const Connection& connection : connections) {
    const std::uint32_t signal = network.turn_signal[connection.turn];
    if (signal != no_row) ruled[signal].push_back(connection);
  }
  XmlWriter file(path);
  file.open("tlLogics");
  for (std::size_t row = 0; row < network.signals.size(); ++row) {
    const Signal& signal = network.signals[row];
    const bool fixed = signal.kind == SignalKind::fixed;
    file.open("tlLogic")
        .attribute("id", signal.id)
        .attribute("type", fixed ? "static" : "actuated")
        .attribute("programID", "0")
        .attribute("offset", seconds(signal.offset));
    for (std::size_t stage = 0; stage < signal.stages.size(); ++stage) {
      std::string state;
      for (const Connection& connection : ruled[row]) {
        const auto turn = std::ranges::lower_bound(signal.turns, connection.turn);
        state += state_of(signal, stage, static_cast<std::size_t>(turn - signal.turns.begin()));
      }
      file.open("phase").attribute("duration", seconds(signal.stages[stage].duration));
      file.attribute("state", state);
      if (!fixed) {
        file.attribute("minDur", seconds(signal.stages[stage].least))
            .attribute("maxDur", seconds(signal.stages[stage].most));
      }
      file.close();
    }
    file.close();
  }
  for (std::size_t row = 0; row < network.signals.size(); ++row) {
    for (std::size_t index = 0; index < ruled[row].size(); ++index) {
      write_ends(file, network, ruled[row][index]);
      file.attribute("tl", network.signals[row].id).attribute("linkIndex", index).close();
    }
  }
  file.close();
  file.finish();
}

}  // namespace

void write_sumo_network(const std::filesystem::path& base, const Network& network) {
  std::vector<Connection> connections;
  for (std::uint32_t turn = 0; turn < network.turns(); ++turn) {
    append_connections(network, turn, connections);
  }
  write_nodes(base.string() + ".nod.xml", network);
  write_edges(base.string() + ".edg.xml", network);
  write_connections(base.string() + ".con.xml", network, connections);
  write_signals(base.string() + ".tll.xml", network, connections);
}

}  // namespace kontwin::traffic
