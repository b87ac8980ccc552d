#pragma once

#include <memory>
#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/engine.hpp"
#include "scenarios/file/scenario.hpp"

namespace kontwin {

/// The scenario's engines for a branch, in the fixed order of the exchange: flood, slope,
/// evacuation, traffic.
std::vector<std::unique_ptr<Engine>> make_engines(const Scenario& scenario, const Branch& branch,
                                                  ComputeArena& arena);

}  // namespace kontwin
