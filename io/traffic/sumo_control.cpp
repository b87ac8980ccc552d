// Who gives way to whom, and the programs of signals.
#include <algorithm>
#include <charconv>
#include <map>

#include "io/traffic/sumo_assembly.hpp"
#include "io/traffic/xml_reader.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

Aspect aspect_of(char state) {
  switch (state) {
    case 'G':
    case 'O':  // switched off, has the right of way
      return Aspect::exclusive;
    case 'g':
    case 's':  // an arrow to turn after a stop
    case 'o':  // blinking
      return Aspect::permissive;
    default:  // red, red and yellow; yellow: see aspect_in
      return Aspect::red;
  }
}

/// What a signal index shows in a phase. Yellow is still the green that it ends: drivers go on, as
/// they do in SUMO's mesoscopic model.
Aspect aspect_in(const std::vector<SumoNetFile::Phase>& phases, std::size_t which,
                 std::size_t index) {
  const auto is_yellow = [&](std::size_t phase) {
    if (index >= phases[phase].state.size()) return false;
    const char state = phases[phase].state[index];
    return state == 'y' || state == 'Y';
  };
  for (std::size_t back = 0; back < phases.size() && is_yellow(which); ++back) {
    which = (which + phases.size() - 1) % phases.size();
  }
  return index < phases[which].state.size() ? aspect_of(phases[which].state[index]) : Aspect::red;
}

}  // namespace

std::vector<std::uint32_t> SumoAssembly::links_of(const SumoNetFile::Junction& junction) const {
  std::vector<std::uint32_t> links;
  std::string_view lanes = junction.in_lanes;
  for (auto lane = take_word(lanes); !lane.empty(); lane = take_word(lanes)) {
    if (lane.starts_with(':')) continue;  // a place where people walk: their links come last
    const std::size_t bar = lane.rfind('_');
    const auto edge = bar == std::string_view::npos
                          ? net_.edge_by_id.end()
                          : net_.edge_by_id.find(std::string(lane.substr(0, bar)));
    std::uint32_t index = 0;
    if (edge != net_.edge_by_id.end()) {
      std::from_chars(lane.data() + bar + 1, lane.data() + lane.size(), index);
    }
    if (edge == net_.edge_by_id.end() || index >= net_.edges[edge->second].lanes.size()) {
      throw FileError(net_.path, junction.line,
                      "junction '" + junction.id + "' has lane '" + std::string(lane) +
                          "', which is not there");
    }
    const auto first = connection_begin_[lane_begin_[edge->second] + index];
    const auto last = connection_begin_[lane_begin_[edge->second] + index + 1];
    links.insert(links.end(), connections_by_lane_.begin() + first,
                 connections_by_lane_.begin() + last);
  }
  return links;
}

// SUMO numbers the links over a junction lane by lane as `incLanes` has them, and those of a lane
// in the order of the file.
void SumoAssembly::add_right_of_way() {
  list_by_lane();
  for (const SumoNetFile::Junction& junction : net_.junctions) {
    const auto links = links_of(junction);
    const bool nobody_waits =
        parts_.junctions[junction_by_id_.at(junction.id)].control == JunctionControl::unregulated;
    if (junction.requests.empty() && !nobody_waits) continue;
    for (const std::uint32_t link : links) {
      if (turn_of_connection_[link] != no_row) {
        parts_.turns[turn_of_connection_[link]].right_of_way_known = true;
      }
    }
    if (nobody_waits) continue;
    for (const SumoNetFile::Request& request : junction.requests) {
      if (request.index >= links.size()) continue;
      const std::uint32_t turn = turn_of_connection_[links[request.index]];
      if (turn == no_row) continue;
      TurnPart& part = parts_.turns[turn];
      const std::size_t count = std::min(request.response.size(), links.size());
      for (std::size_t link = 0; link < count; ++link) {
        if (request.response[request.response.size() - 1 - link] != '1') continue;
        const std::uint32_t other = turn_of_connection_[links[link]];
        if (other == no_row || parts_.turns[other].from == part.from) continue;
        part.gives_way_to.push_back(other);
      }
    }
  }
  for (TurnPart& turn : parts_.turns) {
    auto& first = turn.gives_way_to;
    std::ranges::sort(first);
    first.erase(std::unique(first.begin(), first.end()), first.end());
  }
}

void SumoAssembly::list_by_lane() {
  lane_begin_.push_back(0);
  for (const SumoNetFile::Edge& edge : net_.edges) {
    lane_begin_.push_back(lane_begin_.back() + static_cast<std::uint32_t>(edge.lanes.size()));
  }
  connection_begin_.assign(lane_begin_.back() + 1, 0);
  const auto lane_of = [this](const SumoNetFile::Connection& connection) {
    return lane_begin_[connection.from] + connection.from_lane;
  };
  for (const auto& connection : net_.connections) ++connection_begin_[lane_of(connection) + 1];
  for (std::size_t lane = 0; lane + 1 < connection_begin_.size(); ++lane) {
    connection_begin_[lane + 1] += connection_begin_[lane];
  }
  connections_by_lane_.resize(net_.connections.size());
  std::vector<std::uint32_t> next(connection_begin_.begin(), connection_begin_.end() - 1);
  for (std::uint32_t row = 0; row < net_.connections.size(); ++row) {
    connections_by_lane_[next[lane_of(net_.connections[row])]++] = row;
  }
}

void SumoAssembly::add_signals() {
  // Of several programs the one that netconvert makes, else the first.
  std::map<std::string_view, const SumoNetFile::Program*> program_by_id;
  std::vector<std::string_view> order;
  for (const SumoNetFile::Program& program : net_.programs) {
    const auto [found, is_new] = program_by_id.emplace(program.id, &program);
    if (is_new) order.push_back(program.id);
    if (!is_new && program.program == "0") found->second = &program;
  }
  std::map<std::string_view, std::vector<std::uint32_t>> connections_of;
  std::vector<std::string_view> signal_of_turn(parts_.turns.size());
  std::vector<std::uint8_t> mixed(parts_.turns.size(), 0);
  for (std::uint32_t row = 0; row < net_.connections.size(); ++row) {
    const SumoNetFile::Connection& connection = net_.connections[row];
    const std::uint32_t turn = turn_of_connection_[row];
    if (turn == no_row || connection.signal.empty()) continue;
    if (!program_by_id.contains(connection.signal)) {
      if (mixed[turn] == 0) {
        note("no program", turn_name(turn), "gives way: signal " + connection.signal + " has none");
      }
      mixed[turn] = 1;
      continue;
    }
    if (signal_of_turn[turn].empty()) signal_of_turn[turn] = connection.signal;
    if (signal_of_turn[turn] == connection.signal) {
      connections_of[connection.signal].push_back(row);
    } else if (mixed[turn] == 0) {
      mixed[turn] = 1;
      note("lanes of several signals", turn_name(turn),
           "signal " + std::string(signal_of_turn[turn]) + " rules it");
    }
  }
  for (const std::string_view id : order) {
    const auto found = connections_of.find(id);
    if (found != connections_of.end()) add_signal(*program_by_id[id], found->second);
  }
}

void SumoAssembly::add_signal(const SumoNetFile::Program& program,
                              const std::vector<std::uint32_t>& connections) {
  if (program.type == "rail_signal" || program.type == "rail_crossing" || program.type == "off") {
    note("type of signal", "signal " + program.id, "'" + program.type + "' taken away");
    return;
  }
  SignalPart signal;
  signal.id = program.id;
  signal.offset_s = program.offset_s;
  const bool follows_traffic =
      program.type == "actuated" || program.type == "delay_based" || program.type == "NEMA";
  signal.kind = follows_traffic ? SignalKind::actuated : SignalKind::fixed;
  if (!follows_traffic && !program.type.empty() && program.type != "static") {
    note("type of signal", "signal " + program.id, "'" + program.type + "' taken as fixed");
  }
  std::map<std::uint32_t, std::vector<std::uint32_t>> indices_of;  // by turn
  for (const std::uint32_t row : connections) {
    indices_of[turn_of_connection_[row]].push_back(net_.connections[row].signal_index);
  }
  for (const auto& [turn, indices] : indices_of) signal.turns.push_back(turn);
  std::vector<std::uint8_t> differ(signal.turns.size(), 0);
  bool jumps = false;
  for (std::size_t which = 0; which < program.phases.size(); ++which) {
    const SumoNetFile::Phase& phase = program.phases[which];
    StagePart stage{phase.duration_s, phase.least_s, phase.most_s, {}};
    for (const auto& [turn, indices] : indices_of) {
      Aspect freest = Aspect::red;
      for (const std::uint32_t index : indices) {
        if (index >= phase.state.size()) {
          throw FileError(net_.path, phase.line,
                          "the state of signal '" + program.id + "' has " +
                              std::to_string(phase.state.size()) + " characters, and link " +
                              std::to_string(index) + " is ruled by it");
        }
        const Aspect aspect = aspect_in(program.phases, which, index);
        if (aspect != aspect_in(program.phases, which, indices.front()))
          differ[stage.aspects.size()] = 1;
        freest = std::max(freest, aspect);
      }
      stage.aspects.push_back(freest);
    }
    jumps = jumps || phase.jumps;
    signal.stages.push_back(std::move(stage));
  }
  for (std::size_t i = 0; i < differ.size(); ++i) {
    if (differ[i] != 0) {
      note("lanes of several signals", turn_name(signal.turns[i]),
           "goes when one of its lanes does");
    }
  }
  if (jumps) note("next stage", "signal " + program.id, "stages follow in the order of the file");
  parts_.signals.push_back(std::move(signal));
}

NetworkParts read_sumo_network(const std::filesystem::path& path, std::vector<Repair>* repairs,
                               const SumoNetworkOptions& options) {
  std::vector<Repair> unread;
  const SumoNetFile net = read_sumo_net_file(path);
  return SumoAssembly(net, options, repairs != nullptr ? *repairs : unread).make();
}

}  // namespace kontwin::traffic
