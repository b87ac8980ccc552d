#pragma once

#include <string_view>
#include <vector>

#include "scenarios/flood/flood_options.hpp"
#include "scenarios/flood/shallow_water_solver.hpp"
#include "scenarios/flood/structure_plan.hpp"
#include "twin/kpi.hpp"

namespace kontwin::flood {

/// Weirs, gates, bridges, culverts, pumps and drains of a grid: they take water from cells at one
/// end and put as much into those at the other, by the formulas of structure_flow.hpp. Between what
/// stands at the two ends, not through what lies between: an embankment that a culvert passes has
/// to be there, as ground or as a barrier. Copies go on by themselves. No water is lost: what does
/// not make a whole depth unit in each cell is held until it does.
class Structures {
 public:
  Structures() = default;
  /// Throws ScenarioError, naming the structure, for an end outside the grid, two ends in one cell,
  /// two structures of one name, or a schedule out of range.
  Structures(const std::vector<StructurePlan>& plans, const ShallowWaterSolver& solver,
             FloodScheme scheme);

  bool empty() const { return works_.empty(); }
  /// The share that is open from now on, 0 to 1: of a gate its height, of others what they would
  /// pass. NaN gives it back to its schedule. Throws ScenarioError for an unknown name.
  void set_open(std::string_view name, double share);
  /// Opens and closes what has a schedule.
  void keep_schedule(Instant now);
  /// For how long what passes now may be taken to pass.
  double longest_step_s(const ShallowWaterSolver& solver) const;
  /// By the water as it is: what shall pass in the step that comes. Told before the water takes
  /// that step and passed after it, levels and flow follow each other as in the water itself, and
  /// no wave grows between them.
  void look(double seconds, const ShallowWaterSolver& solver);
  /// Lets pass what was told, for as long.
  void pass(double seconds, ShallowWaterSolver& solver);

  /// What passed in the last step, m³/s, below 0 where it flowed back; in the order of the plans.
  double discharge_m3ps(std::size_t structure) const { return works_[structure].passed_m3ps; }
  std::string_view name(std::size_t structure) const { return works_[structure].plan.name; }
  std::size_t size() const { return works_.size(); }
  /// From now on the most that passed, and how much, are counted.
  void count_from_here();
  /// `structure_peak_<name>` (m³/s) and `structure_volume_<name>` (m³, back and forth).
  void add_kpis(KpiList& kpis) const;
  /// Cubic metres that left the grid, and that are held.
  double left_m3() const { return left_m3_; }
  double held_m3() const;

 private:
  struct End {
    std::vector<std::size_t> cells;
    double ground_m = 0;  ///< the lowest
    double held_m3 = 0;
  };
  struct Work {
    StructurePlan plan;
    End from, to;
    double open = 1, ordered = StructurePlan::of_ground;  ///< NaN: no order
    double inert_m = 0;                                   ///< along which water gains speed
    bool pumps = false;
    double wanted_m3ps = 0, passed_m3ps = 0;  // in a step, below 0 back
    double most_m3ps = 0, sum_m3 = 0;         // since count_from_here
  };
  struct Water;

  std::vector<std::size_t> cells_at(const StructurePlan& plan, LocalPoint place, const char* end,
                                    const ShallowWaterSolver& solver) const;
  static Water water_at(const End& end, double sill_m, const ShallowWaterSolver& solver);
  static double wanted_m3ps_now(Work& work, const Water& from, const Water& to, double seconds);
  static double opening_m3ps_now(const Work& work, const Water& from, const Water& to,
                                 double seconds);
  static double take(const End& end, double sill_m, double volume_m3, double there_m3,
                     ShallowWaterSolver& solver);
  static void give(End& end, double volume_m3, ShallowWaterSolver& solver);

  std::vector<Work> works_;
  double of_crossing_ = 1;
  double left_m3_ = 0;
};

}  // namespace kontwin::flood
