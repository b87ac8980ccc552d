#include "scenarios/traffic/assignment/od_pairs.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "twin/entity_ref.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {

OdPairs::OdPairs(std::span<const OdFlow> pairs, std::size_t nodes) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t pair = 0; pair < pairs.size(); ++pair) {
    if (pairs[pair].from >= nodes || pairs[pair].to >= nodes) {
      throw ScenarioError("assignment: pair " + std::to_string(pair) +
                          " names a node that is not there");
    }
    if (pairs[pair].from != pairs[pair].to) order.push_back(pair);
  }
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    const OdFlow& first = pairs[a];
    const OdFlow& second = pairs[b];
    return std::tuple(first.from, first.to, a) < std::tuple(second.from, second.to, b);
  });
  seat_.assign(pairs.size(), {no_row, no_row});
  for (const std::uint32_t pair : order) {
    if (origins.empty() || origins.back().origin != pairs[pair].from) {
      origins.push_back({pairs[pair].from, {}, {}});
    }
    auto& ends = origins.back().node;
    if (ends.empty() || ends.back() != pairs[pair].to) ends.push_back(pairs[pair].to);
    seat_[pair] = {static_cast<std::uint32_t>(origins.size() - 1),
                   static_cast<std::uint32_t>(ends.size() - 1)};
  }
  std::vector<double> flows;
  for (const OdFlow& pair : pairs) flows.push_back(pair.flow);
  set_flows(flows);
}

void OdPairs::set_flows(std::span<const double> flows) {
  if (flows.size() != seat_.size()) {
    throw ScenarioError("assignment: " + std::to_string(flows.size()) + " flows for " +
                        std::to_string(seat_.size()) + " pairs");
  }
  for (OriginDemand& origin : origins) origin.flow.assign(origin.node.size(), 0);
  total_ = 0;
  for (std::size_t pair = 0; pair < flows.size(); ++pair) {
    if (!std::isfinite(flows[pair]) || flows[pair] < 0) {
      throw ScenarioError("assignment: the flow of pair " + std::to_string(pair) +
                          " is not a number of 0 or more");
    }
    if (seat_[pair].origin == no_row) continue;
    origins[seat_[pair].origin].flow[seat_[pair].end] += flows[pair];
    total_ += flows[pair];
  }
}

std::vector<double> OdPairs::spread(std::span<const std::vector<double>> by_end) const {
  std::vector<double> result(seat_.size(), 0);
  for (std::size_t pair = 0; pair < seat_.size(); ++pair) {
    if (seat_[pair].origin != no_row) result[pair] = by_end[seat_[pair].origin][seat_[pair].end];
  }
  return result;
}

void require_routes(const Bush& bush, const OriginDemand& demand) {
  for (std::size_t i = 0; i < demand.node.size(); ++i) {
    if (bush.end_place[i] == no_row && demand.flow[i] > 0) {
      throw ScenarioError("assignment: no route from node " + std::to_string(demand.origin) +
                          " to node " + std::to_string(demand.node[i]));
    }
  }
}

}  // namespace kontwin::traffic
