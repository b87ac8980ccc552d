#pragma once

#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "io/synthesis/river_meanders.hpp"

namespace kontwin {

/// A course that was laid among others.
struct LaidCourse {
  MeanderingCourse course;
  /// A span between two fixed points that crosses a river even without windings, if one does: then
  /// the points are wrong, and nothing was laid.
  std::optional<std::size_t> crossing_span;
};

/// The lines of rivers, laid one after the other so that none crosses itself or another.
class RiverLines {
 public:
  /// Lays a river through `points` that flows into the one laid as number `into` (no_river: into
  /// none). In its last span it ends where it first meets that one. Where its windings would cross
  /// it or another river, they are drawn calmer there until they do not.
  LaidCourse lay(std::span<const CoursePoint> points, std::uint64_t key, std::uint32_t into);

  static constexpr std::uint32_t no_river = UINT32_MAX;

 private:
  using Corner = boost::geometry::model::point<double, 2, boost::geometry::cs::cartesian>;
  using Segment = boost::geometry::model::segment<Corner>;
  struct Place {
    std::uint32_t river;
    std::uint32_t segment;
  };
  using Value = std::pair<Segment, Place>;
  using Index = boost::geometry::index::rtree<Value, boost::geometry::index::quadratic<16>>;

  static Segment segment(const MeanderingCourse& course, std::size_t i);
  static std::vector<Value> meetings(const Index& index, const Segment& with);
  void end_at(MeanderingCourse& course, std::uint32_t into) const;
  std::vector<std::size_t> crossing_spans(const MeanderingCourse& course) const;

  Index laid_;
  std::uint32_t rivers_ = 0;
};

}  // namespace kontwin
