#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace kontwin::traffic {

/// What is asked of a simulator whose inside is not known: how far off it is with these numbers.
using Loss = std::function<double(std::span<const double>)>;

/// Gains by Spall 1998, Implementation of the simultaneous perturbation algorithm: step a / (k + 1
/// + A)^0.602, perturbation c / (k + 1)^0.101.
struct SpsaOptions {
  int iterations = 200;
  double perturbation = 0.05;  ///< c, as a share of each number's scale
  double first_step = 0.05;    ///< wished change of a number in the first step, as such a share
  double stability = 0.1;      ///< A, as a share of the iterations
  int gradients = 1;           ///< averaged in each iteration: more where the loss is noisy
  std::uint64_t seed = 1;
};

struct SpsaResult {
  std::vector<double> values;  ///< those of the least loss that was seen
  double loss = 0;
  std::vector<double> history;  ///< [iteration] loss after it
  int evaluations = 0;
};

/// Finds numbers of 0 or more with a small loss by simultaneous perturbation (Spall 1992,
/// Multivariate stochastic approximation using a simultaneous perturbation gradient approximation):
/// two evaluations give a direction however many numbers there are, a third one refuses steps that
/// make the loss larger. Numbers are scaled by their start, those that start at 0 by the mean
/// start. The same seed gives the same answer. Throws ScenarioError for a start below 0 or a loss
/// that is not a number.
SpsaResult minimise_spsa(std::span<const double> start, const Loss& loss,
                         const SpsaOptions& options = {});

}  // namespace kontwin::traffic
