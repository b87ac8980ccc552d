#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/flood/breach.hpp"
#include "scenarios/flood/reservoir_works.hpp"
#include "scenarios/flood/storage_curve.hpp"
#include "twin/balance.hpp"
#include "twin/branch.hpp"

namespace kontwin::flood {

/// The water of all reservoirs, each a store with a storage curve: that of its works, or a straight
/// line between dead and full level. What flows in is the works' series, or stays as it was last
/// known. What is let out follows, in this order: an order (SetRelease), the gates where they are
/// opened (SetGate, or the works' series), the forcing's series, the works' rule, what was last
/// known. A spillway adds what its level says; without one a reservoir above its full level lets
/// out at least what comes in. A breach adds what flows through it, and ends what is planned but
/// for gates and spillway. None lets out more than it has.
class Reservoirs {
 public:
  /// Throws ScenarioError when a series, a table or a row is not usable.
  Reservoirs(const Branch& branch, const std::vector<ReservoirWorks>& works);

  std::size_t size() const { return basins_.size(); }
  /// Orders an outflow, m³/s; NaN takes the order back. Throws ScenarioError below 0 or no such
  /// row.
  void set_release(std::uint32_t row, double outflow_m3ps);
  /// Opens the gates to a share of their height; NaN gives them back to their plan. Throws
  /// ScenarioError for a share out of range, no such row, or a dam of which no gates are known.
  void set_gate(std::uint32_t row, double opening);
  /// Its dam begins to break at `at`, or in the first window after it that ends with the level of
  /// the edit; it is sized by what it holds then. Throws ScenarioError where that cannot be.
  void start_breach(const StartBreach& edit, Instant at);
  /// Advances every store and writes its columns.
  void advance(StateTable& state, Instant from, Instant to);
  /// In the last window: what went out, and what of that the grid's inflows hold already: what
  /// would have gone out without any order or breach, or nothing; m³/s.
  double outflow_m3ps(std::size_t row) const { return basins_[row].outflow_m3ps; }
  double planned_m3ps(std::size_t row) const {
    return basins_[row].works.whole_release ? 0 : basins_[row].planned_m3ps;
  }
  double level_m(std::size_t row) const { return basins_[row].level_m; }
  Balance balance() const;

 private:
  struct Basin {
    ReservoirWorks works;
    StorageCurve storage;
    double full_level_m = 0;
    double level_m = 0, volume_m3 = 0;
    double unordered_volume_m3 = 0;  // the store as it would be without orders
    double inflow_m3ps = 0, outflow_m3ps = 0, planned_m3ps = 0;
    double last_known_outflow_m3ps = 0;
    std::optional<double> ordered_m3ps, ordered_opening;
    std::optional<Breach> breach;
    Instant broke;
    std::optional<StartBreach> waiting;  // for a level
    TimeSeries series;
    double over_curve_m = 0;  // what its level was seen over that of the curve
    bool known() const { return storage.known(); }
    double level_of(double of_volume_m3) const {
      return storage.level_m(of_volume_m3) + over_curve_m;
    }
  };
  enum class Orders : std::uint8_t { obeyed, ignored };
  Basin& basin_of(std::uint32_t row, const char* edit);
  static double let_out_m3ps(const Basin& basin, double volume_m3, Orders orders, Instant from,
                             Instant to);

  std::vector<Basin> basins_;
  std::vector<std::string> urns_;
  double initial_m3_ = 0, entered_m3_ = 0, left_m3_ = 0;
};

}  // namespace kontwin::flood
