#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "twin/geometry.hpp"

namespace kontwin {

/// A turn that may not be made: no left turn, straight on alone.
struct ForbiddenTurn {
  std::uint32_t from = 0, to = 0;  ///< rows of a link and of one that starts where it ends
  /// For whom it is: a bit for each kind of vehicle, as VehicleMask has them (twin/
  /// traffic_measure.hpp); not 0.
  std::uint32_t kinds = 0;
  friend auto operator<=>(const ForbiddenTurn&, const ForbiddenTurn&) = default;
};

/// How the directed links hang together. Row r is the road with row r in the entity table; its
/// numbers (length, lanes, speed, capacity) are the attributes of that road.
struct RoadNetwork {
  std::vector<std::uint32_t> from;         ///< junction row at the start of each link
  std::vector<std::uint32_t> to;           ///< junction row at its end
  std::vector<std::uint32_t> opposite;     ///< row of the link the other way, or no_row
  std::vector<std::string> number;         ///< `QL24`, `DT675`; empty for a street without one
  std::vector<std::uint32_t> shape_begin;  ///< first point of each link in `shape`, plus an end
  std::vector<LocalPoint> shape;           ///< points of all links, from end to end
  /// By rising `from` and `to`, each pair once. All other turns may be made, those back too.
  std::vector<ForbiddenTurn> forbidden_turns;

  std::size_t links() const { return from.size(); }
  std::span<const LocalPoint> shape_of(std::size_t link) const {
    return std::span(shape).subspan(shape_begin[link], shape_begin[link + 1] - shape_begin[link]);
  }
};

}  // namespace kontwin
