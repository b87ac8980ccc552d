#include "scenarios/flood/structures.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/flood/inertial_kernels.hpp"
#include "scenarios/time_series.hpp"
#include "twin/place_error.hpp"

namespace kontwin::flood {

namespace {

/// The share of what stands over the sill that passes at once.
constexpr double at_once = 0.5;
/// Of the time in which a wave crosses an end's cell: about a step of the water there, so that what
/// passes acts on it as if it flowed over a face of the grid.
double share_of_crossing(FloodScheme scheme) {
  return scheme == FloodScheme::inertial ? 0.5 : 0.25;
}
constexpr double shortest_step_s = 0.1;
constexpr double most_step_s = 10;
/// Water shallower than this is not there for a structure.
constexpr double wet_m = 1e-3;

double cell_m2(const ShallowWaterSolver& solver) {
  return solver.shape().cell_m * solver.shape().cell_m;
}

/// The lowest level that water leaves an end at.
double sill_at(const StructurePlan& plan, bool from) {
  if (plan.kind == StructurePlan::Kind::culvert) {
    return from ? plan.culvert.inlet_invert_m : plan.culvert.outlet_invert_m;
  }
  const bool has_sill =
      plan.kind != StructurePlan::Kind::pump && plan.kind != StructurePlan::Kind::drain;
  return has_sill ? plan.sill_m : -std::numeric_limits<double>::infinity();
}

/// A sill or an invert far under the ground is one above another datum.
void check_datum(const StructurePlan& plan, double from_m, double to_m) {
  constexpr double deepest_m = 20;
  constexpr double no_sill_m = -9000;  // under all ground there is
  const auto check = [&](double level_m, double ground_m, const char* field) {
    if (!(level_m < ground_m - deepest_m) || level_m < no_sill_m) return;
    throw ScenarioError("flood.structure '" + plan.name + "': " + field + " of " +
                        std::to_string(level_m) + " m lies " + std::to_string(ground_m - level_m) +
                        " m under the ground there, which is " + std::to_string(ground_m) +
                        " m: check its datum");
  };
  using enum StructurePlan::Kind;
  if (plan.kind == culvert) {
    check(plan.culvert.inlet_invert_m, from_m, "inlet_invert_m");
    check(plan.culvert.outlet_invert_m, to_m, "outlet_invert_m");
  } else if (plan.kind != pump && plan.kind != drain) {
    check(plan.sill_m, std::min(from_m, to_m), "sill_m");
  }
}

}  // namespace

/// What stands at one end.
struct Structures::Water {
  double level_m = 0;       ///< mean of the wet cells; the ground where all are dry
  double depth_m = 0;       ///< the same
  double over_sill_m3 = 0;  ///< what stands over the sill
  double area_m2 = 0;       ///< of the cells that a change of level would take
};

Structures::Structures(const std::vector<StructurePlan>& plans, const ShallowWaterSolver& solver,
                       FloodScheme scheme)
    : of_crossing_(share_of_crossing(scheme)) {
  for (const StructurePlan& plan : plans) {
    if (std::ranges::any_of(works_,
                            [&](const Work& work) { return work.plan.name == plan.name; })) {
      throw ScenarioError("flood.structure '" + plan.name + "': another one has this name");
    }
    check_series(plan.open, "flood.structure '" + plan.name + "': open");
    if (std::ranges::any_of(plan.open.value, [](double share) { return share > 1; })) {
      throw ScenarioError("flood.structure '" + plan.name + "': open is a share from 0 to 1");
    }
    Work work{.plan = plan, .from = {}, .to = {}};
    const auto place_end = [&](End& end, LocalPoint place, const char* name) {
      end.cells = cells_at(plan, place, name, solver);
      end.ground_m = solver.ground_m(end.cells.front());
      for (const std::size_t cell : end.cells) {
        end.ground_m = std::min(end.ground_m, solver.ground_m(cell));
      }
    };
    place_end(work.from, plan.from, "from");
    if (plan.to) {
      place_end(work.to, *plan.to, "to");
      if (std::ranges::find_first_of(work.from.cells, work.to.cells) != work.from.cells.end()) {
        throw ScenarioError("flood.structure '" + plan.name +
                            "': 'from' and 'to' lie in the same cell of the flood grid");
      }
    }
    if (std::isnan(plan.sill_m)) {
      work.plan.sill_m = std::max(work.from.ground_m, plan.to ? work.to.ground_m : -1e9);
    }
    Culvert& culvert = work.plan.culvert;
    if (std::isnan(culvert.inlet_invert_m)) culvert.inlet_invert_m = work.from.ground_m;
    if (std::isnan(culvert.outlet_invert_m)) culvert.outlet_invert_m = work.to.ground_m;
    check_datum(work.plan, work.from.ground_m, plan.to ? work.to.ground_m : work.from.ground_m);
    // What gains speed in an opening is as long as a cell at least, as from cell to cell.
    work.inert_m = solver.shape().cell_m;
    if (plan.kind == StructurePlan::Kind::culvert) {
      work.inert_m = std::max(work.inert_m, culvert.length_m);
    }
    works_.push_back(std::move(work));
  }
}

std::vector<std::size_t> Structures::cells_at(const StructurePlan& plan, LocalPoint place,
                                              const char* end,
                                              const ShallowWaterSolver& solver) const {
  const GridShape& grid = solver.shape();
  if (!grid.contains(place)) {
    throw PlaceError("flood.structure '" + plan.name + "': '" + end + "'", place,
                     "that is outside the flood grid");
  }
  std::vector<std::size_t> cells{grid.cell_of(place)};
  if (!plan.to || plan.width_m <= grid.cell_m) return cells;
  const double away_m = distance_m(plan.from, *plan.to);
  if (away_m <= 0) return cells;
  const LocalPoint across{-(plan.to->y_m - plan.from.y_m) / away_m,
                          (plan.to->x_m - plan.from.x_m) / away_m};
  const auto steps = static_cast<int>(std::floor((plan.width_m - grid.cell_m) / grid.cell_m + 0.5));
  for (int i = 0; i <= 2 * steps; ++i) {
    const double along_m = (i - steps) * grid.cell_m / 2;
    const LocalPoint at{place.x_m + along_m * across.x_m, place.y_m + along_m * across.y_m};
    if (grid.contains(at)) cells.push_back(grid.cell_of(at));
  }
  std::ranges::sort(cells);
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  return cells;
}

void Structures::set_open(std::string_view name, double share) {
  const auto found = std::ranges::find(
      works_, name, [](const Work& work) { return std::string_view(work.plan.name); });
  if (found == works_.end()) {
    std::string known;
    for (const Work& work : works_) known += (known.empty() ? "'" : ", '") + work.plan.name + "'";
    throw ScenarioError("set_structure: there is no structure '" + std::string(name) +
                        "' in this flood, only: " + (known.empty() ? "none" : known));
  }
  if (share < 0 || share > 1) {
    throw ScenarioError("set_structure: " + std::to_string(share) + " is not a share from 0 to 1");
  }
  found->ordered = share;
}

void Structures::keep_schedule(Instant now) {
  for (Work& work : works_) {
    const double planned = work.plan.open.empty() ? 1 : work.plan.open.value_at(now);
    work.open = std::isnan(work.ordered) ? planned : work.ordered;
  }
}

double Structures::longest_step_s(const ShallowWaterSolver& solver) const {
  double longest_s = most_step_s;
  for (const Work& work : works_) {
    for (const End* end : {&work.from, &work.to}) {
      for (const std::size_t cell : end->cells) {
        const double depth_m = std::max(solver.depth_m(cell), 0.05);
        const double crossing_s = solver.shape().cell_m / std::sqrt(gravity_mps2 * depth_m);
        longest_s = std::min(longest_s, of_crossing_ * crossing_s);
      }
    }
  }
  return std::max(longest_s, shortest_step_s);
}

Structures::Water Structures::water_at(const End& end, double sill_m,
                                       const ShallowWaterSolver& solver) {
  Water water;
  std::size_t wet = 0;
  for (const std::size_t cell : end.cells) {
    const double depth_m = solver.depth_m(cell);
    const double level_m = solver.ground_m(cell) + depth_m;
    water.over_sill_m3 += std::clamp(level_m - sill_m, 0.0, depth_m) * cell_m2(solver);
    if (depth_m < wet_m) continue;
    ++wet;
    water.level_m += level_m;
    water.depth_m += depth_m;
  }
  water.area_m2 = static_cast<double>(std::max<std::size_t>(wet, 1)) * cell_m2(solver);
  if (wet == 0) {
    water.level_m = end.ground_m;
  } else {
    water.level_m /= static_cast<double>(wet);
    water.depth_m /= static_cast<double>(wet);
  }
  return water;
}

double Structures::wanted_m3ps_now(Work& work, const Water& from, const Water& to, double seconds) {
  const StructurePlan& plan = work.plan;
  using enum StructurePlan::Kind;
  if (plan.kind == pump) {
    if (from.level_m >= plan.start_level_m) work.pumps = true;
    if (from.level_m <= plan.stop_level_m) work.pumps = false;
    return work.pumps ? work.open * plan.capacity_m3ps : 0;
  }
  if (plan.kind == drain) {
    // A sewer that is surcharged from its lower end takes nothing.
    if (plan.to && to.level_m >= from.level_m) return 0;
    return work.open *
           std::min(plan.capacity_m3ps, grate_m3ps(plan.perimeter_m, plan.area_m2, from.depth_m));
  }
  return opening_m3ps_now(work, from, to, seconds);
}

double Structures::opening_m3ps_now(const Work& work, const Water& from, const Water& to,
                                    double seconds) {
  const StructurePlan& plan = work.plan;
  const bool back = to.level_m > from.level_m;
  if (back && plan.one_way) return 0;
  const double high_m = std::max(from.level_m, to.level_m);
  const double low_m = std::min(from.level_m, to.level_m);
  Opening opening;
  if (plan.kind == StructurePlan::Kind::culvert) {
    opening = {culvert_m3ps(plan.culvert, back, high_m, low_m),
               culvert_area_m2(plan.culvert, back, high_m)};
  } else {
    const double open = plan.kind == StructurePlan::Kind::gate ? work.open : 1;
    const double height_m = open * plan.height_m;
    opening = {opening_m3ps(plan.width_m, height_m, plan.weir_coefficient, plan.orifice_coefficient,
                            high_m - plan.sill_m, low_m - plan.sill_m),
               plan.width_m * std::clamp(high_m - plan.sill_m, 0.0, height_m)};
  }
  if (plan.kind != StructurePlan::Kind::gate) {
    opening.steady_m3ps *= work.open;
    opening.area_m2 *= work.open;
  }
  opening.length_m = work.inert_m;
  double flow_m3ps = inert_m3ps(opening, from.level_m - to.level_m, work.passed_m3ps, seconds);
  if (plan.one_way) flow_m3ps = std::max(flow_m3ps, 0.0);
  const double most_m3ps =
      at_once * (flow_m3ps < 0 ? to.over_sill_m3 : from.over_sill_m3) / seconds;
  return std::clamp(flow_m3ps, -most_m3ps, most_m3ps);
}

double Structures::take(const End& end, double sill_m, double volume_m3, double there_m3,
                        ShallowWaterSolver& solver) {
  if (!(there_m3 > 0)) return 0;
  double taken_m = 0;
  for (const std::size_t cell : end.cells) {
    const double before_m = solver.depth_m(cell);
    const double over_m = std::clamp(solver.ground_m(cell) + before_m - sill_m, 0.0, before_m);
    solver.change_depth(cell, -over_m * std::min(volume_m3 / there_m3, 1.0));
    taken_m += before_m - solver.depth_m(cell);
  }
  return taken_m * cell_m2(solver);
}

void Structures::give(End& end, double volume_m3, ShallowWaterSolver& solver) {
  const double metres =
      (volume_m3 + end.held_m3) / cell_m2(solver) / static_cast<double>(end.cells.size());
  double given_m = 0;
  for (const std::size_t cell : end.cells) {
    const double before_m = solver.depth_m(cell);
    solver.change_depth(cell, metres);
    given_m += solver.depth_m(cell) - before_m;
  }
  end.held_m3 += volume_m3 - given_m * cell_m2(solver);
}

void Structures::look(double seconds, const ShallowWaterSolver& solver) {
  for (Work& work : works_) {
    const Water from = water_at(work.from, sill_at(work.plan, true), solver);
    const Water to = work.plan.to ? water_at(work.to, sill_at(work.plan, false), solver) : Water{};
    work.wanted_m3ps = wanted_m3ps_now(work, from, to, seconds);
  }
}

void Structures::pass(double seconds, ShallowWaterSolver& solver) {
  for (Work& work : works_) {
    const bool back = work.wanted_m3ps < 0;
    End& giving = back ? work.to : work.from;
    const double sill_m = sill_at(work.plan, !back);
    double passed_m3 = 0;
    if (work.wanted_m3ps != 0) {
      passed_m3 = take(giving, sill_m, std::abs(work.wanted_m3ps) * seconds,
                       water_at(giving, sill_m, solver).over_sill_m3, solver);
    }
    work.passed_m3ps = (back ? -passed_m3 : passed_m3) / seconds;
    work.most_m3ps = std::max(work.most_m3ps, passed_m3 / seconds);
    work.sum_m3 += passed_m3;
    if (!work.plan.to) {
      left_m3_ += passed_m3;
    } else if (passed_m3 > 0) {
      give(back ? work.from : work.to, passed_m3, solver);
    }
  }
}

double Structures::held_m3() const {
  double held_m3 = 0;
  for (const Work& work : works_) held_m3 += work.from.held_m3 + work.to.held_m3;
  return held_m3;
}

void Structures::count_from_here() {
  for (Work& work : works_) work.most_m3ps = work.sum_m3 = 0;
}

void Structures::add_kpis(KpiList& kpis) const {
  for (const Work& work : works_) {
    const std::string& name = work.plan.name;
    kpis.push_back({"structure_peak_" + name, "Lưu lượng lớn nhất, " + name,
                    "Peak discharge, " + name, "m³/s", work.most_m3ps, Kpi::Better::neither});
    kpis.push_back({"structure_volume_" + name, "Lượng nước đi qua, " + name,
                    "Water that passed, " + name, "m³", work.sum_m3, Kpi::Better::neither});
  }
}

}  // namespace kontwin::flood
