#pragma once

#include "scenarios/evacuation/crowd/exit_queues.hpp"
#include "scenarios/evacuation/crowd/ground.hpp"

namespace kontwin::crowd {

/// What choosing an exit looks at.
struct ExitView {
  const Ground& ground;
  const WayBook& ways;
  const ExitQueues& queues;
  const CrowdOptions& options;
};

/// Where somebody stands.
struct Standpoint {
  std::uint32_t surface;
  float x_m, y_m;
  double chance = 0;  ///< 0 to 1, drawn anew for each look
};

/// The exit that a person takes from where it stands, or none when no open way leads to any that it
/// knows. Whoever was told an exit uses it while there is a way. The one it makes for is kept
/// unless another is so much quicker as the options say, and by more for who is in a queue; then
/// the likelier changed the more that saves, so that not all who see the same queue do the same.
std::uint32_t choose_exit(const ExitView& view, const CrowdState& state, std::uint32_t person,
                          Standpoint from);

}  // namespace kontwin::crowd
