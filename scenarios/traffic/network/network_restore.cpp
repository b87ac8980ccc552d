#include <algorithm>
#include <string>

#include "scenarios/traffic/network/network_builder.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

void hold(bool holds, const char* column, const char* reason) {
  if (!holds) throw WorldError(std::string("network: column ") + column + " " + reason);
}

template <typename Column>
void check_length(const Column& column, std::size_t length, const char* name) {
  hold(column.size() == length, name, "has another length than those beside it");
}

void check_rows(const std::vector<std::uint32_t>& rows, std::size_t count, const char* name,
                bool may_be_none = false) {
  const bool good = std::ranges::all_of(
      rows, [&](std::uint32_t row) { return row < count || (may_be_none && row == no_row); });
  hold(good, name, "names a row that is not there");
}

/// Where lists begin: one for each of `parts` and an end, of `total` items in all.
void check_begins(const std::vector<std::uint32_t>& begin, std::size_t parts, std::size_t total,
                  const char* name) {
  check_length(begin, parts + 1, name);
  hold(begin.front() == 0 && begin.back() == total && std::ranges::is_sorted(begin), name,
       "does not part what it should");
}

/// Each of the parts has at least `least` items.
void check_least(const std::vector<std::uint32_t>& begin, std::uint32_t least, const char* name) {
  for (std::size_t part = 0; part + 1 < begin.size(); ++part) {
    hold(begin[part + 1] - begin[part] >= least, name, "leaves one without");
  }
}

void check_range(const std::vector<double>& values, const Range& range, const char* name) {
  const bool good = std::ranges::all_of(
      values, [&](double value) { return value >= range.least && value <= range.most; });
  hold(good, name, "has a number that no link has");
}

void check_junctions(const NetworkColumns& net) {
  check_length(net.junction_place, net.junction_id.size(), "junction_place");
  check_length(net.junction_control, net.junction_id.size(), "junction_control");
  const bool known = std::ranges::all_of(net.junction_control, [](JunctionControl control) {
    return control <= JunctionControl::signal;
  });
  hold(known, "junction_control", "has a control that is not known");
}

void check_links(const NetworkColumns& net) {
  const std::size_t links = net.link_id.size();
  const std::size_t junctions = net.junction_id.size();
  hold(links > 0, "link_id", "is empty");
  check_length(net.link_name, links, "link_name");
  check_length(net.from, links, "from");
  check_length(net.to, links, "to");
  check_length(net.opposite, links, "opposite");
  check_length(net.length_m, links, "length_m");
  check_length(net.free_speed_mps, links, "free_speed_mps");
  check_length(net.lane_width_m, links, "lane_width_m");
  check_length(net.lane_capacity_pcph, links, "lane_capacity_pcph");
  check_length(net.allowed, links, "allowed");
  check_length(net.priority, links, "priority");
  check_range(net.length_m, link_lengths_m, "length_m");
  check_range(net.free_speed_mps, link_speeds_mps, "free_speed_mps");
  check_range(net.lane_capacity_pcph, link_capacities_pcph, "lane_capacity_pcph");
  check_range(net.lane_width_m, lane_widths_m, "lane_width_m");
  check_rows(net.from, junctions, "from");
  check_rows(net.to, junctions, "to");
  check_rows(net.opposite, links, "opposite", true);
  check_begins(net.lane_begin, links, net.lane_link.size(), "lane_begin");
  check_begins(net.turn_begin, links, net.turn_from.size(), "turn_begin");
  check_begins(net.shape_begin, links, net.shape.size(), "shape_begin");
  check_least(net.lane_begin, 1, "lane_begin");
  check_least(net.shape_begin, 2, "shape_begin");
  check_rows(net.lane_link, links, "lane_link");
  check_length(net.lane_kinds, net.lane_link.size(), "lane_kinds");
  check_length(net.lane_storage, net.lane_link.size(), "lane_storage");
  check_length(net.lane_hole_delay, net.lane_link.size(), "lane_hole_delay");
}

void check_turns(const NetworkColumns& net) {
  const std::size_t turns = net.turn_from.size();
  check_length(net.turn_to, turns, "turn_to");
  check_length(net.turn_lanes, turns, "turn_lanes");
  check_length(net.turn_allowed, turns, "turn_allowed");
  check_length(net.turn_angle, turns, "turn_angle");
  check_length(net.turn_signal, turns, "turn_signal");
  check_length(net.goes_first, turns, "goes_first");
  check_rows(net.turn_from, net.link_id.size(), "turn_from");
  check_rows(net.turn_to, net.link_id.size(), "turn_to");
  check_rows(net.turn_signal, net.signals.size(), "turn_signal", true);
  check_begins(net.give_way_begin, turns, net.give_way.size(), "give_way_begin");
  check_rows(net.give_way, turns, "give_way");
  check_begins(net.green_begin, turns, net.green.size(), "green_begin");
  for (std::size_t turn = 0; turn < turns; ++turn) {
    hold(net.to[net.turn_from[turn]] == net.from[net.turn_to[turn]], "turn_to",
         "names a link that does not start where the turn leaves");
  }
}

void check_signals(const NetworkColumns& net) {
  for (const Signal& signal : net.signals) {
    check_rows(signal.turns, net.turn_from.size(), "turns of a signal");
    hold(signal.kind <= SignalKind::max_pressure, "kind of a signal", "is not known");
    hold(signal.cycle > 0, "stages of a signal", "have no length");
    for (const Signal::Stage& stage : signal.stages) {
      check_length(stage.aspects, signal.turns.size(), "aspects of a signal");
      const bool known = std::ranges::all_of(
          stage.aspects, [](Aspect aspect) { return aspect <= Aspect::exclusive; });
      hold(known, "aspects of a signal", "has one that is not known");
    }
  }
}

}  // namespace

std::shared_ptr<const Network> Network::restore(NetworkColumns columns) {
  check_junctions(columns);
  check_links(columns);
  check_turns(columns);
  check_signals(columns);
  const std::shared_ptr<Network> network(new Network(std::move(columns)));
  network->index_links();
  network->index_names();
  return network;
}

}  // namespace kontwin::traffic
