#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/evacuation/plan/flow_network.hpp"

namespace kontwin::evacuation {

/// The cheapest way to bring supplies to demands.
struct MinCostFlow {
  bool feasible = false;     ///< all supplies find their way; otherwise the rest means nothing
  std::int64_t cost = 0;     ///< the sum of flow x cost
  std::vector<Amount> flow;  ///< [arc]
  std::vector<std::int64_t> potential;  ///< [node] the price of one unit there: an arc that could
                                        ///< carry more costs no less than what its ends differ by
};

/// A flow of least cost by the network simplex method, with strongly feasible trees and block
/// search for the arc that enters (Cunningham 1976; Grigoriadis 1986; Ahuja, Magnanti and Orlin
/// 1993, chapter 11). `supply` [node]: what comes in there, negative what is wanted; it has to add
/// up to 0. Costs may be negative, |cost| x nodes below 2^61. Throws ScenarioError where supplies
/// do not add up, or an arc ends nowhere or has a negative capacity.
MinCostFlow minimum_cost_flow(const FlowNetwork& network, std::span<const Amount> supply);

}  // namespace kontwin::evacuation
