#pragma once

#include <span>

#include "scenarios/traffic/demand/od_matrix.hpp"

namespace kontwin::traffic {

/// Scales rows and columns of `seed` by turns until they sum to what leaves each origin and what
/// arrives at each destination (Furness 1965; iterative proportional fitting, Deming and Stephan
/// 1940). Of all matrices with these sums it is the one nearest to the seed by relative entropy.
/// `arriving` is brought to the sum of `leaving` first. Throws ScenarioError for numbers below 0,
/// sums that no matrix with the seed's zeros can have, or when 10,000 rounds do not bring all sums
/// within `tolerance` (a share of the total).
OdMatrix balance_trips(OdMatrix seed, std::span<const double> leaving,
                       std::span<const double> arriving, double tolerance = 1e-10);

/// Doubly constrained gravity model (Wilson 1967): trips fall with cost as exp(-beta * cost).
/// `cost` infinite: no trips. Throws as balance_trips does.
OdMatrix gravity_trips(const OdMatrix& cost, std::span<const double> leaving,
                       std::span<const double> arriving, double beta);

/// Mean cost of a trip; 0 without trips.
double mean_cost(const OdMatrix& trips, const OdMatrix& cost);

struct Gravity {
  double beta = 0;  ///< per unit of cost
  OdMatrix trips;
};
/// Finds the beta at which the mean cost of a trip is the one observed (Hyman 1969, The calibration
/// of trip distribution models), to 1e-9 of it. Throws ScenarioError when there is none of 0 or
/// more: the mean falls from that of trips without regard to cost to the least that the sums allow.
Gravity calibrate_gravity(const OdMatrix& cost, std::span<const double> leaving,
                          std::span<const double> arriving, double observed_mean_cost);

}  // namespace kontwin::traffic
