// Demand found again from counts: the answer is known because the counts were made from it.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "scenarios/traffic/assignment/equilibrium.hpp"
#include "scenarios/traffic/demand/od_estimation.hpp"
#include "scenarios/traffic/demand/spsa.hpp"
#include "tests/scenarios/traffic/assignment/grid_network.hpp"
#include "tests/validation/validation.hpp"
#include "twin/random.hpp"

namespace kontwin::validation {
namespace {

using namespace traffic;

/// A town with counters on links that carry something: of five of them four count for the
/// estimate and one is held out to judge it.
struct CountedTown {
  CountedTown(std::uint32_t side, std::uint32_t zones, double most)
      : network(testing::grid_network(side)),
        truth(testing::all_pairs(network, zones, most)),
        assignment(network, truth, arena) {
    const Equilibrium driven = assignment.solve(1e-9);
    RandomStream noise(11, 0);
    for (std::uint32_t link = 0; link < network.links(); link += 2) {
      if (driven.link_flow[link] < 20) continue;
      // Counters miss or double a few vehicles.
      const double counted = driven.link_flow[link] * (1 + count_noise * noise.normal());
      const bool is_held = (used.size() + held.size()) % 5 == 4;
      (is_held ? held : used).push_back(link);
      (is_held ? held_count : used_count).push_back(counted);
    }
    // An old matrix: each pair off by its own third or so, and all a fifth too low.
    for (const OdFlow& pair : truth) {
      const double trips = 0.8 * pair.flow * std::exp(0.3 * noise.normal());
      prior.push_back({trips, prior_error * trips});
    }
  }

  Equilibrium drive(std::span<const double> trips) {
    assignment.set_flows(trips);
    return assignment.solve(1e-7);
  }
  static std::vector<double> pick(const Equilibrium& driven,
                                  const std::vector<std::uint32_t>& links) {
    std::vector<double> flows;
    flows.reserve(links.size());
    for (const std::uint32_t link : links) flows.push_back(driven.link_flow[link]);
    return flows;
  }
  std::vector<double> prior_trips() const {
    std::vector<double> trips;
    trips.reserve(prior.size());
    for (const PriorTrips& one : prior) trips.push_back(one.trips);
    return trips;
  }

  static constexpr double count_noise = 0.02;
  static constexpr double prior_error = 0.35;
  ComputeArena arena{2};
  AssignmentNetwork network;
  std::vector<OdFlow> truth;
  Assignment assignment;
  std::vector<std::uint32_t> used, held;
  std::vector<double> used_count, held_count;
  std::vector<PriorTrips> prior;
};

/// How far counts and what the model makes of the right demand may be apart.
constexpr double model_error = 0.05;

TEST(DemandValidation, LeastSquaresFindsDemandAgainFromCounts) {
  CountedTown town(10, 16, 120);
  ASSERT_GE(town.held.size(), 10U);
  std::vector<CountedFlow> counts;
  counts.reserve(town.used_count.size());
  for (const double count : town.used_count) {
    counts.push_back({count, model_error * count});
  }
  const auto shares = [&](std::span<const double> trips) {
    town.drive(trips);
    std::vector<std::vector<CountShare>> result;
    for (const auto& of_link : town.assignment.shares(town.used)) {
      auto& row = result.emplace_back();
      for (const auto& one : of_link) row.push_back({one.pair, one.share});
    }
    return result;
  };
  const OdEstimate found = estimate_od_with_model(town.prior, counts, shares);
  const Equilibrium before = town.drive(town.prior_trips());
  const Equilibrium after = town.drive(found.trips);
  const char* const source =
      "Cascetta 1984, Estimation of trip matrices from traffic counts and survey data";
  const auto error_held = [&](const Equilibrium& driven) {
    return fit_of(CountedTown::pick(driven, town.held), town.held_count).relative_error;
  };
  EXPECT_GT(error_held(before), 2 * error_held(after));
  expect_at_most(
      {"traffic", "Demand from counts, least squares: error at the counters used", "", source},
      fit_of(CountedTown::pick(after, town.used), town.used_count).relative_error, 0.05);
  expect_at_most(
      {"traffic", "Demand from counts, least squares: error at counters held out", "", source},
      error_held(after), 0.15);
}

TEST(DemandValidation, SimultaneousPerturbationNeedsOnlyTheCountsOfASimulator) {
  CountedTown town(5, 6, 120);
  ASSERT_GE(town.held.size(), 4U);
  const auto loss = [&](std::span<const double> trips) {
    const auto flows = CountedTown::pick(town.drive(trips), town.used);
    double sum = 0;
    for (std::size_t k = 0; k < flows.size(); ++k) {
      const double off = (flows[k] / town.used_count[k] - 1) / model_error;
      sum += off * off;
    }
    for (std::size_t pair = 0; pair < trips.size(); ++pair) {
      const double off = (trips[pair] - town.prior[pair].trips) / town.prior[pair].deviation;
      sum += off * off;
    }
    return sum;
  };
  const SpsaResult found = minimise_spsa(town.prior_trips(), loss, {.iterations = 1500});
  const Equilibrium after = town.drive(found.values);
  const char* const source =
      "Spall 1992, Multivariate stochastic approximation using a simultaneous perturbation "
      "gradient approximation";
  expect_at_most({"traffic", "Demand from counts, SPSA: error at the counters used", "", source},
                 fit_of(CountedTown::pick(after, town.used), town.used_count).relative_error, 0.05);
  expect_at_most({"traffic", "Demand from counts, SPSA: error at counters held out", "", source},
                 fit_of(CountedTown::pick(after, town.held), town.held_count).relative_error, 0.15);
}

}  // namespace
}  // namespace kontwin::validation
