#pragma once

#include <cstdint>
#include <vector>

#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// What roads carried while vehicles queued on them, told state by state: junctions, signals,
/// crossing and everyday traffic included, which no planned capacity knows.
class MeasuredFlows {
 public:
  explicit MeasuredFlows(const World& world);

  void see(const StateTable& state);
  /// [road] vehicles an hour that left it on the mean while it had a queue; infinite where it was
  /// seen with one too seldom to tell. As PlanOptions::measured_vph.
  std::vector<double> vehicles_ph() const;

 private:
  std::vector<double> sum_vph_;      // [road]
  std::vector<std::uint32_t> seen_;  // [road] times with a queue
};

}  // namespace kontwin
