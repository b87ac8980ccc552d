#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>

#include "scenarios/traffic/assignment/link_costs.hpp"

namespace kontwin::traffic {

/// All that the inner loops need of a link, in one cache line.
struct alignas(64) PricedLink {
  double cost = 0;   ///< at `flow`
  double slope = 0;  ///< at `flow`
  double flow = 0;
  double base = 0, scale = 0, shape = 0, capacity = 0;
  CostKind kind = CostKind::constant;
  std::uint32_t row = 0;  ///< its row in LinkCosts, for tables
};

/// The stretch of a table that a flow lies on: the cost at its start and its slope.
struct CostStretch {
  CostPoint start;
  double slope = 0;
};
inline CostStretch stretch_at(std::span<const CostPoint> table, double flow) {
  const auto after =
      std::upper_bound(table.begin() + 1, table.end() - 1, flow,
                       [](double value, const CostPoint& point) { return value < point.flow; });
  const CostPoint& start = *(after - 1);
  return {start, (after->cost - start.cost) / (after->flow - start.flow)};
}

/// f(x) of Spiess's conical function and its first two derivatives.
struct Cone {
  double value, first, second;
};
inline double conical_beta(double alpha) { return (2 * alpha - 1) / (2 * alpha - 2); }
inline Cone cone_at(double x, double alpha) {
  const double beta = conical_beta(alpha);
  const double left = alpha * (1 - x);
  const double root = std::sqrt(left * left + beta * beta);
  return {2 + root - left - beta, alpha - alpha * left / root,
          alpha * alpha * beta * beta / (root * root * root)};
}

/// Sets cost and slope of a link at its flow.
inline void price(PricedLink& link, const LinkCosts& costs) {
  const double flow = link.flow;
  switch (link.kind) {
    case CostKind::fourth_power: {
      const double cube = link.scale * flow * flow * flow;
      link.cost = link.base + cube * flow;
      link.slope = 4 * cube;
      return;
    }
    case CostKind::constant:
      return;
    case CostKind::linear:
      link.cost = link.base + link.scale * flow;
      return;
    case CostKind::power: {
      // The slope of an exponent below 1 has no bound at no flow: that of a very small one stands
      // in.
      const double at = std::max(flow, link.shape < 1 ? 1e-9 * link.capacity : 0.0);
      const double raised = link.scale * std::pow(at, link.shape - 1);
      link.cost = link.base + raised * flow;
      link.slope = link.shape * raised;
      return;
    }
    case CostKind::conical: {
      const Cone cone = cone_at(flow / link.capacity, link.shape);
      link.cost = link.base + link.scale * cone.value;
      link.slope = link.scale * cone.first / link.capacity;
      return;
    }
    case CostKind::conical_marginal: {
      const double x = flow / link.capacity;
      const Cone cone = cone_at(x, link.shape);
      link.cost = link.base + link.scale * (cone.value + x * cone.first);
      link.slope = link.scale * (2 * cone.first + x * cone.second) / link.capacity;
      return;
    }
    case CostKind::table: {
      const CostStretch on =
          stretch_at(std::span(costs.points)
                         .subspan(costs.row[link.row], costs.end[link.row] - costs.row[link.row]),
                     flow);
      link.cost = on.start.cost + on.slope * (flow - on.start.flow);
      link.slope = on.slope;
      return;
    }
  }
}

/// A row of the columns made ready for the inner loops, at no flow.
inline PricedLink priced_link(const LinkCosts& costs, std::size_t row) {
  PricedLink link;
  link.base = costs.base[row];
  link.scale = costs.scale[row];
  link.shape = costs.shape[row];
  link.capacity = costs.capacity[row];
  link.kind = costs.kind[row];
  link.row = static_cast<std::uint32_t>(row);
  link.cost = link.base;
  link.slope = link.kind == CostKind::linear ? link.scale : 0;
  price(link, costs);
  return link;
}

}  // namespace kontwin::traffic
