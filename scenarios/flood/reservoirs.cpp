#include "scenarios/flood/reservoirs.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/time_series.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

double or_else(double value, double fallback) { return std::isfinite(value) ? value : fallback; }

}  // namespace

Reservoirs::Reservoirs(const Branch& branch) {
  const auto& table = branch.world->entities(Kind::reservoir);
  const auto cell = [&branch](std::size_t row, std::size_t column) {
    return branch.state.at({Kind::reservoir, static_cast<std::uint32_t>(row)}, column);
  };
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto attribute = [&](std::size_t which) { return table.attribute(which, row); };
    Basin basin;
    const double full_m = attribute(reservoir_attribute::full_level_m);
    const double dead_m = attribute(reservoir_attribute::dead_level_m);
    const double total_m3 = attribute(reservoir_attribute::volume_total_m3);
    const double dead_m3 = attribute(reservoir_attribute::volume_dead_m3);
    basin.inflow_m3ps = std::max(0.0, or_else(cell(row, reservoir_column::inflow_m3ps), 0));
    basin.last_known_outflow_m3ps =
        std::max(0.0, or_else(cell(row, reservoir_column::outflow_m3ps), basin.inflow_m3ps));
    basin.known = full_m > dead_m && total_m3 > dead_m3 && dead_m3 >= 0;
    if (basin.known) {
      basin.full_level_m = full_m;
      basin.area_m2 = (total_m3 - dead_m3) / (full_m - dead_m);
      // Before a flood a reservoir stands at its flood control level at most.
      const double unknown_m =
          or_else(attribute(reservoir_attribute::flood_control_level_m), full_m);
      basin.level_m = or_else(cell(row, reservoir_column::level_m), unknown_m);
      basin.volume_m3 = std::max(0.0, or_else(cell(row, reservoir_column::volume_m3),
                                              dead_m3 + (basin.level_m - dead_m) * basin.area_m2));
      basin.unordered_volume_m3 = basin.volume_m3;
      initial_m3_ += basin.volume_m3;
    }
    basins_.push_back(std::move(basin));
  }
  for (const auto& [row, series] : branch.forcing.reservoir_outflow_m3ps) {
    if (row >= basins_.size()) {
      throw ScenarioError("reservoir outflow: there is no reservoir in row " + std::to_string(row));
    }
    check_series(series, "outflow of " + table.urn[row]);
    basins_[row].series = series;
  }
}

void Reservoirs::set_release(std::uint32_t row, double outflow_m3ps) {
  if (row >= basins_.size()) {
    throw ScenarioError("set_release: there is no reservoir in row " + std::to_string(row));
  }
  if (outflow_m3ps < 0 || std::isinf(outflow_m3ps)) {
    throw ScenarioError("set_release: " + std::to_string(outflow_m3ps) +
                        " m³/s is not a discharge of 0 or more");
  }
  basins_[row].ordered = !std::isnan(outflow_m3ps);
  basins_[row].ordered_m3ps = outflow_m3ps;
}

double Reservoirs::rule_m3ps(const Basin& basin, double wanted_m3ps, double volume_m3,
                             double seconds) const {
  if (!basin.known) return wanted_m3ps;
  const double level_m = basin.level_m + (volume_m3 - basin.volume_m3) / basin.area_m2;
  if (level_m >= basin.full_level_m) wanted_m3ps = std::max(wanted_m3ps, basin.inflow_m3ps);
  return std::min(wanted_m3ps, volume_m3 / seconds + basin.inflow_m3ps);
}

void Reservoirs::advance(StateTable& state, Instant from, Instant to) {
  const double seconds = to_seconds(to - from);
  for (std::uint32_t row = 0; row < basins_.size(); ++row) {
    Basin& basin = basins_[row];
    const double without_order =
        basin.series.empty() ? basin.last_known_outflow_m3ps : mean_over(basin.series, from, to);
    basin.planned_m3ps = rule_m3ps(basin, without_order, basin.unordered_volume_m3, seconds);
    basin.outflow_m3ps = rule_m3ps(basin, basin.ordered ? basin.ordered_m3ps : without_order,
                                   basin.volume_m3, seconds);
    const EntityRef ref{Kind::reservoir, row};
    state.at(ref, reservoir_column::inflow_m3ps) = basin.inflow_m3ps;
    state.at(ref, reservoir_column::outflow_m3ps) = basin.outflow_m3ps;
    if (!basin.known) continue;
    basin.unordered_volume_m3 += (basin.inflow_m3ps - basin.planned_m3ps) * seconds;
    const double stored_m3 = (basin.inflow_m3ps - basin.outflow_m3ps) * seconds;
    const double before_m3 = basin.volume_m3;
    basin.volume_m3 = std::max(0.0, before_m3 + stored_m3);
    basin.level_m += (basin.volume_m3 - before_m3) / basin.area_m2;
    entered_m3_ += basin.inflow_m3ps * seconds;
    left_m3_ += basin.outflow_m3ps * seconds;
    state.at(ref, reservoir_column::level_m) = basin.level_m;
    state.at(ref, reservoir_column::volume_m3) = basin.volume_m3;
  }
}

Balance Reservoirs::balance() const {
  double inside_m3 = 0;
  for (const Basin& basin : basins_) inside_m3 += basin.known ? basin.volume_m3 : 0;
  return {.quantity = "reservoir water",
          .unit = "m³",
          .initial = initial_m3_,
          .entered = entered_m3_,
          .left = left_m3_,
          .lost = 0,
          .inside = inside_m3,
          .tolerance = 1e-9 * (initial_m3_ + entered_m3_) + 1e-6};
}

}  // namespace kontwin::flood
