#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/flood/finite_volume_blocks.hpp"
#include "scenarios/flood/finite_volume_edges.hpp"
#include "scenarios/flood/finite_volume_field.hpp"
#include "scenarios/flood/finite_volume_inputs.hpp"
#include "scenarios/flood/nestable_solver.hpp"
#include "twin/terrain.hpp"

namespace kontwin::flood {

/// The full shallow water equations on a square grid by a finite volume scheme: HLLC fluxes,
/// hydrostatic reconstruction, Manning friction at the end of the step; of second order in space
/// and time (MUSCL-Hancock) or of first (Godunov). `Real` is float for production and double for
/// reference.
///
/// A lake at rest stays at rest. Water is conserved to the last bit (see DepthCount) and no cell
/// goes below 0: a face gives no more than its cell has (see most_from). All tiles take the same
/// step; tiles that are dry or still cost nothing. Results do not depend on the number of threads.
template <typename Real>
class FiniteVolumeSolver final : public NestableSolver {
 public:
  struct Settings {
    /// Of the sum of the Courant numbers along x and y, 0 to 1; the scheme is stable up to 1.
    double courant = 0.8;
    int order = 2;  ///< 1 or 2
    double dry_depth_m = 1e-5;
    /// Water this slow that moves no whole unit is at rest; below 0, tiles never come to rest.
    double still_mps = 1e-5;
    bool closed_edges = false;
  };

  /// An empty grid. Throws ScenarioError when a height or roughness is not a number, and for
  /// settings out of range.
  FiniteVolumeSolver(const TerrainGrid& terrain, const Settings& settings, ComputeArena& arena);

  const GridShape& shape() const override { return field_.shape; }
  const Tiling& tiling() const override { return tiling_; }
  double ground_m(std::size_t cell) const override {
    return static_cast<double>(field_.ground[field_.inner(cell)]);
  }
  double depth_m(std::size_t cell) const override {
    return static_cast<double>(field_.depth[field_.inner(cell)]) / DepthCount<Real>::per_m;
  }
  double east_mps(std::size_t cell) const {
    return static_cast<double>(field_.u[field_.inner(cell)]);
  }
  double north_mps(std::size_t cell) const {
    return static_cast<double>(field_.v[field_.inner(cell)]);
  }
  void copy_depths(std::span<float> depth_m) const override;
  void copy_velocities(std::span<float> east_mps, std::span<float> north_mps) const override;
  void set_depth(std::size_t cell, double depth_m) override;
  void change_depth(std::size_t cell, double change_m) override;
  void set_roughness_factor(double factor) override;
  std::unique_ptr<NestableSolver> copy() const override {
    auto copy = std::make_unique<FiniteVolumeSolver>(*this);
    copy->record_peaks(nullptr);
    copy->ask(nullptr);
    return copy;
  }
  double depth_units_per_m() const override { return DepthCount<Real>::per_m; }
  bool carries_momentum() const override { return true; }
  CellState state(std::size_t cell) const override;
  double discharge_m2ps(std::size_t cell, GridSide side) const override {
    return depth_m(cell) * (is_along_x(side) ? east_mps(cell) : north_mps(cell));
  }
  void show_beyond(std::size_t cell, const CellState& state) override;
  double fastest_wave_mps() override;
  bool record_peaks(PeakMaps* peaks) override;
  /// Sets the water of a cell in motion; where it is dry, to no effect.
  void set_velocity(std::size_t cell, double east_mps, double north_mps);
  std::size_t add_source(std::span<const std::size_t> cells) override;
  void set_discharge(std::size_t source, double discharge_m3ps) override;
  void set_rain_zones(std::size_t zones, std::vector<std::uint32_t> zone_of_tile) override;
  void set_rain(std::size_t zone, double rain_mps) override;
  void keep_rain_off(std::span<const std::size_t> cells) override;
  std::size_t add_trickle(std::size_t cell) override;
  void set_trickle(std::size_t trickle, double discharge_m3ps) override;
  void wall_at_left(std::size_t cell, double top_m) override;
  void wall_below(std::size_t cell, double top_m) override;
  void change_wall_at_left(std::size_t cell, double top_m) override;
  void change_wall_below(std::size_t cell, double top_m) override;
  double wall_at_left_m(std::size_t cell) const override { return wall_top_m(cell, true); }
  double wall_below_m(std::size_t cell) const override { return wall_top_m(cell, false); }
  void set_ground(std::size_t cell, double ground_m) override;
  /// Of all sides of the cell at the grid's edge.
  void set_edge_slope(std::size_t cell, double slope) override;
  void set_edge(std::size_t cell, GridSide side, const EdgeCondition& condition) override;
  /// Throws ScenarioError, naming cell and moment, when water gets deeper than 100 m or a velocity
  /// is not a number or faster than anything that flows.
  void advance(double seconds) override;

  double volume_m3() const override;
  double set_m3() const override { return cubic_metres(set_.in_metres()); }
  double rain_m3() const override { return cubic_metres(inputs_.rained().in_metres()); }
  double source_m3() const override;
  double edge_m3() const override;
  double carried_m3() const override;
  /// Each cell of an active tile once a step, whatever the order.
  std::uint64_t cell_updates() const override { return cell_updates_; }
  std::uint64_t steps() const { return steps_; }

 private:
  using Units = UnitsOf<Real>;
  struct Wall {
    std::size_t column = 0, row = 0;
    Real top_m = 0;
    bool at_left = true;
  };
  struct EdgeCells {
    std::size_t cell, further, rim;  // inner indices; further in, and beyond the edge
  };
  struct Scratch;  // what a block needs while it is computed

  std::size_t tile_of(std::size_t cell) const {
    return tiling_.tile_of(cell % field_.shape.columns, cell / field_.shape.columns);
  }
  double cubic_metres(double metres) const {
    return metres * field_.shape.cell_m * field_.shape.cell_m;
  }
  void open_edges();
  EdgeCells edge_cells(GridSide side, std::size_t column, std::size_t row) const;
  enum class WallWork : std::uint8_t { raise, change };
  void set_wall(const Wall& wall, WallWork work);
  double wall_top_m(std::size_t cell, bool at_left) const;
  Real ground_in_units(double height_m) const;
  EdgeCondition& edge(GridSide side, std::size_t column, std::size_t row);
  void wake(std::size_t tile);
  void measure(std::size_t tile);
  void choose_active();
  double longest_step_s() const;
  void step(double dt_s);
  void fill_rim(std::size_t tile);
  void look_beyond(GridSide side, std::size_t column, std::size_t row);
  void keep_asleep(std::size_t tile);
  void check(std::size_t tile) const;
  /// Of `count` tiles side by side.
  void note_peaks(std::size_t tile, std::size_t count = 1);
  void in_parts(std::size_t items, std::size_t a_part,
                const std::function<void(std::size_t)>& work);

  // finite_volume_interfaces.cpp: gates and joints.
  void connect() override;
  void put(std::size_t inner_cell, const CellState& state);
  void mark_interfaces();
  double beyond_wave_mps() const;
  void fill_gates();
  void meet_others(const FiniteVolumeStep<Real>& now, double seconds);
  void pass_gate(Gate& gate, std::ptrdiff_t at, FaceRow<Real>& faces);
  void pass_joints(const TileBlock& block, const Tiling::Cells& cells, std::size_t row,
                   bool left_faces, FaceRow<Real>& faces);

  void run_block(const TileBlock& block, const FiniteVolumeStep<Real>& now);
  void close_to_sleepers(const TileBlock& block, std::size_t row, bool left_faces, Scratch& my);
  void flux_over_walls(const TileBlock& block, std::size_t row, bool left_faces,
                       const FiniteVolumeStep<Real>& now, Scratch& my);
  void flux_over_edges(std::size_t row, bool left_faces, const FiniteVolumeStep<Real>& now,
                       Scratch& my);
  void flux_over_edge(GridSide side, std::size_t column, std::size_t row,
                      const FiniteVolumeStep<Real>& now, std::ptrdiff_t at, Scratch& my);
  void begin_tiles(const TileBlock& block, std::size_t first_tile, Scratch& my);
  void end_tiles(const TileBlock& block, std::size_t first_tile, const Scratch& my);
  const Units* rain_on_row(std::size_t first, std::size_t columns, Scratch& my);

  ComputeArena& arena_;
  Settings settings_;
  Tiling tiling_;
  FiniteVolumeField<Real> field_;
  FiniteVolumeInputs<Real> inputs_;
  std::array<std::vector<EdgeCondition>, 4> edges_;    // [side][row or column]
  std::array<std::vector<std::int32_t>, 4> gate_of_;   // [side][row or column], -1: none
  std::vector<std::vector<std::uint32_t>> joints_of_;  // [tile] of their own cells
  std::vector<std::vector<Wall>> walls_;               // [tile]
  std::vector<char> has_walls_;                        // [tile] on its own faces or the next tiles'
  std::vector<double> wave_mps_;                       // [tile] see NextRow
  std::vector<char> moving_;                           // [tile]
  std::vector<char> invited_;                          // [tile] water may come over the grid's edge
  std::vector<char> awake_, active_, was_active_;      // [tile]
  std::vector<TileBlock> blocks_;
  std::vector<UnitSum<Real>> out_, in_;  // [tile] over the grid's edge
  UnitSum<Real> set_;
  PeakMaps* peaks_ = nullptr;
  double recorded_s_ = 0;  // since record_peaks
  double roughness_factor_ = 1;
  std::uint64_t steps_ = 0, cell_updates_ = 0;
};

}  // namespace kontwin::flood
