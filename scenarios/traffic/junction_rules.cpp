#include "scenarios/traffic/junction_rules.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin::traffic {

namespace {

/// A turn that bends by less goes straight on.
constexpr double straight = M_PI / 4;

/// How far a turn bends across the oncoming traffic, radians; below 0 towards the near side.
double inwards_rad(const Network& network, std::uint32_t turn) {
  return network.turn_angle[turn] * (network.drives_on_right ? 1 : -1);
}

}  // namespace

JunctionRules with_signals_as_sumo(JunctionRules rules) {
  rules.first_at_once = true;
  rules.near_turn_headway = rules.far_turn_headway = 1;
  return rules;
}

GapHeadways gap_headways(const Network& network, std::uint32_t turn, const JunctionRules& rules) {
  const std::uint32_t link = network.turn_from[turn];
  const double inwards = inwards_rad(network, turn);
  // Who gives way only when turning across drives on the major road.
  bool major = inwards > straight;
  for (std::uint32_t other = network.turn_begin[link]; other < network.turn_begin[link + 1];
       ++other) {
    if (std::abs(network.turn_angle[other]) <= straight && !network.gives_way_to(other).empty()) {
      major = false;
    }
  }
  double critical_s = 6.2;
  double follow_up_s = 3.3;
  switch (network.junction_control[network.to[link]]) {
    case JunctionControl::roundabout:
      critical_s = 4.98;
      follow_up_s = 2.61;
      break;
    case JunctionControl::signal:
      critical_s = 4.5;
      follow_up_s = 2.5;
      break;
    case JunctionControl::right_first:
    case JunctionControl::all_stop:
      critical_s = 2 * rules.clearance_s;
      follow_up_s = 0;
      break;
    case JunctionControl::priority:
    case JunctionControl::unregulated:
      if (major) {
        critical_s = 4.1;
        follow_up_s = 2.2;
      } else if (inwards > straight) {
        critical_s = 7.1;
        follow_up_s = 3.5;
      } else if (inwards >= -straight) {
        critical_s = 6.5;
        follow_up_s = 4.0;
      }
      break;
  }
  return {to_micros(critical_s * rules.gap_factor), to_micros(follow_up_s * rules.gap_factor)};
}

std::uint8_t turn_headway_percent(const Network& network, std::uint32_t turn,
                                  const JunctionRules& rules) {
  if (network.turn_signal[turn] == no_row) return 100;
  double factor = 1;
  if (rules.saturation_flow_pcph > 0) {
    const double free_pcph = network.lane_capacity_pcph[network.turn_from[turn]];
    factor = std::max(1.0, free_pcph / rules.saturation_flow_pcph);
  }
  const double inwards = inwards_rad(network, turn);
  if (std::abs(inwards) >= straight) {
    factor *= inwards > 0 ? rules.far_turn_headway : rules.near_turn_headway;
  }
  return static_cast<std::uint8_t>(std::lround(std::clamp(factor, 0.01, 2.5) * 100));
}

std::array<Micros, 5> all_way_headways(const JunctionRules& rules) {
  std::array<Micros, 5> headways{};
  constexpr std::array<double, 5> by_case_s{3.9, 4.7, 5.8, 7.0, 9.6};
  for (std::size_t i = 0; i < headways.size(); ++i) {
    headways[i] = to_micros(by_case_s[i] * rules.gap_factor);
  }
  return headways;
}

}  // namespace kontwin::traffic
