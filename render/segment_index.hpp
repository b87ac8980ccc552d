#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "twin/world.hpp"

namespace kontwin {

/// A straight piece of a road.
struct RoadSegment {
  LocalPoint from, to;
  std::uint32_t road = no_row;
  float half_width_m = 0;  ///< of the carriageway, both directions
};

/// Which road lies near a place.
class SegmentIndex {
 public:
  explicit SegmentIndex(const World& world);

  struct Near {
    const RoadSegment* segment = nullptr;
    LocalPoint foot;
    double distance_m = 0;  ///< to the middle of the road
  };
  /// The nearest segment within `radius_m` (up to 300); nothing when there is none.
  std::optional<Near> nearest(LocalPoint place, double radius_m) const;
  /// All segments with a part within about `radius_m` (up to 300) of a place, in row order.
  std::vector<const RoadSegment*> around(LocalPoint place, double radius_m) const;

 private:
  struct Item {
    std::uint64_t cell;
    std::uint32_t segment;
    friend auto operator<=>(const Item&, const Item&) = default;
  };

  std::vector<RoadSegment> segments_;
  std::vector<Item> items_;  ///< by cell, then segment
};

}  // namespace kontwin
