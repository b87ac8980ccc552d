#include "scenarios/evacuation/crowd/common_parts.hpp"

// Without rescaling to whole numbers, which newer versions of the library have given up.
#define BOOST_GEOMETRY_NO_ROBUSTNESS
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>

namespace kontwin::crowd {

namespace {

namespace bg = boost::geometry;
using BoostPoint = bg::model::d2::point_xy<double>;
using BoostPolygon = bg::model::polygon<BoostPoint>;

BoostPolygon to_boost(const Polygon& polygon) {
  BoostPolygon result;
  for (const LocalPoint p : polygon.outer) {
    bg::append(result.outer(), BoostPoint(p.x_m, p.y_m));
  }
  result.inners().resize(polygon.holes.size());
  for (std::size_t i = 0; i < polygon.holes.size(); ++i) {
    for (const LocalPoint p : polygon.holes[i]) {
      bg::append(result.inners()[i], BoostPoint(p.x_m, p.y_m));
    }
  }
  bg::correct(result);
  return result;
}

}  // namespace

std::vector<CommonPart> common_parts(const Polygon& one, const Polygon& other) {
  std::vector<BoostPolygon> pieces;
  bg::intersection(to_boost(one), to_boost(other), pieces);
  std::vector<CommonPart> parts;
  for (const BoostPolygon& piece : pieces) {
    const double piece_m2 = bg::area(piece);
    if (!(piece_m2 > 0)) continue;
    BoostPoint centre{0, 0};
    bg::centroid(piece, centre);
    parts.push_back({piece_m2, {centre.x(), centre.y()}});
  }
  return parts;
}

}  // namespace kontwin::crowd
