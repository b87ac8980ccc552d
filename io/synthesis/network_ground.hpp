#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "io/synthesis/network_rivers.hpp"
#include "io/synthesis/streets.hpp"
#include "twin/raster.hpp"
#include "twin/world.hpp"

namespace kontwin::synthesis {

/// The ground as a road builder sees it: a coarse grid over which country roads are led along
/// gentle slopes, round mountains and over as few wide rivers as may be. Roads that are there draw
/// new ones to them.
class RoadGround {
 public:
  static constexpr double cell_m = 300;

  RoadGround(const WorldParts& parts, const RiverIndex& rivers, const std::vector<Town>& towns);

  const GridShape& shape() const { return shape_; }
  /// The cell that holds a place, or the nearest on the grid.
  std::uint32_t cell_of(LocalPoint place) const;
  /// Where a road through the cell runs: near its centre, out of the water.
  LocalPoint place_of(std::uint32_t cell) const { return places_[cell]; }
  /// Makes roads through the cell run through a known place.
  void pin(std::uint32_t cell, LocalPoint place);
  double height_m(std::uint32_t cell) const { return height_m_[cell]; }
  /// The town whose built-up part holds the cell, or -1.
  int town_of(std::uint32_t cell) const { return town_[cell]; }
  bool near_wide_river(std::uint32_t cell) const { return wet_[cell] != 0; }

  /// The cheapest way from a cell to the first that `arrived` accepts, both included; nothing when
  /// there is none. Dijkstra over eight neighbours, cells in order of their number where costs tie.
  std::optional<std::vector<std::uint32_t>> way(
      std::uint32_t from, const std::function<bool(std::uint32_t)>& arrived) const;
  /// Notes a road along a way.
  void use(const std::vector<std::uint32_t>& way);

 private:
  static constexpr std::array<std::pair<int, int>, 8> neighbours{
      {{1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}}};
  double step_cost(std::uint32_t from, std::uint32_t to, std::size_t direction) const;

  const RiverIndex& rivers_;
  GridShape shape_;
  std::vector<LocalPoint> places_;
  std::vector<float> height_m_;
  std::vector<float> burden_;  ///< cost factor of a cell
  std::vector<std::int16_t> town_;
  std::vector<std::uint8_t> wet_;
  std::vector<std::uint8_t> used_;  ///< one bit a direction
};

}  // namespace kontwin::synthesis
