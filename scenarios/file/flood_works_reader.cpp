#include "scenarios/file/flood_works_reader.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "scenarios/file/entity_field.hpp"
#include "scenarios/file/read_option.hpp"
#include "scenarios/flood/flood_grids.hpp"
#include "scenarios/flood/line_faces.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

using flood::EdgeCondition;
using flood::StructurePlan;

template <typename Value>
Value one_of(TomlReader& table, std::string_view field,
             const std::map<std::string, Value, std::less<>>& known) {
  const std::string name = table.required_text(field);
  if (const auto found = known.find(name); found != known.end()) return found->second;
  std::string all;
  for (const auto& [other, value] : known) all += (all.empty() ? "" : ", ") + other;
  table.fail(field, "'" + name + "' is none of: " + all);
}

/// A share over time, each held until the next.
TimeSeries read_shares(TomlReader& table, std::string_view field, const FileTerms& terms) {
  TimeSeries shares = terms.series(table, field);
  shares.between = TimeSeries::Between::hold;
  for (const double share : shares.value) {
    if (share < 0 || share > 1) table.fail(field, "each value is a share from 0 to 1");
  }
  return shares;
}

void refuse_below_0(const TomlReader& table, std::string_view field, const TimeSeries& series) {
  for (const double value : series.value) {
    if (value < 0) table.fail(field, "each value must be 0 or more");
  }
}

/// What debris leaves of an opening, as a share of its area.
double read_clear_share(TomlReader& table) {
  constexpr double most_blocked = 0.99;
  return 1 - table.number("blocked", 0, most_blocked).value_or(0);
}

void read_culvert(TomlReader& table, StructurePlan& plan) {
  flood::Culvert& culvert = plan.culvert;
  const std::string inlet = table.text("inlet").value_or("headwall");
  const flood::CulvertInlet* const known = flood::culvert_inlet(inlet);
  if (known == nullptr) {
    table.fail("inlet", "'" + inlet + "' is none of: " + std::string(flood::culvert_inlets()));
  }
  culvert.inlet = *known;
  if (const auto diameter = table.number("diameter_m", 0.1, 20)) {
    if (table.has("width_m")) table.fail("width_m", "stands beside 'diameter_m': use one");
    culvert.round = true;
    culvert.width_m = culvert.height_m = *diameter;
  } else {
    culvert.width_m = table.required_number("width_m", 0.1, 100);
    culvert.height_m = table.required_number("height_m", 0.1, 20);
  }
  culvert.barrels = static_cast<double>(table.whole("barrels", 1, 100).value_or(1));
  // Its ends take water from as many cells as it is wide.
  plan.width_m = culvert.barrels * culvert.width_m;
  const double clear = read_clear_share(table);
  if (culvert.round) {
    culvert.width_m = culvert.height_m = culvert.width_m * std::sqrt(clear);
  } else {
    culvert.width_m *= clear;
  }
  culvert.length_m = std::max(distance_m(plan.from, *plan.to), 1.0);
  read_option(table, "length_m", culvert.length_m, 0.5, 10000);
  read_option(table, "manning_n", culvert.manning_n, 0.005, 0.2);
  culvert.inlet_invert_m = table.number("inlet_invert_m").value_or(StructurePlan::of_ground);
  culvert.outlet_invert_m = table.number("outlet_invert_m").value_or(StructurePlan::of_ground);
}

StructurePlan read_structure(TomlReader table, const FileTerms& terms) {
  using enum StructurePlan::Kind;
  StructurePlan plan;
  plan.name = table.required_text("name");
  plan.kind = one_of<StructurePlan::Kind>(table, "kind",
                                          {{"weir", weir},
                                           {"gate", gate},
                                           {"bridge", bridge},
                                           {"culvert", culvert},
                                           {"pump", pump},
                                           {"drain", drain}});
  plan.from = terms.place(table, "from");
  const bool may_leave = plan.kind == pump || plan.kind == drain;
  if (!may_leave || table.has("to")) plan.to = terms.place(table, "to");
  plan.open = read_shares(table, "open", terms);
  switch (plan.kind) {
    case weir:
    case gate:
    case bridge:
      plan.width_m = table.required_number("width_m", 0.1, 5000);
      if (plan.kind == bridge) plan.width_m *= read_clear_share(table);
      plan.sill_m = table.number("sill_m").value_or(plan.sill_m);
      if (plan.kind != weir) plan.height_m = table.required_number("height_m", 0.05, 100);
      if (plan.kind == bridge) plan.orifice_coefficient = 0.8;
      read_option(table, "weir_coefficient", plan.weir_coefficient, 0.1, 2);
      if (plan.kind != weir) {
        read_option(table, "orifice_coefficient", plan.orifice_coefficient, 0.1, 1);
      }
      break;
    case culvert:
      read_culvert(table, plan);
      break;
    case pump:
      plan.capacity_m3ps = table.required_number("capacity_m3ps", 0, 10000);
      plan.start_level_m = table.required_number("start_level_m");
      plan.stop_level_m = table.required_number("stop_level_m");
      if (plan.stop_level_m >= plan.start_level_m) {
        table.fail("stop_level_m", "must lie below 'start_level_m'");
      }
      break;
    case drain:
      plan.perimeter_m = table.required_number("perimeter_m", 0.01, 10000);
      plan.area_m2 = table.required_number("area_m2", 0.001, 10000);
      plan.capacity_m3ps = table.required_number("capacity_m3ps", 0, 10000);
      break;
  }
  if (!may_leave) plan.one_way = table.flag("one_way").value_or(false);
  table.finish();
  return plan;
}

flood::ReservoirWorks read_reservoir(TomlReader table, const World& world, const FileTerms& terms) {
  flood::ReservoirWorks works;
  works.reservoir = entity_of(table, world, "urn", Kind::reservoir).row;
  works.storage_m_m3 = table.pairs("storage");
  works.rule_m_m3ps = table.pairs("rule");
  for (TomlReader& entry : table.tables("gates")) {
    flood::DamGates gates;
    gates.count = static_cast<double>(entry.whole("count", 1, 1000).value_or(1));
    gates.sill_m = entry.required_number("sill_m");
    gates.width_m = entry.required_number("width_m", 0.01, 1000);
    gates.height_m = entry.required_number("height_m", 0.01, 100);
    read_option(entry, "coefficient", gates.coefficient, 0.1, 1);
    entry.finish();
    works.gates.push_back(gates);
  }
  works.gate_opening = read_shares(table, "gate_opening", terms);
  if (auto spillway = table.table("spillway")) {
    works.spill_crest_m = spillway->required_number("crest_m");
    works.spill_width_m = spillway->required_number("width_m", 0.01, 10000);
    read_option(*spillway, "coefficient", works.spill_coefficient, 0.1, 2);
    spillway->finish();
  }
  works.inflow_m3ps = terms.series(table, "inflow_m3ps");
  refuse_below_0(table, "inflow_m3ps", works.inflow_m3ps);
  works.whole_release = table.flag("whole_release").value_or(works.whole_release);
  try {
    flood::check_works(works, world.urn({Kind::reservoir, works.reservoir}));
  } catch (const ScenarioError& error) {
    table.fail("", error.what());
  }
  table.finish();
  return works;
}

flood::EdgePlan read_edge(TomlReader table, const FileTerms& terms) {
  using enum EdgeCondition::Kind;
  flood::EdgePlan plan;
  plan.side = one_of<flood::GridSide>(table, "side",
                                      {{"west", flood::GridSide::west},
                                       {"east", flood::GridSide::east},
                                       {"south", flood::GridSide::south},
                                       {"north", flood::GridSide::north}});
  plan.kind = one_of<EdgeCondition::Kind>(table, "kind",
                                          {{"closed", closed},
                                           {"slope", slope},
                                           {"transmissive", transmissive},
                                           {"stage", stage},
                                           {"discharge", discharge}});
  if (table.has("part")) {
    const auto ends = terms.places(table, "part");
    if (ends.size() != 2) table.fail("part", "is the part between two places");
    plan.part = {ends[0], ends[1]};
  }
  const char* const field = plan.kind == stage ? "stage_m" : "discharge_m3ps";
  if (plan.kind == stage || plan.kind == discharge) {
    plan.over_time = terms.series(table, field);
    if (plan.over_time.empty()) table.fail("", "the field '" + std::string(field) + "' is missing");
    if (plan.kind == discharge) refuse_below_0(table, field, plan.over_time);
  }
  if (plan.kind == slope) plan.slope = table.required_number("slope", 0, 1);
  table.finish();
  return plan;
}

/// Whether a line that holds water, or breaks, passes between two cells of a grid.
bool separates_cells(std::span<const LocalPoint> line, const flood::FloodGrids& grids) {
  for (std::size_t number = 0; number < grids.size(); ++number) {
    if (!flood::faces_across(line, grids.shape(number)).empty()) return true;
  }
  return false;
}

}  // namespace

void read_structures_and_edges(TomlReader& flood, const FileTerms& terms, FloodOptions& options) {
  for (TomlReader& table : flood.tables("structure")) {
    options.structures.push_back(read_structure(table, terms));
    const auto& plan = options.structures.back();
    if (std::ranges::count(options.structures, plan.name, &StructurePlan::name) > 1) {
      table.fail("name", "another structure is named '" + plan.name + "'");
    }
  }
  for (TomlReader& table : flood.tables("edge")) options.edges.push_back(read_edge(table, terms));
}

void read_flood_works(TomlReader& flood, const World& world, FloodOptions& options) {
  const FileTerms terms = scenario_terms(world);
  read_structures_and_edges(flood, terms, options);
  for (TomlReader& table : flood.tables("reservoir")) {
    options.reservoirs.push_back(read_reservoir(table, world, terms));
    const auto row = options.reservoirs.back().reservoir;
    if (std::ranges::count(options.reservoirs, row, &flood::ReservoirWorks::reservoir) > 1) {
      table.fail("urn", "another table is of this reservoir");
    }
  }
}

void check_flood_edits(const std::filesystem::path& path, std::span<const PlacedEdit> edits,
                       const std::optional<FloodOptions>& flood, const World& world) {
  std::optional<flood::FloodGrids> grids;
  for (const PlacedEdit& placed : edits) {
    const auto fail = [&](const std::string& reason) {
      throw FileError(path.string(), placed.line, reason);
    };
    const auto check_line = [&](std::span<const LocalPoint> line) {
      if (!flood) fail(std::string(name_of(placed.edit)) + " needs [flood]");
      if (!grids) grids.emplace(world, *flood);
      if (separates_cells(line, *grids)) return;
      fail(
          "field 'line': separates no cells of the flood grid: it lies off it, or within one cell");
    };
    if (const auto* edit = std::get_if<SetStructure>(&placed.edit)) {
      const bool there =
          flood && std::ranges::find(flood->structures, edit->structure, &StructurePlan::name) !=
                       flood->structures.end();
      if (there) continue;
      fail("field 'structure': no [[flood.structure]] is named '" + edit->structure + "'");
    } else if (const auto* gate = std::get_if<SetGate>(&placed.edit)) {
      const bool there = flood && std::ranges::any_of(flood->reservoirs, [&](const auto& works) {
                           return works.reservoir == gate->reservoir && !works.gates.empty();
                         });
      if (there) continue;
      fail("set_gate: no [[flood.reservoir]] gives gates of " +
           world.urn({Kind::reservoir, gate->reservoir}));
    } else if (const auto* barrier = std::get_if<AddBarrier>(&placed.edit)) {
      check_line(barrier->line);
    } else if (const auto* breach = std::get_if<StartBreach>(&placed.edit);
               breach != nullptr && !breach->line.empty()) {
      check_line(breach->line);
    }
  }
}

}  // namespace kontwin
