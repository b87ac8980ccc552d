#pragma once

#include <cstddef>
#include <cstdint>

#include "scenarios/compute_arena.hpp"
#include "scenarios/traffic/simulation.hpp"

namespace kontwin::traffic {

/// Who looks at the times of the moment while under way, and for what they leave their way: bounded
/// rationality as in Mahmassani and Jayakrishnan 1991 (System performance and user response under
/// real-time information in a congested traffic corridor): a gain above a share of what is left of
/// the trip, and above a least one.
struct EnRouteOptions {
  double share = 0;               ///< of drivers, 0 to 1
  double least_gain_share = 0.2;  ///< of the time that is left
  double least_gain_s = 60;
};

/// Lets those of a share of drivers who are on a link, on a route of their own, compare it with the
/// best way, and take that if it gains enough; a turn that their lane does not lead to is none of
/// their ways. Whether a driver is one of the share is drawn from the vehicle's own stream. Gives
/// how many changed. To be called between two runs, after RouteBook::refresh.
std::size_t choose_en_route(Simulation& simulation, const EnRouteOptions& options,
                            std::uint64_t seed, ComputeArena& arena);

/// Lets informed drivers who go by what is known and stand in a queue take the turn at its end that
/// is best now, where their lane leads to it: whoever stands before a road that is full for good
/// goes elsewhere, as those do who only come there now. Gives how many changed. To be called
/// between two runs, after RouteBook::refresh.
std::size_t turn_elsewhere(Simulation& simulation);

}  // namespace kontwin::traffic
