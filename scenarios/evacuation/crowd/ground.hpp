#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/evacuation/crowd/building.hpp"

namespace kontwin::crowd {

/// Where walking people collide: a straight piece of wall in plan, with its height above datum at
/// both ends. Structure of arrays; walls of all surfaces, openings that are shut included.
struct Walls {
  std::vector<float> ax_m, ay_m, bx_m, by_m, az_m, bz_m;
  std::size_t size() const { return ax_m.size(); }
};

struct GroundGrid;

/// A building made fit to walk on. Positions are float metres from `origin()`. It answers, at
/// memory speed and from any thread, which surface is under a step and where the walls are; it
/// changes only between steps, when a door shuts or a blockage appears (`set_time`).
class Ground {
 public:
  /// Throws ScenarioError naming the first problem that makes walking impossible (problems_of lists
  /// all). `cell_m`: width of the grid cells that fields are computed on, 0.05 to 2.
  Ground(Building building, double cell_m);
  ~Ground();
  Ground(Ground&&) noexcept;

  const Building& building() const;
  LocalPoint origin() const;
  /// The cells that fields are computed on, as they are now (ground_grid.hpp).
  const GroundGrid& grid() const;
  const Walls& walls() const;

  /// Doors, exits and blockages as they are at `time_s` from now on; true when anything changed
  /// (fields over this ground must then be computed again, and the kernel's wall index).
  bool set_time(double time_s);
  /// Shuts or opens an exit (index) or a door by an edit; it then follows no time any more.
  void set_exit_open(std::uint32_t exit, bool open);
  void set_opening_open(std::uint32_t opening, bool open);
  bool is_exit_open(std::uint32_t exit) const;
  bool is_opening_open(std::uint32_t opening) const;
  /// Whether a blockage (index) stands now.
  bool is_blocked(std::uint32_t blockage) const;

  /// The surface that somebody who stood on `surface` at (x0, y0) is on after a step to (x1, y1),
  /// and the exit that was crossed on it, if any.
  struct Step {
    std::uint32_t surface;
    std::uint32_t exit;  ///< no_exit when still inside
  };
  static constexpr std::uint32_t no_exit = 0xFFFFFFFF;
  Step step(std::uint32_t surface, float x0, float y0, float x1, float y1) const;

  /// Height above datum, m.
  float height(std::uint32_t surface, float x, float y) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// How to walk to one goal from anywhere: the geodesic distance (eikonal equation) to an exit, an
/// opening or an area, on the grid of each surface, continued through openings that are open, with
/// water and slow ground as a speed. A plain table that a kernel reads by bilinear interpolation.
class WayField {
 public:
  /// One surface's part of the table: the same for all fields over a ground.
  struct Sheet {
    float x0_m, y0_m, per_m;  ///< of the centre of cell (0, 0); cells a metre
    std::uint32_t columns, rows;
    std::uint32_t begin;  ///< first cell in the tables
  };
  std::vector<Sheet> sheets;      ///< [surface]
  std::vector<float> distance_m;  ///< [cell]; infinity where the goal cannot be reached
  struct Direction {
    float x, y;
  };
  std::vector<Direction> way;  ///< [cell] unit vector to walk along; 0 where it cannot
  /// [cell] bits of GroundGrid: which neighbours can be walked to. Interpolation never looks
  /// through a wall.
  std::shared_ptr<const std::vector<std::uint8_t>> links;

  /// Distance to walk, m; infinity: no way.
  float distance(std::uint32_t surface, float x, float y) const;
  /// Direction to walk, unit vector; (0, 0) where there is no way.
  Direction direction(std::uint32_t surface, float x, float y) const;
};

/// What a field leads to.
struct Goal {
  enum class Kind : std::uint8_t { exit, opening, area, point } kind = Kind::exit;
  std::uint32_t index = 0;    ///< of the exit, opening or area
  std::uint32_t surface = 0;  ///< for a point
  LocalPoint point;
};

/// Computes the field to a goal by second-order fast marching (Sethian 1999): exact near the goal,
/// across openings by straight lines between the cells of both sides. On stairs and ramps the
/// length is that of the slope. `body_radius_m`, 0 to 1, keeps ways that far from walls where there
/// is room: nearer to one, a metre counts up to three times. `speed` (empty: 1 everywhere) is a
/// factor on walking speed per cell in the order of the tables: water, rubble; 0 is impassable.
/// What is shut now, or narrower than the body, cannot be passed: such a goal is reached from
/// nowhere. Throws ScenarioError when there is no such goal or `speed` does not fit the tables.
WayField way_to(const Ground& ground, const Goal& goal, double body_radius_m,
                std::span<const float> speed = {});

}  // namespace kontwin::crowd
