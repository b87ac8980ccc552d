#include "scenarios/traffic/demand/gravity.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "scenarios/traffic/demand/huff.hpp"
#include "twin/error.hpp"
#include "twin/random.hpp"

namespace kontwin::traffic {
namespace {

/// Zones on a line, a kilometre apart, half a kilometre inside.
OdMatrix distances(std::size_t zones) {
  OdMatrix cost(zones, zones);
  for (std::size_t from = 0; from < zones; ++from) {
    for (std::size_t to = 0; to < zones; ++to) {
      cost.at(from, to) =
          from == to ? 0.5 : std::abs(static_cast<double>(from) - static_cast<double>(to));
    }
  }
  return cost;
}

std::vector<double> column_sums(const OdMatrix& matrix) {
  std::vector<double> sums(matrix.destinations, 0);
  for (std::size_t from = 0; from < matrix.origins; ++from) {
    for (std::size_t to = 0; to < matrix.destinations; ++to) sums[to] += matrix.at(from, to);
  }
  return sums;
}

TEST(BalanceTrips, MeetsBothSumsAndKeepsTheRatiosOfTheSeed) {
  OdMatrix seed(2, 2);
  seed.values = {1, 2, 3, 4};
  const std::vector<double> leaving{50, 70};
  const std::vector<double> arriving{40, 80};
  const OdMatrix trips = balance_trips(seed, leaving, arriving);
  EXPECT_NEAR(trips.at(0, 0) + trips.at(0, 1), 50, 1e-7);
  EXPECT_NEAR(trips.at(1, 0) + trips.at(1, 1), 70, 1e-7);
  EXPECT_NEAR(column_sums(trips)[1], 80, 1e-7);
  // What balancing never changes: the cross ratio.
  EXPECT_NEAR(trips.at(0, 0) * trips.at(1, 1) / (trips.at(0, 1) * trips.at(1, 0)),
              1.0 * 4 / (2 * 3), 1e-9);
}

TEST(BalanceTrips, BringsArrivalsToTheSumOfWhatLeaves) {
  const std::vector<double> leaving{60, 60};
  const std::vector<double> arriving{1, 3};
  const OdMatrix trips = balance_trips(OdMatrix(2, 2, 1), leaving, arriving);
  EXPECT_NEAR(column_sums(trips)[0], 30, 1e-7);
}

TEST(BalanceTrips, RefusesSumsThatNoMatrixHas) {
  const std::vector<double> leaving{60, 60};
  const std::vector<double> arriving{90, 30};
  OdMatrix seed(2, 2);
  seed.values = {0, 1, 1, 1};  // zone 0 can only send to zone 1, which wants 30
  EXPECT_THROW(balance_trips(seed, leaving, arriving), ScenarioError);
  seed.values = {0, 0, 1, 1};
  EXPECT_THROW(balance_trips(seed, leaving, arriving), ScenarioError);
  EXPECT_THROW(balance_trips(OdMatrix(2, 2, 1), leaving, std::vector<double>{1}), ScenarioError);
  EXPECT_THROW(balance_trips(OdMatrix(2, 2, 1), leaving, std::vector<double>{-1, 1}),
               ScenarioError);
}

TEST(GravityTrips, FallExponentiallyWithCost) {
  const OdMatrix cost = distances(3);
  const std::vector<double> sums{100, 100, 100};
  const OdMatrix trips = gravity_trips(cost, sums, sums, 0.7);
  const double cross = trips.at(0, 0) * trips.at(1, 2) / (trips.at(0, 2) * trips.at(1, 0));
  EXPECT_NEAR(std::log(cross),
              -0.7 * (cost.at(0, 0) + cost.at(1, 2) - cost.at(0, 2) - cost.at(1, 0)), 1e-8);
}

TEST(GravityTrips, NeverGoWhereTheCostIsInfinite) {
  OdMatrix cost = distances(3);
  cost.at(0, 2) = std::numeric_limits<double>::infinity();
  const std::vector<double> sums{100, 100, 100};
  EXPECT_EQ(gravity_trips(cost, sums, sums, 0.7).at(0, 2), 0);
}

TEST(CalibrateGravity, FindsTheBetaThatMadeTheTrips) {
  const OdMatrix cost = distances(12);
  std::vector<double> leaving;
  std::vector<double> arriving;
  RandomStream random(4, 0);
  for (int zone = 0; zone < 12; ++zone) {
    leaving.push_back(random.uniform(50, 500));
    arriving.push_back(random.uniform(50, 500));
  }
  for (const double beta : {0.05, 0.4, 1.3}) {
    const OdMatrix made = gravity_trips(cost, leaving, arriving, beta);
    const Gravity found = calibrate_gravity(cost, leaving, arriving, mean_cost(made, cost));
    EXPECT_NEAR(found.beta, beta, 1e-6 * beta);
    EXPECT_NEAR(mean_cost(found.trips, cost), mean_cost(made, cost), 1e-8);
  }
}

TEST(CalibrateGravity, RefusesAMeanThatCannotBeHad) {
  const OdMatrix cost = distances(4);
  const std::vector<double> sums{100, 100, 100, 100};
  EXPECT_THROW(calibrate_gravity(cost, sums, sums, 0.3), ScenarioError);  // the least is 0.5
  EXPECT_THROW(calibrate_gravity(cost, sums, sums, 3), ScenarioError);
}

TEST(HuffTrips, ShareByPullOverDistance) {
  OdMatrix cost(1, 3);
  cost.values = {1, 2, std::numeric_limits<double>::infinity()};
  const OdMatrix trips = huff_trips(cost, std::vector<double>{90}, std::vector<double>{1, 8, 100});
  // 1 / 1 against 8 / 4.
  EXPECT_NEAR(trips.at(0, 0), 30, 1e-12);
  EXPECT_NEAR(trips.at(0, 1), 60, 1e-12);
  EXPECT_EQ(trips.at(0, 2), 0);
}

TEST(HuffTrips, RefuseToGoNowhere) {
  EXPECT_THROW(huff_trips(OdMatrix(1, 1, 1), std::vector<double>{5}, std::vector<double>{0}),
               ScenarioError);
  EXPECT_NO_THROW(huff_trips(OdMatrix(1, 1, 1), std::vector<double>{0}, std::vector<double>{0}));
}

}  // namespace
}  // namespace kontwin::traffic
