#include "scenarios/traffic/demand/huff.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "twin/error.hpp"

namespace kontwin::traffic {

OdMatrix huff_trips(const OdMatrix& cost, std::span<const double> leaving,
                    std::span<const double> attraction, const HuffOptions& options) {
  if (leaving.size() != cost.origins || attraction.size() != cost.destinations) {
    throw ScenarioError("demand: sums for another number of zones than the matrix has");
  }
  const auto proper = [](double value) { return std::isfinite(value) && value >= 0; };
  if (!std::ranges::all_of(leaving, proper) || !std::ranges::all_of(attraction, proper)) {
    throw ScenarioError("demand: trips and attractions must be numbers of 0 or more");
  }
  OdMatrix trips(cost.origins, cost.destinations);
  for (std::size_t from = 0; from < cost.origins; ++from) {
    double sum = 0;
    for (std::size_t to = 0; to < cost.destinations; ++to) {
      const double away = cost.at(from, to);
      if (std::isnan(away) || away < 0) throw ScenarioError("demand: a cost is not 0 or more");
      if (std::isinf(away) || attraction[to] == 0) continue;
      trips.at(from, to) = std::pow(attraction[to], options.attraction_exponent) /
                           std::pow(std::max(away, options.least_cost), options.cost_exponent);
      sum += trips.at(from, to);
    }
    if (sum == 0 && leaving[from] > 0) {
      throw ScenarioError("demand: trips leave zone " + std::to_string(from) +
                          " and no place that attracts is in reach");
    }
    for (std::size_t to = 0; to < cost.destinations; ++to) {
      if (sum > 0) trips.at(from, to) *= leaving[from] / sum;
    }
  }
  return trips;
}

}  // namespace kontwin::traffic
