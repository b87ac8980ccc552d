#include "scenarios/flood/scheme.hpp"

#include "scenarios/flood/finite_volume_solver.hpp"
#include "scenarios/flood/inertial_solver.hpp"

namespace kontwin::flood {

std::unique_ptr<ShallowWaterSolver> make_solver(const TerrainGrid& grid,
                                                const FloodOptions& options, ComputeArena& arena) {
  if (options.scheme == FloodScheme::finite_volume) {
    const FiniteVolumeSolver<float>::Settings settings{.courant = options.courant,
                                                       .order = options.order,
                                                       .dry_depth_m = options.dry_depth_m,
                                                       .closed_edges = options.closed_edges};
    return std::make_unique<FiniteVolumeSolver<float>>(grid, settings, arena);
  }
  const InertialSolver::Settings settings{.courant = options.courant,
                                          .theta = options.theta,
                                          .dry_depth_m = options.dry_depth_m,
                                          .closed_edges = options.closed_edges};
  return std::make_unique<InertialSolver>(grid, settings, arena);
}

}  // namespace kontwin::flood
