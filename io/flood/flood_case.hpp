#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/flood/flood_options.hpp"
#include "twin/edit.hpp"
#include "twin/forcing.hpp"
#include "twin/grid_turn.hpp"
#include "twin/terrain.hpp"

namespace kontwin::flood {

/// Water that a case begins with.
struct InitialWater {
  enum class Told { level, depth };
  Told told = Told::level;
  double value_m = 0;                   ///< everywhere; or
  Raster<float> raster = {};            ///< by place; not a number where it says nothing
  std::vector<LocalPoint> inside = {};  ///< a ring that it keeps to; empty: all of the grid
};

/// Water that comes in at a place, or shared equally by the cells along a line.
struct CaseInflow {
  std::string name;
  std::vector<LocalPoint> line;  ///< one: a place
  TimeSeries discharge_m3ps;
};

/// A wall between the cells that a line separates, up to a level that runs straight from point to
/// point.
struct CaseWall {
  std::string name;
  std::vector<LocalPoint> line;
  std::vector<double> top_m;  ///< [point] above the datum
};

/// Where the water is noted over time.
struct CasePoint {
  std::string name;
  LocalPoint at;
};
/// Across which what passes is noted over time.
struct CaseSection {
  std::string name;
  std::vector<LocalPoint> line;
};

/// A flood on a terrain of its own: no world, no roads, no houses. All places are metres along the
/// axes of the terrain, which lie as its plane's where they are not turned.
struct FloodCase {
  std::string name;
  std::string plane;   ///< the terrain's coordinate system in well-known text; empty: not known
  GridTurn turn;       ///< of the axes on the plane
  bool dated = false;  ///< its start is a moment; else times count from 0
  Instant start{};
  Duration length{0};
  Duration window{std::chrono::seconds{60}};  ///< over which what drives it is a mean
  /// The grid of the case, then those of its insets. Where the terrain has no height its ground is
  /// a wall, higher than all other ground.
  Terrain terrain;
  std::vector<std::vector<char>> outside;  ///< [grid][cell] 1 where there is such a wall
  std::vector<InitialWater> initial;       ///< the later one counts where two overlap
  FloodOptions options;
  Forcing forcing;  ///< the rain
  std::vector<CaseInflow> inflows;
  std::vector<CaseWall> walls;
  std::vector<TimedEdit> edits;  ///< walls over the ground, and levees that break

  std::vector<CasePoint> points;
  std::vector<CaseSection> sections;
  Duration every{std::chrono::seconds{60}};  ///< between two values of a time series
  Duration maps_every{0};                    ///< between two maps of depth; 0: none
  Duration record_every{0};                  ///< between two frames of the run file; 0: none
  std::vector<std::string> notes;            ///< what was mended or left out, with its count

  const TerrainGrid& ground() const { return terrain.grids.front(); }
};

/// Throws FileError with the case's file, naming what and where, for lengths that do not fit each
/// other, points, sections, inflows and walls off the grid or in the outside, and discharges below
/// 0 or out of order.
void check_case(const FloodCase& flood_case, const std::filesystem::path& file);

}  // namespace kontwin::flood
