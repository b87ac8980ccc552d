#include "scenarios/flood/shallow_water_solver.hpp"

#include <cmath>

namespace kontwin::flood {

void ShallowWaterSolver::copy_speeds(std::span<float> speed_mps) const {
  std::vector<float> north_mps(speed_mps.size());
  copy_velocities(speed_mps, north_mps);
  for (std::size_t cell = 0; cell < speed_mps.size(); ++cell) {
    speed_mps[cell] = std::hypot(speed_mps[cell], north_mps[cell]);
  }
}

}  // namespace kontwin::flood
