#pragma once

#include <string>

#include "twin/geometry.hpp"

namespace kontwin {

/// The world's local projected frame: a transverse Mercator on WGS 84, scale 1 on its central
/// meridian, with (0, 0) at the origin it was made with. Within 100 km of the central meridian a
/// length is right to 0.013 %. Any thread may use it.
class LocalFrame {
 public:
  LocalFrame() = default;
  explicit LocalFrame(GeoPoint origin) : origin_(origin) {}

  GeoPoint origin() const { return origin_; }
  /// Throws WorldError when the projection cannot be computed (a point on the far side of the
  /// earth).
  LocalPoint to_local(GeoPoint point) const;
  GeoPoint to_geo(LocalPoint point) const;
  /// The projection as PROJ reads it; six digits of the origin.
  std::string definition() const;

  friend bool operator==(const LocalFrame&, const LocalFrame&) = default;

 private:
  GeoPoint origin_{108.0, 14.7};
};

}  // namespace kontwin
