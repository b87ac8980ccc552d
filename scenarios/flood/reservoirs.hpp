#pragma once

#include <cstdint>
#include <vector>

#include "twin/balance.hpp"
#include "twin/branch.hpp"

namespace kontwin::flood {

/// The water of all reservoirs, each a store with a straight line between dead and full level. What
/// flows in stays as it was last known; what flows out follows, in this order: an order
/// (SetRelease), the forcing's series, what was last known. A reservoir above its full level lets
/// out at least what comes in; one with no water lets out no more than that.
class Reservoirs {
 public:
  /// Throws ScenarioError when a release series is not usable.
  explicit Reservoirs(const Branch& branch);

  std::size_t size() const { return basins_.size(); }
  /// Orders an outflow, m³/s; NaN takes the order back. Throws ScenarioError below 0 or no such
  /// row.
  void set_release(std::uint32_t row, double outflow_m3ps);
  /// Advances every store and writes its columns.
  void advance(StateTable& state, Instant from, Instant to);
  /// In the last window: what went out, and what would have gone out without any order, m³/s.
  double outflow_m3ps(std::size_t row) const { return basins_[row].outflow_m3ps; }
  double planned_m3ps(std::size_t row) const { return basins_[row].planned_m3ps; }
  Balance balance() const;

 private:
  struct Basin {
    bool known = false;  // both its level line and its water
    double full_level_m = 0;
    double area_m2 = 0;  // volume a metre of level
    double level_m = 0, volume_m3 = 0;
    double unordered_volume_m3 = 0;  // the store as it would be without orders
    double inflow_m3ps = 0, outflow_m3ps = 0, planned_m3ps = 0;
    double last_known_outflow_m3ps = 0;
    double ordered_m3ps = 0;
    bool ordered = false;
    TimeSeries series;
  };
  double rule_m3ps(const Basin& basin, double wanted_m3ps, double volume_m3, double seconds) const;

  std::vector<Basin> basins_;
  double initial_m3_ = 0, entered_m3_ = 0, left_m3_ = 0;
};

}  // namespace kontwin::flood
