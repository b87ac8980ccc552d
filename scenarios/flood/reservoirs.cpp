#include "scenarios/flood/reservoirs.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/flood/structure_flow.hpp"
#include "scenarios/time_series.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

constexpr double nowhere_m = -1e9;
/// Gates, spillway and breach are computed anew this often.
constexpr double longest_step_s = 60;
constexpr double longest_step_of_breach_s = 5;

double or_else(double value, double fallback) { return std::isfinite(value) ? value : fallback; }

}  // namespace

Reservoirs::Reservoirs(const Branch& branch, const std::vector<ReservoirWorks>& works) {
  const auto& table = branch.world->entities(Kind::reservoir);
  basins_.resize(table.size());
  urns_ = table.urn;
  for (const ReservoirWorks& of_dam : works) {
    if (of_dam.reservoir >= basins_.size()) {
      throw ScenarioError("flood.reservoir: there is no reservoir in row " +
                          std::to_string(of_dam.reservoir));
    }
    check_works(of_dam, urns_[of_dam.reservoir]);
    basins_[of_dam.reservoir].works = of_dam;
  }
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto attribute = [&](std::size_t which) { return table.attribute(which, row); };
    const auto cell = [&](std::size_t column) {
      return branch.state.at({Kind::reservoir, static_cast<std::uint32_t>(row)}, column);
    };
    Basin& basin = basins_[row];
    const double full_m = attribute(reservoir_attribute::full_level_m);
    const double dead_m = attribute(reservoir_attribute::dead_level_m);
    const double total_m3 = attribute(reservoir_attribute::volume_total_m3);
    const double dead_m3 = attribute(reservoir_attribute::volume_dead_m3);
    basin.inflow_m3ps = std::max(0.0, or_else(cell(reservoir_column::inflow_m3ps), 0));
    basin.last_known_outflow_m3ps =
        std::max(0.0, or_else(cell(reservoir_column::outflow_m3ps), basin.inflow_m3ps));
    if (!basin.works.storage_m_m3.empty()) {
      basin.storage = StorageCurve(basin.works.storage_m_m3);
    } else if (full_m > dead_m && total_m3 > dead_m3 && dead_m3 >= 0) {
      basin.storage = StorageCurve({{dead_m, dead_m3}, {full_m, total_m3}});
    }
    if (!basin.known()) continue;
    basin.full_level_m = or_else(full_m, std::numeric_limits<double>::infinity());
    // Before a flood a reservoir stands at its flood control level at most.
    const double unknown_m = or_else(attribute(reservoir_attribute::flood_control_level_m),
                                     or_else(full_m, basin.storage.lowest_m()));
    const double seen_level_m = cell(reservoir_column::level_m);
    const double seen_m3 = cell(reservoir_column::volume_m3);
    if (!basin.works.storage_m_m3.empty() && !std::isfinite(seen_level_m) && seen_m3 >= 0) {
      basin.level_m = basin.storage.level_m(seen_m3);
    } else {
      basin.level_m = or_else(seen_level_m, unknown_m);
    }
    basin.volume_m3 = basin.storage.volume_m3(basin.level_m);
    // A straight line between two facts is rough: what was seen of the volume is believed.
    if (basin.works.storage_m_m3.empty()) {
      basin.volume_m3 = std::max(0.0, or_else(seen_m3, basin.volume_m3));
      basin.over_curve_m = basin.level_m - basin.storage.level_m(basin.volume_m3);
    }
    basin.unordered_volume_m3 = basin.volume_m3;
    initial_m3_ += basin.volume_m3;
  }
  for (const auto& [row, series] : branch.forcing.reservoir_outflow_m3ps) {
    if (row >= basins_.size()) {
      throw ScenarioError("reservoir outflow: there is no reservoir in row " + std::to_string(row));
    }
    check_series(series, "outflow of " + table.urn[row]);
    basins_[row].series = series;
  }
}

Reservoirs::Basin& Reservoirs::basin_of(std::uint32_t row, const char* edit) {
  if (row < basins_.size()) return basins_[row];
  throw ScenarioError(std::string(edit) + ": there is no reservoir in row " + std::to_string(row));
}

void Reservoirs::set_release(std::uint32_t row, double outflow_m3ps) {
  Basin& basin = basin_of(row, "set_release");
  if (outflow_m3ps < 0 || std::isinf(outflow_m3ps)) {
    throw ScenarioError("set_release: " + std::to_string(outflow_m3ps) +
                        " m³/s is not a discharge of 0 or more");
  }
  basin.ordered_m3ps.reset();
  if (!std::isnan(outflow_m3ps)) basin.ordered_m3ps = outflow_m3ps;
}

void Reservoirs::set_gate(std::uint32_t row, double opening) {
  Basin& basin = basin_of(row, "set_gate");
  if (opening < 0 || opening > 1) {
    throw ScenarioError("set_gate: " + std::to_string(opening) + " is not a share from 0 to 1");
  }
  if (basin.works.gates.empty() || !basin.known()) {
    throw ScenarioError("set_gate: no gates of " + urns_[row] +
                        " are known: give them in [[flood.reservoir]]");
  }
  basin.ordered_opening.reset();
  if (!std::isnan(opening)) basin.ordered_opening = opening;
}

void Reservoirs::start_breach(const StartBreach& edit, Instant at) {
  Basin& basin = basin_of(edit.reservoir, "breach");
  if (!basin.known()) {
    throw ScenarioError("breach: how much water " + urns_[edit.reservoir] +
                        " holds is not known: give its storage in [[flood.reservoir]]");
  }
  const double crest_m = or_else(edit.crest_m, basin.full_level_m);
  if (basin.level_m < std::min(edit.at_level_m, crest_m)) {
    Breach::check_height(edit, crest_m);
    basin.waiting = edit;
    return;
  }
  const double over_m3 =
      basin.volume_m3 - basin.storage.volume_m3(edit.bottom_m - basin.over_curve_m);
  basin.breach.emplace(edit, crest_m, over_m3, basin.level_m - edit.bottom_m);
  basin.broke = at;
}

double Reservoirs::let_out_m3ps(const Basin& basin, double volume_m3, Orders orders, Instant from,
                                Instant to) {
  const bool obeyed = orders == Orders::obeyed;
  const ReservoirWorks& works = basin.works;
  if (!basin.known()) {
    if (obeyed && basin.ordered_m3ps) return *basin.ordered_m3ps;
    return basin.series.empty() ? basin.last_known_outflow_m3ps : mean_over(basin.series, from, to);
  }
  const double level_m = basin.level_of(volume_m3);
  const auto through_gates_m3ps = [&](double opening) {
    double flow_m3ps = 0;
    for (const DamGates& gates : works.gates) {
      flow_m3ps += opening_m3ps(gates.count * gates.width_m, opening * gates.height_m, 1,
                                gates.coefficient, level_m - gates.sill_m, nowhere_m);
    }
    return flow_m3ps;
  };
  const bool broken = obeyed && basin.breach;
  double flow_m3ps = basin.last_known_outflow_m3ps;
  if (obeyed && basin.ordered_m3ps) {
    flow_m3ps = *basin.ordered_m3ps;
  } else if (obeyed && basin.ordered_opening) {
    flow_m3ps = through_gates_m3ps(*basin.ordered_opening);
  } else if (!works.gate_opening.empty()) {
    flow_m3ps = through_gates_m3ps(mean_over(works.gate_opening, from, to));
  } else if (broken) {
    flow_m3ps = 0;  // nobody works a broken dam by its plan
  } else if (!basin.series.empty()) {
    flow_m3ps = mean_over(basin.series, from, to);
  } else if (!works.rule_m_m3ps.empty()) {
    flow_m3ps = table_value(works.rule_m_m3ps, level_m);
  }
  if (!std::isnan(works.spill_crest_m)) {
    flow_m3ps += weir_m3ps(works.spill_width_m, works.spill_coefficient,
                           level_m - works.spill_crest_m, nowhere_m);
  } else if (level_m >= basin.full_level_m && !broken) {
    flow_m3ps = std::max(flow_m3ps, basin.inflow_m3ps);
  }
  if (broken) {
    flow_m3ps += basin.breach->discharge_m3ps(to_seconds(to - basin.broke), level_m, nowhere_m);
  }
  return std::min(flow_m3ps, volume_m3 / to_seconds(to - from) + basin.inflow_m3ps);
}

void Reservoirs::advance(StateTable& state, Instant from, Instant to) {
  const double seconds = to_seconds(to - from);
  for (std::uint32_t row = 0; row < basins_.size(); ++row) {
    Basin& basin = basins_[row];
    double came_m3 = 0, went_m3 = 0, planned_m3 = 0;
    const double step_s = basin.breach ? longest_step_of_breach_s : longest_step_s;
    const auto steps = std::max<std::int64_t>(std::llround(std::ceil(seconds / step_s)), 1);
    for (std::int64_t step = 0; step < steps; ++step) {
      const Instant begin = from + (to - from) * step / steps;
      const Instant end = from + (to - from) * (step + 1) / steps;
      const double step_now_s = to_seconds(end - begin);
      if (!basin.works.inflow_m3ps.empty()) {
        basin.inflow_m3ps = mean_over(basin.works.inflow_m3ps, begin, end);
      }
      const double in_m3 = basin.inflow_m3ps * step_now_s;
      const double planned_now_m3 =
          let_out_m3ps(basin, basin.unordered_volume_m3, Orders::ignored, begin, end) * step_now_s;
      const double out_m3 =
          let_out_m3ps(basin, basin.volume_m3, Orders::obeyed, begin, end) * step_now_s;
      came_m3 += in_m3;
      went_m3 += out_m3;
      planned_m3 += planned_now_m3;
      if (!basin.known()) continue;
      basin.unordered_volume_m3 = std::max(0.0, basin.unordered_volume_m3 + in_m3 - planned_now_m3);
      basin.volume_m3 = std::max(0.0, basin.volume_m3 + in_m3 - out_m3);
    }
    basin.planned_m3ps = planned_m3 / seconds;
    basin.outflow_m3ps = went_m3 / seconds;
    const EntityRef ref{Kind::reservoir, row};
    state.at(ref, reservoir_column::inflow_m3ps) = came_m3 / seconds;
    state.at(ref, reservoir_column::outflow_m3ps) = basin.outflow_m3ps;
    if (!basin.known()) continue;
    basin.level_m = basin.level_of(basin.volume_m3);
    if (basin.waiting) start_breach(*std::exchange(basin.waiting, std::nullopt), to);
    entered_m3_ += came_m3;
    left_m3_ += went_m3;
    state.at(ref, reservoir_column::level_m) = basin.level_m;
    state.at(ref, reservoir_column::volume_m3) = basin.volume_m3;
  }
}

Balance Reservoirs::balance() const {
  double inside_m3 = 0;
  for (const Basin& basin : basins_) inside_m3 += basin.known() ? basin.volume_m3 : 0;
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
