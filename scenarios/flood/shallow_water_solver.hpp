#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "scenarios/flood/edge_condition.hpp"
#include "scenarios/flood/peak_maps.hpp"
#include "scenarios/flood/tile_plan.hpp"
#include "twin/terrain.hpp"

namespace kontwin::flood {

/// Shallow water on a square grid, whatever the scheme: what the flood engine feeds, walls in and
/// reads. Cells are numbered as in GridShape::at. Calls that set something hold until set again;
/// none is made while `advance` runs. Results do not depend on the number of threads.
class ShallowWaterSolver {
 public:
  virtual ~ShallowWaterSolver() = default;

  virtual const GridShape& shape() const = 0;
  virtual const Tiling& tiling() const = 0;
  /// How many grids the water lies on: one, or with insets (nested_water.hpp) more, the outer
  /// first.
  virtual std::size_t grids() const { return 1; }
  /// One of them by itself, with its own numbers of cells.
  virtual ShallowWaterSolver& grid(std::size_t /*number*/) { return *this; }
  /// The number here of that grid's first cell; of one behind the last, how many cells there are.
  virtual std::size_t first_cell(std::size_t number) const {
    return number == 0 ? 0 : shape().cells();
  }
  /// Whether a cell lies under an inset, which speaks for it.
  virtual bool covered(std::size_t /*cell*/) const { return false; }
  /// Two cells of different grids that meet.
  struct Seam {
    std::size_t outer = 0, inner = 0;
    LocalPoint outer_center, inner_center;
  };
  /// Where grids meet; none on one grid.
  virtual std::vector<Seam> seams() const { return {}; }
  /// Builds a wall between the cells of a seam, by its place in seams(); the higher of two stays.
  virtual void wall_at_seam(std::size_t /*seam*/, double /*top_m*/) {}
  virtual double ground_m(std::size_t cell) const = 0;
  virtual double depth_m(std::size_t cell) const = 0;
  /// All depths, row by row from the south, grid by grid.
  virtual void copy_depths(std::span<float> depth_m) const = 0;
  /// Depth-averaged velocities towards rising columns and rows, m/s; 0 where it is dry.
  virtual void copy_velocities(std::span<float> east_mps, std::span<float> north_mps) const = 0;
  /// Their lengths, by default from copy_velocities.
  virtual void copy_speeds(std::span<float> speed_mps) const;

  /// Sets the water of a cell, at rest; counted as there from the beginning. 0 to 100 m.
  virtual void set_depth(std::size_t cell, double depth_m) = 0;
  /// Adds to the water of a cell, or takes from it as far as there is any; its flow stays. Counted
  /// with what set_depth sets.
  virtual void change_depth(std::size_t cell, double change_m) = 0;
  /// The roughness (Manning's n) of the ground is as much times as it was made, above 0.
  virtual void set_roughness_factor(double factor) = 0;
  /// A place where water comes in, shared equally by its cells; its number.
  virtual std::size_t add_source(std::span<const std::size_t> cells) = 0;
  /// What a source brings from now on, m³/s, 0 or more.
  virtual void set_discharge(std::size_t source, double discharge_m3ps) = 0;
  /// The number of rain series, and which falls on each tile.
  virtual void set_rain_zones(std::size_t zones, std::vector<std::uint32_t> zone_of_tile) = 0;
  /// What falls on a zone from now on, metres of water a second.
  virtual void set_rain(std::size_t zone, double rain_mps) = 0;
  /// From now on no rain falls on these cells.
  virtual void keep_rain_off(std::span<const std::size_t> cells) = 0;
  /// A trickle into one cell (runoff from higher ground); its number. Unlike a source it does not
  /// hold the grid's steps down, so it should bring little.
  virtual std::size_t add_trickle(std::size_t cell) = 0;
  virtual void set_trickle(std::size_t trickle, double discharge_m3ps) = 0;
  /// Builds a wall on the left (lower) face of a cell up to `top_m`; the higher of two stays. Cells
  /// of the first column (row) have no such face.
  virtual void wall_at_left(std::size_t cell, double top_m) = 0;
  virtual void wall_below(std::size_t cell, double top_m) = 0;
  /// Gives the wall there another top, higher or lower; none is built where none stands.
  virtual void change_wall_at_left(std::size_t cell, double top_m) = 0;
  virtual void change_wall_below(std::size_t cell, double top_m) = 0;
  /// The top of the wall there; minus infinity where none stands.
  virtual double wall_at_left_m(std::size_t cell) const = 0;
  virtual double wall_below_m(std::size_t cell) const = 0;
  /// The ground of a cell is at this height from now on; its water keeps its depth.
  virtual void set_ground(std::size_t cell, double ground_m) = 0;
  /// The fall of the ground or river at a cell of the grid's edge, on its way out; below 0, where
  /// the ground rises or a river comes in, no water leaves. To begin with it is the ground's own.
  virtual void set_edge_slope(std::size_t cell, double slope) = 0;
  /// What the water of a cell meets on a side where it lies at the grid's edge; other sides are
  /// left alone.
  virtual void set_edge(std::size_t cell, GridSide side, const EdgeCondition& condition) = 0;
  /// The same for any cell: its side is an edge from now on, though the grid goes on behind it. The
  /// caller sees to it that no water stands there. False for a scheme that cannot.
  virtual bool set_edge_inside(std::size_t /*cell*/, GridSide /*side*/,
                               const EdgeCondition& /*condition*/) {
    return false;
  }

  /// Notes the water as it is now, and from now on every few steps, in `peaks`, which is of this
  /// grid and must live until the next call; null stops it, and then it costs nothing. False for a
  /// scheme that does not: its caller notes what it sees between calls of `advance`.
  virtual bool record_peaks(PeakMaps* /*peaks*/) { return false; }
  /// Advances by `seconds`.
  virtual void advance(double seconds) = 0;

  /// Cubic metres: on the grid now, put in by set_depth, by rain, by sources, gone over the edges.
  /// What comes in over edges of a given stage or discharge counts as from sources.
  virtual double volume_m3() const = 0;
  virtual double set_m3() const = 0;
  virtual double rain_m3() const = 0;
  virtual double source_m3() const = 0;
  virtual double edge_m3() const = 0;
  /// What trickles brought that is too little yet to be put on the grid.
  virtual double carried_m3() const = 0;
  /// A copy that goes on by itself and notes no peaks.
  virtual std::unique_ptr<ShallowWaterSolver> clone() const = 0;

  /// Cells moved so far, for benchmarks.
  virtual std::uint64_t cell_updates() const = 0;
};

/// Throws ScenarioError, naming the place, when a height of the grid is not a number or a roughness
/// is none or below 0.
void check_ground(const TerrainGrid& terrain);

/// Whether a cell lies at this side of the grid's edge.
bool at_edge(const GridShape& grid, std::size_t cell, GridSide side);

}  // namespace kontwin::flood
