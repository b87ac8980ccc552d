#include "scenarios/flood/ensemble_filter.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace kontwin::flood {
namespace {

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double variance(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += (value - mean(values)) * (value - mean(values));
  return sum / static_cast<double>(values.size() - 1);
}

TEST(EnsembleFilter, GivesTheMeanAndVarianceOfKalmansFormulaWhereAllIsNormal) {
  // Prior N(1, 0.5²) of what is observed itself, an observation of 2 with an error of 0.25.
  constexpr std::size_t members = 4000;
  RandomStream chance(7, 0);
  std::vector<double> parameters;
  for (std::size_t i = 0; i < members; ++i) parameters.push_back(1 + 0.5 * chance.normal());
  const std::vector<double> predicted = parameters;
  analyse(parameters, predicted, 2, 0.25, chance);
  const double gain = 0.25 / (0.25 + 0.0625);
  EXPECT_NEAR(mean(parameters), 1 + gain, 0.01);
  EXPECT_NEAR(variance(parameters), (1 - gain) * 0.25, 0.003);
}

TEST(EnsembleFilter, MovesAParameterThatThePredictionFollowsAndNoOther) {
  constexpr std::size_t members = 2000;
  RandomStream chance(3, 0);
  std::vector<double> parameters, predicted;
  for (std::size_t i = 0; i < members; ++i) {
    parameters.push_back(chance.normal());
    parameters.push_back(chance.normal());
    predicted.push_back(10 - 2 * parameters[2 * i]);
  }
  analyse(parameters, predicted, 8, 0.01, chance);
  std::vector<double> first, second;
  for (std::size_t i = 0; i < members; ++i) {
    first.push_back(parameters[2 * i]);
    second.push_back(parameters[2 * i + 1]);
  }
  EXPECT_NEAR(mean(first), 1, 0.01);
  EXPECT_NEAR(mean(second), 0, 0.08);
  EXPECT_NEAR(variance(second), 1, 0.1);
}

TEST(EnsembleFilter, LeavesMembersThatAgreeAsTheyAre) {
  RandomStream chance(1, 0);
  std::vector<double> parameters{0.1, 0.2, 0.3};
  analyse(parameters, std::vector<double>{5, 5, 5}, 9, 0.1, chance);
  EXPECT_EQ(parameters, (std::vector<double>{0.1, 0.2, 0.3}));
}

}  // namespace
}  // namespace kontwin::flood
