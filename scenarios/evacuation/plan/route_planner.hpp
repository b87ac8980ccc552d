#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/evacuation/plan/timed_network.hpp"

namespace kontwin::evacuation {

/// Any goal will do.
inline constexpr std::uint32_t any_goal = 0xFFFFFFFFU;

/// People at a node who want to be at a goal.
struct RouteDemand {
  std::uint32_t node = 0;
  std::uint32_t people = 0;
  double units_each = 1;          ///< of capacity that one of them takes, above 0
  double ready_s = 0;             ///< cannot leave before
  std::uint32_t goal = any_goal;  ///< the only goal they may go to
  /// They drive into an arc that closes at least so long before, 0 or more; those who find no such
  /// way, as long as it lets them in.
  double spare_s = 0;
  bool hurries = false;  ///< gets its ways before all who do not
};

struct RouteGoal {
  std::uint32_t node = 0;
  std::uint32_t room = 0;  ///< people
};

/// People who leave together.
struct RoutedGroup {
  std::uint32_t demand = 0;
  std::uint32_t goal = 0;
  std::uint32_t people = 0;
  double arrive_s = 0;              ///< the first of them
  double done_s = 0;                ///< the last, by what the narrowest arc lets through
  std::vector<std::uint32_t> arcs;  ///< in driving order
  std::vector<double> enter_s;      ///< [arc of the group] when they drive into it
  double depart_s() const { return enter_s.empty() ? arrive_s : enter_s.front(); }
};

struct RoutePlanOptions {
  /// Capacities are kept in each step of this length. An arc that lets through less than one person
  /// in it has steps of as many times that length as it needs.
  double step_s = 30;              ///< whole seconds, 1 or more
  double horizon_s = 24 * 3600.0;  ///< nobody arrives later
};

struct RoutePlan {
  std::vector<RoutedGroup> groups;
  std::vector<std::uint32_t> left;  ///< [demand] people for whom there was no way or no room
  double done_s = 0;                ///< everyone else is there
  std::vector<double> step_s;       ///< [arc] the steps in which its capacity was kept
};

/// Routes and departures within capacities: again and again the group that arrives first of all,
/// give or take two steps or a twentieth of its time, gets the fastest way that is free, and takes
/// its capacity from those that follow (CCRP: Lu, George and Shekhar 2005). A group's arrival can
/// only become later, so it is looked at anew only when it is the first in line and its way is no
/// longer free (as CCRP++ does: Yin 2009); searches are guided by free travel times. Waiting is
/// moved to before the departure wherever the way stays free. Those who hurry are all sent before
/// the others are looked at.
///
/// Throws ScenarioError where a node or goal is not there, or a number is out of its range.
RoutePlan plan_routes(const TimedNetwork& network, std::span<const RouteDemand> demands,
                      std::span<const RouteGoal> goals, const RoutePlanOptions& options);

}  // namespace kontwin::evacuation
