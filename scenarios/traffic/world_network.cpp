#include "scenarios/traffic/world_network.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/traffic/network/network_builder.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

double known(double value) { return std::isfinite(value) && value > 0 ? value : LinkPart::unknown; }

/// Cars are up to 1.9 m wide; TCVN 10380:2014 builds the narrowest rural road, for motorbikes, 1.5
/// m.
constexpr double narrowest_for_cars_m = 2;

/// A signal rules all turns of its junction; which stage each belongs to is told by two_stages once
/// the network stands.
SignalPart signal_at(const NetworkParts& parts, std::string id, std::uint32_t junction) {
  SignalPart signal;
  signal.id = std::move(id);
  for (std::uint32_t turn = 0; turn < parts.turns.size(); ++turn) {
    if (parts.links[parts.turns[turn].from].to == junction) signal.turns.push_back(turn);
  }
  StagePart stage;
  stage.duration_s = default_cycle_s;
  stage.aspects.assign(signal.turns.size(), Aspect::permissive);
  signal.stages.push_back(std::move(stage));
  return signal;
}

}  // namespace

std::shared_ptr<const Network> network_of(const World& world, std::vector<Repair>* repairs) {
  NetworkParts parts;
  parts.name = world.name();
  const EntityTable& junctions = world.entities(Kind::junction);
  for (std::uint32_t row = 0; row < junctions.size(); ++row) {
    parts.junctions.push_back(
        {junctions.urn[row], junctions.place[row], JunctionControl::priority});
  }
  const RoadNetwork& roads = world.roads();
  const EntityTable& table = world.entities(Kind::road);
  std::vector<std::vector<std::uint32_t>> leaving(junctions.size());
  for (std::uint32_t row = 0; row < roads.links(); ++row) {
    const auto attribute = [&table, row](std::size_t which) { return table.attribute(which, row); };
    LinkPart link;
    link.id = table.urn[row];
    link.name = table.name[row];
    link.from = roads.from[row];
    link.to = roads.to[row];
    link.length_m = known(attribute(road_attribute::length_m));
    link.free_speed_mps = known(attribute(road_attribute::free_speed_mps));
    const double lanes = known(attribute(road_attribute::lanes));
    link.lanes = std::isnan(lanes) ? 1 : std::max(1, static_cast<int>(std::lround(lanes)));
    // Capacity is that of the whole link, whatever its lanes.
    link.lane_capacity_pcph = known(attribute(road_attribute::capacity_vph)) / link.lanes;
    const double road_class = attribute(road_attribute::road_class);
    if (std::isfinite(road_class)) link.priority = -static_cast<int>(road_class);
    if (attribute(road_attribute::width_m) < narrowest_for_cars_m) {
      link.allowed = bit_of(VehicleKind::motorbike) | bit_of(VehicleKind::bicycle);
    }
    const auto shape = roads.shape_of(row);
    link.shape.assign(shape.begin(), shape.end());
    leaving[link.from].push_back(row);
    parts.links.push_back(std::move(link));
  }
  const EntityTable& signals = world.entities(Kind::signal);
  std::vector<std::uint32_t> at(signals.size(), no_row);
  for (std::uint32_t row = 0; row < signals.size(); ++row) {
    const std::uint32_t junction = world.junction_of({Kind::signal, row});
    if (junction == no_row) continue;
    if (parts.junctions[junction].control == JunctionControl::signal) continue;
    parts.junctions[junction].control = JunctionControl::signal;
    at[row] = junction;
  }
  // Every turn that is not forbidden, and the one back: on the roads of the province nothing else
  // stands in its way.
  auto forbidden = roads.forbidden_turns.begin();
  for (std::uint32_t link = 0; link < parts.links.size(); ++link) {
    for (const std::uint32_t next : leaving[parts.links[link].to]) {
      TurnPart turn;
      turn.from = link;
      turn.to = next;
      while (forbidden != roads.forbidden_turns.end() &&
             std::pair(forbidden->from, forbidden->to) < std::pair(link, next)) {
        ++forbidden;
      }
      if (forbidden != roads.forbidden_turns.end() && forbidden->from == link &&
          forbidden->to == next) {
        turn.allowed = static_cast<VehicleKinds>(all_vehicles & ~forbidden->kinds);
        if (turn.allowed == 0) continue;
      }
      parts.turns.push_back(std::move(turn));
    }
  }
  for (std::uint32_t row = 0; row < signals.size(); ++row) {
    if (at[row] == no_row) continue;
    SignalPart signal = signal_at(parts, signals.urn[row], at[row]);
    if (!signal.turns.empty()) parts.signals.push_back(std::move(signal));
  }
  return Network::seal(std::move(parts), repairs);
}

void name_signals_of(const World& world, const Network& network, TrafficMeasure& measure) {
  const auto rename = [&](std::vector<std::uint32_t>& signals) {
    for (std::uint32_t& signal : signals) {
      const std::string& urn = world.urn({Kind::signal, signal});
      const auto row = network.find_signal(urn);
      if (!row) throw ScenarioError("signal " + urn + " rules no road");
      signal = *row;
    }
  };
  if (auto* plans = std::get_if<SignalControl>(&measure)) rename(plans->signals);
  if (auto* priority = std::get_if<AmbulancePriority>(&measure)) rename(priority->signals);
}

std::vector<Signal::Stage> two_stages(const Network& network, const Signal& signal, double cycle_s,
                                      double green_share) {
  const double first_heading = heading_at_end(network, network.turn_from[signal.turns.front()]);
  std::vector<std::uint8_t> on_axis;
  bool any_other = false;
  for (const std::uint32_t turn : signal.turns) {
    // On the axis of the first approach, either way: within 45 degrees.
    const double along =
        std::abs(std::cos(heading_at_end(network, network.turn_from[turn]) - first_heading));
    on_axis.push_back(along > std::sqrt(0.5) ? 1 : 0);
    any_other = any_other || on_axis.back() == 0;
  }
  const auto green = [&](bool axis, double share) {
    Signal::Stage stage;
    stage.duration = std::max<Micros>(to_micros(1), to_micros(cycle_s * share - lost_s_per_stage));
    stage.least = to_micros(5);
    stage.most = to_micros(60);
    for (const std::uint8_t on : on_axis) {
      stage.aspects.push_back((on != 0) == axis ? Aspect::permissive : Aspect::red);
    }
    return stage;
  };
  const auto between = [&] {
    Signal::Stage stage;
    stage.duration = stage.least = stage.most = to_micros(lost_s_per_stage);
    stage.aspects.assign(on_axis.size(), Aspect::red);
    return stage;
  };
  if (any_other)
    return {green(true, green_share), between(), green(false, 1 - green_share), between()};
  // Nobody comes from the side: the rest of the cycle is for those on foot.
  Signal::Stage red = between();
  red.duration = std::max(red.duration, to_micros(cycle_s * (1 - green_share) + lost_s_per_stage));
  red.least = red.most = red.duration;
  return {green(true, green_share), red};
}

}  // namespace kontwin::traffic
