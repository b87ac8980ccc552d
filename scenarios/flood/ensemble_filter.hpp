#pragma once

#include <cstddef>
#include <span>

#include "twin/random.hpp"

namespace kontwin::flood {

/// One analysis of an ensemble Kalman filter with perturbed observations (Burgers, van Leeuwen and
/// Evensen 1998, Mon. Weather Rev. 126), for one observed value: each member's parameters move by
/// the gain, the covariance of parameter and prediction over the ensemble's and the observation's
/// variance, times what its own perturbed observation differs from its prediction.
///
/// `parameters` [member][parameter]; `predicted` [member], what each member has for what was
/// observed; `error` its standard deviation, above 0. An ensemble that agrees on the prediction
/// stays as it is. The perturbations, one a member, sum to nothing.
void analyse(std::span<double> parameters, std::span<const double> predicted, double observed,
             double error, RandomStream& chance);

}  // namespace kontwin::flood
