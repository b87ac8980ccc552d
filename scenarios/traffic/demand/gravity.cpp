#include "scenarios/traffic/demand/gravity.hpp"

#include <algorithm>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <tuple>

#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

constexpr int most_rounds = 10000;

void check_sums(const OdMatrix& seed, std::span<const double> leaving,
                std::span<const double> arriving) {
  if (leaving.size() != seed.origins || arriving.size() != seed.destinations) {
    throw ScenarioError("demand: sums for another number of zones than the matrix has");
  }
  const auto proper = [](double value) { return std::isfinite(value) && value >= 0; };
  if (!std::ranges::all_of(leaving, proper) || !std::ranges::all_of(arriving, proper) ||
      !std::ranges::all_of(seed.values, proper)) {
    throw ScenarioError("demand: trips must be numbers of 0 or more");
  }
}

/// exp(-beta * cost), each row over its largest: that changes no balanced matrix, and keeps what is
/// far from becoming 0 all at once.
OdMatrix deterrence(const OdMatrix& cost, double beta) {
  OdMatrix result(cost.origins, cost.destinations);
  for (std::size_t from = 0; from < cost.origins; ++from) {
    const double least = std::ranges::min(cost.row(from));
    for (std::size_t to = 0; to < cost.destinations; ++to) {
      const double away = cost.at(from, to);
      if (std::isnan(away)) throw ScenarioError("demand: a cost is not a number");
      result.at(from, to) = std::isinf(away) ? 0 : std::exp(-beta * (away - least));
    }
  }
  return result;
}

}  // namespace

OdMatrix balance_trips(OdMatrix seed, std::span<const double> leaving,
                       std::span<const double> arriving, double tolerance) {
  check_sums(seed, leaving, arriving);
  const double total = std::accumulate(leaving.begin(), leaving.end(), 0.0);
  const double wanted = std::accumulate(arriving.begin(), arriving.end(), 0.0);
  if (total == 0) return {seed.origins, seed.destinations};
  if (wanted == 0) throw ScenarioError("demand: trips leave and none arrive");
  const double factor = total / wanted;
  std::vector<double> columns(seed.destinations);
  for (int round = 0; round < most_rounds; ++round) {
    double worst = 0;
    std::ranges::fill(columns, 0);
    for (std::size_t from = 0; from < seed.origins; ++from) {
      double* const row = seed.values.data() + from * seed.destinations;
      const double sum = std::accumulate(row, row + seed.destinations, 0.0);
      if (sum == 0 && leaving[from] > 0) {
        throw ScenarioError("demand: trips leave zone " + std::to_string(from) +
                            " and the matrix leads them nowhere");
      }
      worst = std::max(worst, round == 0 ? total : std::abs(sum - leaving[from]));
      const double scale = sum > 0 ? leaving[from] / sum : 0;
      for (std::size_t to = 0; to < seed.destinations; ++to) {
        row[to] *= scale;
        columns[to] += row[to];
      }
    }
    for (std::size_t to = 0; to < seed.destinations; ++to) {
      const double aim = arriving[to] * factor;
      if (columns[to] == 0 && aim > 0) {
        throw ScenarioError("demand: trips arrive at zone " + std::to_string(to) +
                            " and the matrix brings none there");
      }
      worst = std::max(worst, std::abs(columns[to] - aim));
    }
    if (worst <= tolerance * total) return seed;
    for (std::size_t to = 0; to < seed.destinations; ++to) {
      columns[to] = columns[to] > 0 ? arriving[to] * factor / columns[to] : 0;
    }
    for (std::size_t from = 0; from < seed.origins; ++from) {
      double* const row = seed.values.data() + from * seed.destinations;
      for (std::size_t to = 0; to < seed.destinations; ++to) row[to] *= columns[to];
    }
  }
  throw ScenarioError("demand: no matrix with the seed's zeros has these sums");
}

OdMatrix gravity_trips(const OdMatrix& cost, std::span<const double> leaving,
                       std::span<const double> arriving, double beta) {
  return balance_trips(deterrence(cost, beta), leaving, arriving);
}

double mean_cost(const OdMatrix& trips, const OdMatrix& cost) {
  double sum = 0;
  for (std::size_t i = 0; i < trips.values.size(); ++i) {
    if (trips.values[i] > 0) sum += trips.values[i] * cost.values[i];
  }
  const double total = trips.total();
  return total > 0 ? sum / total : 0;
}

Gravity calibrate_gravity(const OdMatrix& cost, std::span<const double> leaving,
                          std::span<const double> arriving, double observed_mean_cost) {
  const auto above = [&](double beta) {
    return mean_cost(gravity_trips(cost, leaving, arriving, beta), cost) - observed_mean_cost;
  };
  const auto refuse = [&](const char* why, double mean) {
    return ScenarioError("demand: a mean cost of " + std::to_string(observed_mean_cost) +
                         " cannot be had: " + why + " have " + std::to_string(mean));
  };
  const double tolerance = 1e-9 * observed_mean_cost;
  const double at_rest = above(0);
  if (at_rest < -tolerance) {
    throw refuse("trips without regard to cost", at_rest + observed_mean_cost);
  }
  // The mean falls with beta, so doubling finds a bracket if there is one.
  double high = observed_mean_cost > 0 ? 1 / observed_mean_cost : 1;
  double beyond = above(high);
  for (int doubled = 0; beyond > 0; ++doubled) {
    constexpr int most_doublings = 10;
    if (doubled == most_doublings) {
      throw refuse("the shortest trips that were found", beyond + observed_mean_cost);
    }
    high *= 2;
    beyond = above(high);
  }
  double low = 0;
  if (at_rest <= tolerance) {
    high = 0;
  } else if (beyond < 0) {
    std::uintmax_t steps = 200;
    const auto near = [](double a, double b) { return std::abs(a - b) <= 1e-13 * std::abs(a + b); };
    std::tie(low, high) =
        boost::math::tools::toms748_solve(above, 0.0, high, at_rest, beyond, near, steps);
  }
  Gravity result;
  result.beta = high;
  result.trips = gravity_trips(cost, leaving, arriving, high);
  return result;
}

}  // namespace kontwin::traffic
