#pragma once

#include <span>
#include <vector>

namespace kontwin::traffic {

/// A cycle and its effective greens.
struct WebsterPlan {
  double cycle_s = 0;
  std::vector<double> green_s;  ///< [stage]
};

/// The cycle and greens of least delay for flows that do not change (Webster 1958, Road Research
/// Technical Paper 39): cycle (1.5 L + 5) / (1 - Y), the time that is not lost shared out by flow
/// ratio. `flow_ratio`: [stage] the highest flow over saturation flow of those who drive in it;
/// `lost_s`: in a cycle. The cycle is held to its bounds, and to the most where flows come near
/// saturation or above; greens to `least_green_s`, for which a cycle above the most may be needed.
WebsterPlan webster(std::span<const double> flow_ratio, double lost_s, double least_cycle_s,
                    double most_cycle_s, double least_green_s = 0);

}  // namespace kontwin::traffic
