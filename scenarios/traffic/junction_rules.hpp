#pragma once

#include <array>

#include "scenarios/traffic/network/network.hpp"

namespace kontwin::traffic {

/// How drivers give way and queue.
struct JunctionRules {
  bool give_way = true;      ///< false: nobody gives way; signals still hold
  double gap_factor = 1;     ///< on the headways of the manual, above 0
  double clearance_s = 1.5;  ///< after one who went first, until the conflict area is free
  /// Drivers take smaller gaps the longer they wait at the line: any after this long, so that
  /// nobody starves at a stream without gaps.
  double patience_s = 90;
  /// Narrow vehicles filter to the front of a queue that stood for as long.
  double filter_after_s = 5;
  /// Those who turn at a signal take so much more of its green than those who drive straight on:
  /// towards the near side (right where one drives on the right) and across. Highway Capacity
  /// Manual 6 (2016), chapter 19, equivalents of protected turns: E_R 1.18, E_L 1.05.
  double near_turn_headway = 1.18, far_turn_headway = 1.05;
  /// Cars an hour of green that leave a lane straight on; 0: what the lane carries on free road.
  /// Highway Capacity Manual 6 (2016), chapter 19, base saturation flow rate: 1,900.
  double saturation_flow_pcph = 0;
  /// The first of a queue passes as its light turns green, and every green carries a vehicle more
  /// than its length holds. By itself a vehicle passes in the middle of the headway it takes, so
  /// that greens carry what they hold on average (Webster 1958).
  bool first_at_once = false;
};

/// The same rules with signals served as SUMO's mesoscopic queues serve them: the first at once,
/// and turning takes no longer than driving straight on. For comparing.
JunctionRules with_signals_as_sumo(JunctionRules rules);

/// The gaps that drivers of a turn want in the streams that go first.
struct GapHeadways {
  Micros critical = 0;   ///< a smaller one is not taken
  Micros follow_up = 0;  ///< between those who use the same gap
};

/// The headways of a turn that gives way: Highway Capacity Manual 6 (2016), exhibits 20-12 and
/// 20-13, base values of two-lane streets: across oncoming traffic 4.1 and 2.2 s, from a minor road
/// outwards 6.2 and 3.3 s, straight on 6.5 and 4.0 s, across 7.1 and 3.5 s; into a roundabout 4.98
/// and 2.61 s (chapter 22, one lane); across oncoming traffic at a green light 4.5 and 2.5 s
/// (chapter 31). Where the right goes first or all stop, nobody comes fast: the time to clear the
/// junction twice, and no follow-up: see all_way_headways().
GapHeadways gap_headways(const Network& network, std::uint32_t turn, const JunctionRules& rules);

/// What the headway behind one who makes a turn is of the lane's, hundredths: see
/// near_turn_headway (for a bend of 45 degrees and more) and saturation_flow_pcph. 100 where the
/// turn has no signal, at most 250.
std::uint8_t turn_headway_percent(const Network& network, std::uint32_t turn,
                                  const JunctionRules& rules);

/// Between two departures from an approach where all stop, by who else waits: nobody, the opposing
/// approach alone, one that crosses, two others, three. Highway Capacity Manual 6 (2016), chapter
/// 21, saturation headways of approaches of one lane: 3.9, 4.7, 5.8, 7.0 and 9.6 s, which is 1,500
/// an hour in all at a full crossing.
///
/// Where the right goes first they hold while somebody waits whose way could be crossed; elsewhere
/// nobody has to stop. (Stephan 2006, Bemessung von städtischen Straßenverkehrsknotenpunkten mit
/// der Regelungsart "rechts vor links", Straßenverkehrstechnik 50 (9), finds less at German
/// crossings of that kind: about 900 vehicles an hour in all.)
std::array<Micros, 5> all_way_headways(const JunctionRules& rules);

}  // namespace kontwin::traffic
