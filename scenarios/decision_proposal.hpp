#pragma once

#include <span>
#include <string>
#include <vector>

#include "twin/branch.hpp"
#include "twin/decision.hpp"

namespace kontwin {

/// What a branch showed.
struct BranchOutcome {
  const Branch* branch = nullptr;
  KpiList kpis;
  std::string run_file;
};

/// The measures in a branch that someone can order, one for each kind of edit: roads to close or
/// open, homes to evacuate, dams, signals, barriers. What happens by itself (debris, demand) is
/// left out.
std::vector<Measure> measures_of(const Branch& branch);

/// The branch that protects people best: fewest exposed, then most in a shelter, then the shortest
/// evacuation (95th percentile), then least delay. Among equals the first. Its position; throws
/// ScenarioError for no branches.
std::size_t best_of(std::span<const BranchOutcome> outcomes);

/// Proposes what the best branch does, with its KPIs beside those of `baseline`. The id is a UUID
/// made from the content (version 8, RFC 9562), so that the same proposal twice is one decision.
/// Throws ScenarioError when the branch holds nothing to order.
Decision propose(const BranchOutcome& best, const BranchOutcome& baseline, Instant now,
                 Duration valid_for);

}  // namespace kontwin
