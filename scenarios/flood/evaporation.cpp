#include "scenarios/flood/evaporation.hpp"

namespace kontwin::flood {

namespace {

constexpr double portion_m = 1e-5;

}  // namespace

void Evaporation::take(double seconds, ShallowWaterSolver& solver) {
  if (mps_ <= 0) return;
  owed_m_ += mps_ * seconds;
  if (owed_m_ < portion_m) return;
  std::vector<float> depth_m(solver.first_cell(solver.grids()));
  solver.copy_depths(depth_m);
  const double before_m3 = solver.set_m3();
  for (std::size_t cell = 0; cell < depth_m.size(); ++cell) {
    if (depth_m[cell] > 0 && !solver.covered(cell)) solver.change_depth(cell, -owed_m_);
  }
  taken_m3_ += before_m3 - solver.set_m3();
  owed_m_ = 0;
}

}  // namespace kontwin::flood
