#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/traffic/network/network.hpp"
#include "twin/traffic_measure.hpp"

namespace kontwin::traffic {

/// The stages that a plan says, with red for all of `between_s` after each. Who conflicts with
/// nobody that has green beside it passes without giving way. Throws ScenarioError for a turn that
/// is not there or not the signal's.
std::vector<Signal::Stage> stages_of(const Network& network, const Signal& signal,
                                     std::span<const SignalStage> said, double between_s);

/// Whether a stage lets someone go, and is more than a change between two.
bool is_main(const Signal::Stage& stage);

/// The stages with those that are more than a change given new times, in their order.
std::vector<Signal::Stage> with_greens(std::vector<Signal::Stage> stages,
                                       std::span<const double> green_s);

/// Seconds of a cycle that are no main stage's.
double lost_seconds(std::span<const Signal::Stage> stages);

}  // namespace kontwin::traffic
