#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/flood/shallow_water_solver.hpp"
#include "twin/balance.hpp"

namespace kontwin::flood {

/// Rain on high ground, brought down to low ground without computing its flow. Thin water on steep
/// ground is most of what a grid would spend its time on and least of what anyone asks of a flood.
///
/// High is what stands more than `upland_height_m` over the cell of the river (or the grid's edge)
/// that it drains to: the height above the nearest drainage (Nobre et al. 2011, J. Hydrol. 404).
/// Ways are those of the priority flood (Barnes, Lehman and Mulla 2014, Comput. Geosci. 62). The
/// rain of all high cells with the same first low cell runs into it through one linear reservoir
/// whose time is their mean way at 0.3 m/s; what drains over the edge leaves. River water may rise
/// onto high ground as onto any other.
class Uplands {
 public:
  /// From this height on nothing is high, and no ways are looked for.
  static constexpr double no_uplands_m = 1e5;

  /// Keeps the rain off the high cells of `solver` and adds trickles to it.
  Uplands(const TerrainGrid& grid, const std::vector<char>& channel, double upland_height_m,
          ShallowWaterSolver& solver);

  /// Takes in a window's rain, metres a second [zone], and sets the trickles to what comes down in
  /// it.
  void advance(std::span<const double> rain_mps, const std::vector<std::uint32_t>& zone_of_tile,
               double seconds, ShallowWaterSolver& solver);

  std::size_t high_cells() const { return high_cells_; }
  /// Cubic metres: on the way down now, fallen on high ground, gone over the edge.
  double stored_m3() const;
  double rain_m3() const { return rain_m3_; }
  double edge_m3() const { return edge_m3_; }
  double given_m3() const { return given_m3_; }  ///< to the grid

 private:
  struct Store {
    std::size_t trickle = 0;  // none for what leaves over the edge
    std::size_t tile = 0;
    double area_m2 = 0;
    double delay_s = 0;
    double water_m3 = 0;
  };
  static constexpr std::size_t over_the_edge = static_cast<std::size_t>(-1);

  std::vector<Store> stores_;
  std::size_t high_cells_ = 0;
  double rain_m3_ = 0, edge_m3_ = 0, given_m3_ = 0;
};

}  // namespace kontwin::flood
