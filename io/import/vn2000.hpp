#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "twin/geometry.hpp"

namespace kontwin {

/// A zone of VN-2000 plane coordinates: a transverse Mercator on the WGS 84 ellipsoid with a false
/// easting of 500,000 m. Cadastral and provincial maps use 3° zones with a central meridian a
/// province (Kon Tum 107°30′, EPSG:9216) and a scale of 0.9999; national maps use 6° zones, 0.9996.
struct Vn2000Zone {
  double central_meridian_deg = 107.5;
  double scale = 0.9999;
  friend bool operator==(const Vn2000Zone&, const Vn2000Zone&) = default;
};

/// Reads a zone: `107.5`, `107-30` or `107°30'` for a 3° zone by its central meridian (102° to
/// 111°), `48N` or `49N` for a 6° zone. Returns nothing if `text` is none of these.
std::optional<Vn2000Zone> parse_vn2000_zone(std::string_view text);

/// A place in VN-2000, metres. Vietnamese papers write the northing first and call it X.
struct Vn2000Point {
  double easting_m = 0;
  double northing_m = 0;
};

/// Between VN-2000 and WGS 84 by the seven parameters of the ministry's Decision 05/2007/QĐ-BTNMT,
/// as a coordinate frame rotation from VN-2000: X' = dX + k (X + rz Y - ry Z) and so on. So has the
/// EPSG registry them (operation 6960), and so do Vietnamese surveyors use them: the tests meet a
/// published pair within 2 cm. Heights are taken as 0: at 1,500 m that moves a point by less than
/// 5 cm. Read as a position vector, as some programs do, the same parameters give places 0.5 to
/// 0.7 m away.
/// One thread at a time.
class Vn2000 {
 public:
  explicit Vn2000(Vn2000Zone zone);
  ~Vn2000();
  Vn2000(Vn2000&&) noexcept;
  Vn2000& operator=(Vn2000&&) noexcept;

  /// Throws Error when the point is too far from the zone to be projected.
  GeoPoint to_wgs84(Vn2000Point point) const;
  Vn2000Point from_wgs84(GeoPoint point) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
