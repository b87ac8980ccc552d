#pragma once

#include <span>

#include "scenarios/traffic/demand/od_matrix.hpp"

namespace kontwin::traffic {

/// Huff 1963, A probabilistic analysis of shopping center trade areas: people choose among places
/// by their pull over what it costs to get there.
struct HuffOptions {
  double attraction_exponent = 1;
  double cost_exponent = 2;  ///< lambda: 2 is near what Huff found for goods bought rarely
  double least_cost = 1e-3;  ///< nearer places count as this near
};

/// Shares out what leaves each origin: in proportion to attraction^a / cost^lambda. A cost that is
/// infinite: nobody goes there. Throws ScenarioError for numbers below 0 or trips that leave an
/// origin from which no place that attracts can be reached.
OdMatrix huff_trips(const OdMatrix& cost, std::span<const double> leaving,
                    std::span<const double> attraction, const HuffOptions& options = {});

}  // namespace kontwin::traffic
