#pragma once

#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "twin/geometry.hpp"
#include "twin/river.hpp"

namespace kontwin::synthesis {

/// A river this wide or wider is crossed on a bridge, and nothing else crosses it. Narrower water
/// goes through a culvert, which is part of the road.
inline constexpr double wide_river_m = 30;

/// All rivers of a world, to be asked what lies near them. The answers depend only on the rivers,
/// which must outlive it.
class RiverIndex {
 public:
  explicit RiverIndex(std::span<const River> rivers);

  /// Where a point stands to the nearest river.
  struct Bank {
    LocalPoint foot;          ///< the nearest point of the river's line
    LocalPoint downstream;    ///< unit vector along the river there
    double distance_m = 0;    ///< from the point to `foot`
    double half_width_m = 0;  ///< of the river there
    double bed_m = 0;         ///< height of its bed there
    double bank_depth_m = 0;  ///< from the bed to the banks' top
    double clear_m() const { return distance_m - half_width_m; }
  };
  /// The river whose channel edge is nearest, if one comes nearer than `within_m`.
  std::optional<Bank> nearest(LocalPoint point, double within_m, bool wide_only = false) const;

  /// The nearest place of each river whose line comes nearer than `within_m`.
  std::vector<Bank> each_near(LocalPoint point, double within_m) const;

  /// True when the straight line from `a` to `b` meets the line of a river of wide_river_m or more.
  bool crosses_wide(LocalPoint a, LocalPoint b) const;
  /// Where a polyline meets wide rivers: metres from its start, with the river's half width,
  /// sorted.
  std::vector<std::pair<double, double>> crossings(std::span<const LocalPoint> line) const;

  /// The point itself, or, where it lies in or within `margin_m` of a channel, one just clear of
  /// it.
  LocalPoint pushed_clear(LocalPoint point, double margin_m) const;

 private:
  using Corner = boost::geometry::model::point<double, 2, boost::geometry::cs::cartesian>;
  using Box = boost::geometry::model::box<Corner>;
  using Value = std::pair<Box, std::uint32_t>;
  struct Segment {
    LocalPoint a, b;
    double width_a_m = 0, width_b_m = 0;
    std::uint32_t river = 0;
    std::uint32_t first = 0;  ///< station of the river at `a`
    bool wide() const { return width_a_m >= wide_river_m || width_b_m >= wide_river_m; }
  };

  std::optional<Bank> bank_of(const Segment& segment, LocalPoint point) const;
  std::vector<std::uint32_t> near(double min_x, double min_y, double max_x, double max_y) const;

  std::span<const River> rivers_;
  std::vector<Segment> segments_;
  boost::geometry::index::rtree<Value, boost::geometry::index::quadratic<16>> tree_;
  double widest_m_ = 0;
};

}  // namespace kontwin::synthesis
