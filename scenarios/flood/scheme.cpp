#include "scenarios/flood/scheme.hpp"

#include <string>
#include <vector>

#include "scenarios/flood/finite_volume_solver.hpp"
#include "scenarios/flood/inertial_solver.hpp"
#include "scenarios/flood/nested_water.hpp"

namespace kontwin::flood {

namespace {

template <typename Real>
std::unique_ptr<NestableSolver> finite_volumes(const TerrainGrid& grid, const FloodOptions& options,
                                               ComputeArena& arena) {
  const typename FiniteVolumeSolver<Real>::Settings settings{.courant = options.courant,
                                                             .order = options.order,
                                                             .dry_depth_m = options.dry_depth_m,
                                                             .closed_edges = options.closed_edges};
  return std::make_unique<FiniteVolumeSolver<Real>>(grid, settings, arena);
}

}  // namespace

std::unique_ptr<NestableSolver> make_solver(const TerrainGrid& grid, const FloodOptions& options,
                                            ComputeArena& arena) {
  if (options.scheme == FloodScheme::finite_volume) {
    return options.double_precision ? finite_volumes<double>(grid, options, arena)
                                    : finite_volumes<float>(grid, options, arena);
  }
  const InertialSolver::Settings settings{.courant = options.courant,
                                          .theta = options.theta,
                                          .dry_depth_m = options.dry_depth_m,
                                          .closed_edges = options.closed_edges};
  return std::make_unique<InertialSolver>(grid, settings, arena);
}

std::unique_ptr<ShallowWaterSolver> make_solver(const FloodGrids& grids,
                                                const FloodOptions& options, ComputeArena& arena) {
  auto outer = make_solver(grids.grid(0), options, arena);
  if (options.insets.empty()) return outer;
  std::vector<std::unique_ptr<NestableSolver>> insets;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < options.insets.size(); ++i) {
    FloodOptions its = options;
    its.scheme = options.insets[i].scheme;
    its.order = options.insets[i].order;
    insets.push_back(make_solver(grids.grid(i + 1), its, arena));
    names.push_back(grids.grid(i + 1).name);
  }
  return std::make_unique<NestedWater>(std::move(outer), std::move(insets), names);
}

}  // namespace kontwin::flood
