#pragma once

#include <vector>

#include "io/flood/flood_case.hpp"
#include "io/flood/flood_case_run.hpp"
#include "scenarios/flood/flood_grids.hpp"
#include "scenarios/flood/nestable_solver.hpp"

// How a case meets the water of the flood engine.
namespace kontwin::flood {

/// The case's options with the water it begins with, cell by cell.
FloodOptions with_initial_water(const FloodCase& flood_case, const World& world);

/// The cells behind walls, as the grids number them.
std::vector<std::size_t> outside_cells(const FloodCase& flood_case, const FloodGrids& grids);

/// Builds the walls of a case on the grid of the case, which has no insets.
void build_walls(const FloodCase& flood_case, ShallowWaterSolver& water);

/// The inflows of a case, as sources of its water. `flood_case` must outlive it.
class CaseSources {
 public:
  CaseSources(const FloodCase& flood_case, ShallowWaterSolver& water);
  /// To their means over a window.
  void set(Instant from, Instant to, ShallowWaterSolver& water) const;

 private:
  const FloodCase& case_;
  std::vector<std::size_t> sources_;
};

/// The points and sections of a case, each on the finest grid there.
class CaseGauges {
 public:
  CaseGauges(const FloodCase& flood_case, ShallowWaterSolver& water);
  /// Adds what is seen now.
  void read(ShallowWaterSolver& water, CaseSeries& series) const;

 private:
  struct Place {
    std::size_t grid = 0, cell = 0;
  };
  struct Face {
    std::size_t grid = 0, cell = 0, before = 0;
    bool along_x = true;
    double sign = 1;  // of a flow towards rising columns or rows
  };
  GridTurn turn_;
  std::vector<Place> points_;
  std::vector<std::vector<Face>> sections_;
};

}  // namespace kontwin::flood
