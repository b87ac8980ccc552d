#include "scenarios/flood/reservoir_works.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/time_series.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

using Table = std::vector<std::pair<double, double>>;

void check_table(const Table& table, const std::string& what, bool values_rise) {
  if (table.empty()) return;
  if (table.size() < 2) throw ScenarioError(what + ": needs two points or more");
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::string place = what + ": point " + std::to_string(i + 1);
    const auto& [level_m, value] = table[i];
    if (!std::isfinite(level_m) || !std::isfinite(value)) {
      throw ScenarioError(place + " is not a number");
    }
    if (value < 0) throw ScenarioError(place + " is below 0");
    if (i == 0) continue;
    if (level_m <= table[i - 1].first) {
      throw ScenarioError(place + ": its level does not rise over the one before");
    }
    if (values_rise && value <= table[i - 1].second) {
      throw ScenarioError(place + ": its volume does not rise over the one before");
    }
  }
}

}  // namespace

void check_works(const ReservoirWorks& works, const std::string& urn) {
  const std::string what = "flood.reservoir " + urn;
  check_table(works.storage_m_m3, what + ", storage", true);
  check_table(works.rule_m_m3ps, what + ", rule", false);
  check_series(works.gate_opening, what + ", gate_opening");
  check_series(works.inflow_m3ps, what + ", inflow_m3ps");
  if (std::ranges::any_of(works.gate_opening.value, [](double share) { return share > 1; })) {
    throw ScenarioError(what + ", gate_opening: is a share from 0 to 1");
  }
  if (!works.gate_opening.empty() && works.gates.empty()) {
    throw ScenarioError(what + ", gate_opening: no gates are given");
  }
  for (const DamGates& gates : works.gates) {
    if (!(gates.count > 0 && gates.width_m > 0 && gates.height_m > 0 && gates.coefficient > 0)) {
      throw ScenarioError(what + ", gates: count, width, height and coefficient lie above 0");
    }
  }
  if (!std::isnan(works.spill_crest_m) &&
      !(works.spill_width_m > 0 && works.spill_coefficient > 0)) {
    throw ScenarioError(what + ", spillway: width and coefficient lie above 0");
  }
}

}  // namespace kontwin::flood
