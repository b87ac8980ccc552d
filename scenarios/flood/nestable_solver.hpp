#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "scenarios/flood/edge_condition.hpp"
#include "scenarios/flood/shallow_water_solver.hpp"

namespace kontwin::flood {

/// What one grid sees of a cell of another.
struct CellState {
  double depth_m = 0, ground_m = 0;
  double east_mps = 0, north_mps = 0;
  double friction = 0;  ///< g n²

  double surface_m() const { return ground_m + depth_m; }
};

/// A face at the edge of an inset with a coarser grid (or one as fine) beyond it.
struct Gate {
  GridSide side = GridSide::west;
  std::size_t cell = 0;  ///< inside
  int ratio = 1;         ///< so many times as long are the cells beyond
  /// By the Riemann problem even where the inset's scheme has none: momentum is wanted beyond.
  bool by_riemann = false;
  double wall_top_m = -std::numeric_limits<double>::infinity();

  // Set before each `advance`: the cells beyond, the nearer one at the gate's own place along the
  // edge; and the most water that may come in over the gate.
  CellState near = {}, far = {};
  double far_q_m2ps = 0;  ///< over the far side of the nearer one, towards rising columns or rows
  std::int64_t most_in_units = 0;
  // Added to by `advance`: what went out, below 0 what came in, and the momentum that the cell
  // beyond gained by it beside that of its own pressure, m²/s over a cell of the inset.
  std::int64_t out_units = 0;
  double along_m2ps = 0, across_m2ps = 0;
};

/// The first two cells beyond a gate in cells as long as the inset's, between the inset's own and
/// those beyond by their places; where either is dry, the cell beyond as it is.
struct Ghosts {
  CellState first, second;
};
Ghosts ghosts_beyond(const Gate& gate, const CellState& inside, double dry_depth_m);

/// A face between a cell and one that an inset lies on: what flows over it is told.
struct Joint {
  GridSide side = GridSide::west;  ///< of `cell`
  std::size_t cell = 0;
  std::size_t beyond = 0;     ///< the cell under the inset
  double beyond_depth_m = 0;  ///< the deepest water of the inset there
  // Set before FlowExchange::flow: the most that may go out in the step.
  std::int64_t most_out_units = 0;
  // Set by it: water that comes in by the step, below 0 what goes out, and the momentum that the
  // cell gains beside that of its own pressure, m²/s over the cell.
  std::int64_t in_units = 0;
  double along_m2ps = 0, across_m2ps = 0;
};

/// What a grid with insets asks for in each of its steps.
class FlowExchange {
 public:
  virtual ~FlowExchange() = default;
  /// Before a step is chosen: shows what is beyond the joints.
  virtual void look() = 0;
  /// Lets the insets flow for a step and tells what passed over the joints.
  virtual void flow(double seconds) = 0;
};

/// A solver that can be an inset of another, or have insets (nested_water.hpp). Without either this
/// costs nothing.
class NestableSolver : public ShallowWaterSolver {
 public:
  /// Of the depth units of gates and joints.
  virtual double depth_units_per_m() const = 0;
  /// Whether it carries momentum from cell to cell.
  virtual bool carries_momentum() const = 0;
  virtual CellState state(std::size_t cell) const = 0;
  /// The same for who asks for no velocities, which may be left out.
  virtual CellState level(std::size_t cell) const { return state(cell); }
  /// Over a cell's face where the scheme has it there, else of the cell, along the face's normal.
  virtual double discharge_m2ps(std::size_t cell, GridSide side) const = 0;
  /// Shows water in a cell beyond a joint; it counts for nothing.
  virtual void show_beyond(std::size_t cell, const CellState& state) = 0;
  /// Largest |u| + |v| + 2 c of the waves on the grid, c their speed in still water.
  virtual double fastest_wave_mps() = 0;

  /// Opens faces at the grid's edge: no other condition holds there any more. Called once.
  void open_gates(std::vector<Gate> gates) {
    gates_ = std::move(gates);
    connect();
  }
  /// Hands over faces inside the grid. Called once.
  void join(std::vector<Joint> joints) {
    joints_ = std::move(joints);
    connect();
  }
  /// Whom to ask for what passes over joints, until the next call; must outlive it.
  void ask(FlowExchange* exchange) { exchange_ = exchange; }
  std::span<Gate> gates() { return gates_; }
  std::span<Joint> joints() { return joints_; }
  /// Steps must be short enough for waves as fast beyond the joints.
  void expect_waves(double mps) { beyond_mps_ = mps; }
  /// A copy that notes no peaks and asks nobody.
  virtual std::unique_ptr<NestableSolver> copy() const = 0;
  std::unique_ptr<ShallowWaterSolver> clone() const final { return copy(); }

 protected:
  bool has_gate(std::size_t cell, GridSide side) const {
    return std::ranges::any_of(
        gates_, [&](const Gate& gate) { return gate.cell == cell && gate.side == side; });
  }
  /// Gates or joints are there now.
  virtual void connect() = 0;

  std::vector<Gate> gates_;
  std::vector<Joint> joints_;
  FlowExchange* exchange_ = nullptr;
  double beyond_mps_ = 0;
};

/// Whether a side's face lies behind its cell, towards rising columns or rows.
constexpr bool is_high(GridSide side) { return side == GridSide::east || side == GridSide::north; }
constexpr bool is_along_x(GridSide side) {
  return side == GridSide::west || side == GridSide::east;
}

}  // namespace kontwin::flood
