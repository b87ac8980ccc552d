#include "scenarios/traffic/demand/od_estimation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "scenarios/traffic/demand/spsa.hpp"
#include "twin/error.hpp"
#include "twin/random.hpp"

namespace kontwin::traffic {
namespace {

TEST(EstimateOd, WeighsPriorAndCountByTheirVariances) {
  const std::vector<PriorTrips> prior{{100, 10}};
  const std::vector<Counter> counters{{130, 20, {{0, 1}}}};
  const OdEstimate found = estimate_od(prior, counters);
  // (100 / 100 + 130 / 400) / (1 / 100 + 1 / 400)
  EXPECT_NEAR(found.trips[0], 106, 1e-9);
  EXPECT_NEAR(found.counted[0], 106, 1e-9);
  EXPECT_NEAR(found.objective, 0.5 * 0.36 + 0.5 * 1.44, 1e-9);
}

TEST(EstimateOd, WithoutCountsIsThePrior) {
  const std::vector<PriorTrips> prior{{100, 10}, {0, 1}};
  EXPECT_EQ(estimate_od(prior, {}).trips, (std::vector<double>{100, 0}));
}

TEST(EstimateOd, LeavesKnownTripsAlone) {
  const std::vector<PriorTrips> prior{{100, 0}, {50, 10}};
  const std::vector<Counter> counters{{170, 1e-3, {{0, 1}, {1, 1}}}};
  const OdEstimate found = estimate_od(prior, counters);
  EXPECT_EQ(found.trips[0], 100);
  EXPECT_NEAR(found.trips[1], 70, 1e-5);
}

TEST(EstimateOd, NeverGoesBelowNothingAndIsBestThere) {
  const std::vector<PriorTrips> prior{{10, 10}, {40, 10}, {30, 20}};
  const std::vector<Counter> counters{{5, 1, {{0, 1}, {1, 0.5}}}, {60, 2, {{1, 0.5}, {2, 1}}}};
  const OdEstimate found = estimate_od(prior, counters);
  EXPECT_EQ(found.trips[0], 0);
  // Conditions of Kuhn and Tucker: the derivative by each number is 0, or points outward at 0.
  for (std::size_t pair = 0; pair < prior.size(); ++pair) {
    double slope =
        (found.trips[pair] - prior[pair].trips) / (prior[pair].deviation * prior[pair].deviation);
    for (std::size_t k = 0; k < counters.size(); ++k) {
      for (const CountShare& one : counters[k].shares) {
        if (one.pair != pair) continue;
        slope += one.share * (found.counted[k] - counters[k].counted) /
                 (counters[k].deviation * counters[k].deviation);
      }
    }
    if (found.trips[pair] > 0) {
      EXPECT_NEAR(slope, 0, 1e-9) << pair;
    } else {
      EXPECT_GE(slope, -1e-9) << pair;
    }
  }
}

TEST(EstimateOd, SolvesManyPairsInFewSteps) {
  RandomStream random(5, 0);
  std::vector<PriorTrips> prior;
  for (int pair = 0; pair < 3000; ++pair) {
    const double trips = random.uniform(0, 20);
    prior.push_back({trips, 0.5 * trips});
  }
  std::vector<Counter> counters;
  for (int k = 0; k < 40; ++k) {
    Counter& one = counters.emplace_back();
    double sum = 0;
    for (std::uint32_t pair = 0; pair < prior.size(); ++pair) {
      if (random.uniform() > 0.05) continue;
      one.shares.push_back({pair, random.uniform(0.1, 1)});
      sum += one.shares.back().share * prior[pair].trips;
    }
    one.counted = sum * random.uniform(0.6, 1.5);
    one.deviation = 0.01 * one.counted;
  }
  const OdEstimate found = estimate_od(prior, counters);
  EXPECT_LE(found.steps, 30);
  EXPECT_GE(std::ranges::min(found.trips), 0);
  std::vector<double> counted;
  counted.reserve(counters.size());
  for (const Counter& one : counters) counted.push_back(one.counted);
  EXPECT_LT(fit_of(found.counted, counted).relative_error, 0.05);
}

TEST(EstimateOd, RefusesWhatMakesNoSense) {
  const std::vector<PriorTrips> prior{{100, 10}};
  EXPECT_THROW(estimate_od(prior, std::vector<Counter>{{1, 0, {}}}), ScenarioError);
  EXPECT_THROW(estimate_od(prior, std::vector<Counter>{{1, 1, {{3, 1}}}}), ScenarioError);
  EXPECT_THROW(estimate_od(prior, std::vector<Counter>{{1, 1, {{0, -1}}}}), ScenarioError);
  EXPECT_THROW(estimate_od(std::vector<PriorTrips>{{-1, 1}}, {}), ScenarioError);
}

TEST(EstimateOdWithModel, FollowsSharesThatDependOnTheTrips) {
  // Half of the trips beyond 100 turn off before the counter.
  const std::vector<PriorTrips> prior{{80, 1e3}};
  const std::vector<CountedFlow> counts{{150, 1}};
  const auto model = [](std::span<const double> trips) {
    const double seen = std::min(trips[0], 100.0) + std::max(0.0, trips[0] - 100) / 2;
    return std::vector<std::vector<CountShare>>{{{0, seen / trips[0]}}};
  };
  const OdEstimate found = estimate_od_with_model(prior, counts, model, 1e-6, 50);
  EXPECT_NEAR(found.trips[0], 200, 0.01);
  EXPECT_NEAR(found.counted[0], 150, 0.01);
}

TEST(CountFit, TellsErrorsAndGeh) {
  const std::vector<double> modelled{110, 400, 0};
  const std::vector<double> counted{100, 300, 0};
  const CountFit fit = fit_of(modelled, counted);
  EXPECT_NEAR(fit.relative_error, 110.0 / 400, 1e-12);
  EXPECT_NEAR(fit.worst_error, 1.0 / 3, 1e-12);
  EXPECT_NEAR(fit.geh_below_5, 2.0 / 3, 1e-12);  // 400 against 300: GEH 5.35
}

TEST(Spsa, FindsTheNumbersBehindALossItCannotSeeInto) {
  const std::vector<double> truth{120, 40, 75, 200, 10, 90};
  const auto loss = [&](std::span<const double> at) {
    double sum = 0;
    for (std::size_t i = 0; i < truth.size(); ++i) {
      const double off = at[i] / truth[i] - 1;
      sum += off * off;
    }
    return sum;
  };
  std::vector<double> start(truth);
  for (std::size_t i = 0; i < start.size(); ++i) start[i] *= i % 2 == 0 ? 1.4 : 0.7;
  const SpsaResult found = minimise_spsa(start, loss, {.iterations = 500});
  EXPECT_LT(found.loss, 1e-3 * loss(start));
  EXPECT_EQ(found.loss, loss(found.values));
  EXPECT_TRUE(std::ranges::is_sorted(found.history, std::greater{}));
  EXPECT_EQ(minimise_spsa(start, loss, {.iterations = 500}).values, found.values);
}

TEST(Spsa, KeepsNumbersAtNothingOrAbove) {
  const auto loss = [](std::span<const double> at) {
    return (at[0] + 5) * (at[0] + 5) + (at[1] - 3) * (at[1] - 3);
  };
  const std::vector<double> start{4, 0};
  const SpsaResult found = minimise_spsa(start, loss, {.iterations = 1000});
  EXPECT_NEAR(found.values[0], 0, 0.05);
  EXPECT_NEAR(found.values[1], 3, 0.2);
  EXPECT_THROW(minimise_spsa(std::vector<double>{-1}, loss), ScenarioError);
}

}  // namespace
}  // namespace kontwin::traffic
