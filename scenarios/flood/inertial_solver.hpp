#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/flood/column_allocator.hpp"
#include "scenarios/flood/inertial_kernels.hpp"
#include "scenarios/flood/nestable_solver.hpp"
#include "scenarios/flood/tile_plan.hpp"
#include "twin/terrain.hpp"

namespace kontwin::flood {

/// The largest Courant number of the inertial scheme on a square grid. The fastest waves that a
/// grid carries, a checkerboard two cells long both ways, grow on still deep water beyond √(θ/2)
/// (von Neumann's analysis of the scheme of de Almeida et al. 2012 without friction, which damps
/// them); it is 5 % less, for waves that are high.
double stable_courant(double theta);

/// Shallow water on a square grid by the local inertial approximation (Bates, Horritt and Fewtrell
/// 2010): wetting and drying, rain, river inflow, free outflow at the edges, walls between cells.
///
/// Water is conserved to the last bit (see DepthUnits) and no cell goes below 0. Tiles without
/// flowing water cost nothing; tiles with shallow water take longer steps than those with deep
/// water. Results do not depend on the number of threads.
class InertialSolver final : public NestableSolver {
 public:
  struct Settings {
    double courant = 0.7;  ///< above 0; held to stable_courant(theta)
    double theta = 0.9;    ///< above 0 to 1, see FluxStep
    double dry_depth_m = 0.001;
    bool closed_edges = false;
  };

  /// An empty grid. Throws ScenarioError when a height or roughness is not a number.
  InertialSolver(const TerrainGrid& terrain, const Settings& settings, ComputeArena& arena);

  const GridShape& shape() const override { return shape_; }
  const Tiling& tiling() const override { return tiling_; }
  double ground_m(std::size_t cell) const override { return ground_m_[inner(cell)]; }
  double depth_m(std::size_t cell) const override { return depth_[inner(cell)] / units_per_m; }
  void copy_depths(std::span<float> depth_m) const override;
  void copy_velocities(std::span<float> east_mps, std::span<float> north_mps) const override;
  void copy_speeds(std::span<float> speed_mps) const override;
  void set_depth(std::size_t cell, double depth_m) override;
  void change_depth(std::size_t cell, double change_m) override;
  void set_roughness_factor(double factor) override;
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
  void set_edge_slope(std::size_t cell, double slope) override;
  void set_edge(std::size_t cell, GridSide side, const EdgeCondition& condition) override;
  bool set_edge_inside(std::size_t cell, GridSide side, const EdgeCondition& condition) override;
  bool record_peaks(PeakMaps* peaks) override;
  void advance(double seconds) override;
  std::unique_ptr<NestableSolver> copy() const override {
    auto copy = std::make_unique<InertialSolver>(*this);
    copy->record_peaks(nullptr);
    copy->ask(nullptr);
    return copy;
  }
  double depth_units_per_m() const override { return units_per_m; }
  bool carries_momentum() const override { return false; }
  CellState state(std::size_t cell) const override;
  CellState level(std::size_t cell) const override;
  double discharge_m2ps(std::size_t cell, GridSide side) const override;
  /// Nothing: no flux depends on what lies further off than its own two cells.
  void show_beyond(std::size_t /*cell*/, const CellState& /*state*/) override {}
  double fastest_wave_mps() override;

  double volume_m3() const override;
  double set_m3() const override { return cubic_metres(set_units_); }
  double rain_m3() const override { return cubic_metres(rain_units_); }
  double source_m3() const override;
  double edge_m3() const override;
  double carried_m3() const override;
  /// Each cell once for every step of its own level.
  std::uint64_t cell_updates() const override { return cell_updates_; }
  double deepest_m() const;

 private:
  struct Source {
    std::vector<std::size_t> cells;  // inner indices
    std::vector<std::size_t> tiles;
    double discharge_m3ps = 0;
    double carry_units = 0;  // what is too little yet for a whole unit in each cell
  };
  struct Trickle {
    std::size_t cell = 0;  // inner index
    std::size_t tile = 0;
    double units_ps = 0;
    double carry_units = 0;
  };
  struct Wall {
    std::size_t column = 0, row = 0;
    float top_m = 0;
    bool at_left = true;
  };
  struct Edge {
    std::size_t cell = 0;    // inner index
    std::size_t inside = 0;  // the cell further in
    GridSide side = GridSide::west;
    EdgeCondition condition = {};
    double out_m2ps = 0;     // what flows out over it, but for a discharge
    double carry_units = 0;  // of a discharge, too little yet for a whole unit
  };

  /// A gate or a joint: what passes is known before the step, in whole units, and is taken from the
  /// cell's water before its other faces have their share.
  struct Crossing {
    std::size_t cell = 0, face = 0, tile = 0;  // inner indices
    bool along_x = true, high = false;
    std::size_t next = 0;  // of the same cell, in a ring
    float most_share = 0;  // of the cell's water that may go out over it
    float q = 0;           // towards rising columns or rows, m²/s
    DepthUnits units = 0;  // into the cell
  };

  /// Rows of tiles begin where the longest vectors do.
  static constexpr std::size_t vector_floats = 16;
  template <typename T>
  using Column = std::vector<T, ColumnAllocator<T>>;

  // The arrays have a rim: one row below and above, `rim` columns at each side.
  static constexpr std::size_t rim = vector_floats;
  std::size_t tile_of(std::size_t cell) const {
    return tiling_.tile_of(cell % shape_.columns, cell / shape_.columns);
  }
  std::size_t inner(std::size_t column, std::size_t row) const {
    return (row + 1) * stride_ + rim + column;
  }
  std::size_t inner(std::size_t cell) const {
    return inner(cell % shape_.columns, cell / shape_.columns);
  }
  double cubic_metres(std::int64_t units) const {
    return static_cast<double>(units) / units_per_m * shape_.cell_m * shape_.cell_m;
  }
  // inertial_interfaces.cpp: gates and joints.
  void connect() override;
  void mark_interfaces();
  std::vector<double> depths_to_plan_for() const;
  double beyond_step_s() const;
  void flow_over_interfaces(double dt_s);
  void flow_over_gate(Gate& gate, Crossing& crossing, const FluxStep& now);
  void ask_for_joints(double dt_s);
  void share_beside_crossings(float scale);
  void pass_crossings();

  void add_edges();
  enum class WallWork : std::uint8_t { raise, change };
  void set_wall(const Wall& wall, WallWork work);
  double wall_top_m(std::size_t cell, bool at_left) const;
  Edge& edge_at(std::size_t cell, GridSide side);
  void touch(std::size_t cell);
  void mark_fed();
  double running_out_m2ps(const Edge& edge) const;
  void push_over_edges(std::size_t tile, double dt_s);
  void push_over_stage(Edge& edge, double dt_s) const;
  void rain_for(double seconds);
  void feed_for(double seconds);
  void measure_tiles();
  [[noreturn]] void refuse_depth(std::size_t tile) const;
  std::uint8_t reach_of(std::size_t tile) const;
  void put_to_sleep(const TilePlan& next);
  double longest_feeding_step_s() const;
  void run_round();
  void step_level(std::span<const TileWork> level, double dt_s);
  void flux_and_share(const TileWork& work, const FluxStep& now, float scale);
  void flux_over_walls(const TileWork& work, std::span<float> right_column,
                       std::span<float> top_row, const FluxStep& now);
  void move(const TileWork& work, float scale);
  void keep_mixed(const TileWork& work);
  FaceArrays left_faces(std::size_t cell) const;
  FaceArrays lower_faces(std::size_t cell) const;
  void let_out(std::size_t tile, double dt_s);
  void note_peaks(const Tiling::Cells& cells);
  void note_round();
  bool cut_near(const TileWork& work) const;
  /// One level for all tiles: then the arrays of fluxes and of discharges change places after a
  /// step.
  bool uniform() const { return plan_.highest == 0; }
  void in_runs(std::size_t items, const std::function<void(std::size_t)>& work);
  void in_parts(std::size_t items, const std::function<void(std::size_t)>& work);

  ComputeArena& arena_;
  Settings settings_;
  GridShape shape_;
  std::size_t stride_;
  Tiling tiling_;

  Column<DepthUnits> depth_;
  Column<DepthUnits> rained_on_;            // all ones where rain falls
  std::vector<std::int64_t> rained_cells_;  // [tile]
  Column<float> ground_m_, friction_;
  Column<float> q_x_, q_y_, flux_x_, flux_y_, share_;

  std::vector<Source> sources_;
  std::vector<Trickle> trickles_;
  std::vector<std::uint32_t> zone_of_tile_;
  std::vector<double> rain_mps_, rain_carry_units_;
  std::vector<std::vector<Edge>> edges_;  // [tile]
  bool edges_give_ = false;               // some edge has a stage or a discharge
  bool fed_changed_ = false;              // fed_ has to be found anew
  std::vector<std::vector<Wall>> walls_;  // [tile]
  std::vector<Crossing> crossings_;       // [gate], then [joint]
  std::vector<char> lively_;              // [tile] with a crossing and water on either side
  std::vector<double> tile_depth_m_;      // [tile]
  std::vector<std::uint8_t> reach_;       // [tile] see PlanInput
  std::vector<char> fed_;                 // [tile]
  std::vector<char> cut_;                 // [tile] 0: all its shares are 1
  std::vector<char> touched_;             // [tile] its water may have changed since measured
  std::vector<std::int64_t> edge_units_;  // [tile] gone over the grid's edge
  std::vector<std::int64_t> come_units_;  // [tile] come over it
  TilePlan plan_;
  PeakMaps* peaks_ = nullptr;
  double recorded_s_ = 0;  // since record_peaks
  std::int64_t set_units_ = 0, rain_units_ = 0, source_units_ = 0;
  std::uint64_t cell_updates_ = 0;
  double roughness_factor_ = 1;
};

}  // namespace kontwin::flood
