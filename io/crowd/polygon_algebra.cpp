#include "io/crowd/polygon_algebra.hpp"

#include <ogr_geometry.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "io/import/gdal_session.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

using Geometry = std::unique_ptr<OGRGeometry>;

/// Nobody stands on less: the disc of a body.
constexpr double least_ground_m2 = 0.07;

std::unique_ptr<OGRPolygon> to_ogr(const Polygon& shape) {
  auto polygon = std::make_unique<OGRPolygon>();
  const auto add = [&polygon](const std::vector<LocalPoint>& points) {
    auto ring = std::make_unique<OGRLinearRing>();
    for (const LocalPoint p : points) ring->addPoint(p.x_m, p.y_m);
    ring->closeRings();
    polygon->addRingDirectly(ring.release());
  };
  add(shape.outer);
  for (const auto& hole : shape.holes) add(hole);
  return polygon;
}

std::vector<LocalPoint> from_ogr(const OGRLinearRing& ring) {
  std::vector<LocalPoint> points;
  for (int i = 0; i + 1 < ring.getNumPoints(); ++i) points.push_back({ring.getX(i), ring.getY(i)});
  return points;
}

void collect(const OGRGeometry& geometry, std::vector<Polygon>& shapes) {
  const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
  if (type == wkbPolygon) {
    const OGRPolygon& polygon = *geometry.toPolygon();
    if (polygon.IsEmpty()) return;
    Polygon shape{from_ogr(*polygon.getExteriorRing()), {}};
    for (int i = 0; i < polygon.getNumInteriorRings(); ++i) {
      shape.holes.push_back(from_ogr(*polygon.getInteriorRing(i)));
    }
    shapes.push_back(std::move(shape));
  } else if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection)) {
    for (const OGRGeometry* part : *geometry.toGeometryCollection()) collect(*part, shapes);
  }
}

/// Of a ring that does not end where it begins its last corner would be left out.
void check_closed(const OGRGeometry& geometry, const std::string& path) {
  const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
  if (type == wkbPolygon) {
    for (const OGRLinearRing* ring : *geometry.toPolygon()) {
      if (ring->IsEmpty() || ring->get_IsClosed()) continue;
      throw FileError(path, "the ring from (" + std::to_string(ring->getX(0)) + ", " +
                                std::to_string(ring->getY(0)) + ") does not end where it begins");
    }
  } else if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection)) {
    for (const OGRGeometry* part : *geometry.toGeometryCollection()) check_closed(*part, path);
  }
}

/// What a ring encloses, free of edges that it runs along twice; nothing where it crosses itself:
/// it is in doubt then what that is, and areas differ.
std::optional<std::vector<Polygon>> valid_parts(const std::vector<LocalPoint>& ring) {
  const Geometry valid(to_ogr({ring, {}})->MakeValid());
  std::vector<Polygon> parts;
  if (valid != nullptr) collect(*valid, parts);
  double sum_m2 = 0;
  for (const Polygon& part : parts) sum_m2 += area_m2(part);
  if (std::abs(sum_m2 - area_m2(ring)) > least_ground_m2) return std::nullopt;
  return parts;
}

}  // namespace

std::vector<Polygon> cut_out(const Polygon& shape, const std::vector<Polygon>& holes) {
  const GdalSession quiet;  // what is left says enough
  OGRMultiPolygon all;
  for (const Polygon& hole : holes) all.addGeometryDirectly(to_ogr(hole).release());
  const Geometry joined(holes.size() == 1 ? all.getGeometryRef(0)->clone() : all.UnionCascaded());
  if (joined == nullptr) return {};
  const Geometry left(to_ogr(shape)->Difference(joined.get()));
  std::vector<Polygon> shapes;
  if (left != nullptr) collect(*left, shapes);
  std::erase_if(shapes, [](const Polygon& part) { return area_m2(part) < least_ground_m2; });
  return shapes;
}

std::vector<Polygon> shared(const Polygon& one, const Polygon& other) {
  const LocalBox a = box_of(one), b = box_of(other);
  if (a.max_x_m <= b.min_x_m || b.max_x_m <= a.min_x_m || a.max_y_m <= b.min_y_m ||
      b.max_y_m <= a.min_y_m) {
    return {};
  }
  const GdalSession quiet;
  const Geometry common(to_ogr(one)->Intersection(to_ogr(other).get()));
  std::vector<Polygon> shapes;
  if (common != nullptr) collect(*common, shapes);
  return shapes;
}

std::optional<Polygon> mended(const Polygon& shape) {
  const GdalSession quiet;
  if (to_ogr(shape)->IsValid()) return std::nullopt;
  // Ring by ring: of a hole that shares an edge with the border GEOS would leave nothing.
  const auto outer = valid_parts(shape.outer);
  if (!outer || outer->size() != 1) return std::nullopt;
  std::vector<Polygon> holes;
  for (const auto& ring : shape.holes) {
    const auto parts = valid_parts(ring);
    if (!parts) return std::nullopt;
    holes.insert(holes.end(), parts->begin(), parts->end());
  }
  std::vector<Polygon> parts = holes.empty() ? *outer : cut_out(outer->front(), holes);
  if (parts.size() != 1) return std::nullopt;
  return parts.front();
}

std::vector<Polygon> united(const std::vector<Polygon>& given) {
  const GdalSession quiet;
  OGRMultiPolygon all;
  for (const Polygon& shape : given) all.addGeometryDirectly(to_ogr(shape).release());
  const Geometry joined(all.UnionCascaded());
  std::vector<Polygon> shapes;
  if (joined != nullptr) collect(*joined, shapes);
  return shapes;
}

std::vector<Polygon> polygons_of_wkt(const std::string& text, const std::string& path) {
  const GdalSession session;
  OGRGeometry* read = nullptr;
  const OGRErr error = OGRGeometryFactory::createFromWkt(text.c_str(), nullptr, &read);
  const Geometry geometry(read);
  if (error != OGRERR_NONE || geometry == nullptr) {
    throw FileError(path, "is not well-known text of a geometry");
  }
  check_closed(*geometry, path);
  std::vector<Polygon> shapes;
  collect(*geometry, shapes);
  if (shapes.empty()) {
    throw FileError(path, "holds no polygon, but a " + std::string(geometry->getGeometryName()));
  }
  return shapes;
}

LocalPoint point_inside(const Polygon& shape) {
  const LocalBox box = box_of(shape);
  LocalPoint best = shape.outer.empty() ? LocalPoint{} : shape.outer.front();
  double widest_m = 0;
  // The middle of the widest piece of a few lines across.
  for (const double share : {0.5, 0.381, 0.618, 0.146, 0.854}) {
    const double y = box.min_y_m + share * (box.max_y_m - box.min_y_m);
    std::vector<double> crossings;
    for_each_edge(shape, [&](const Segment& edge) {
      if ((edge.a.y_m > y) == (edge.b.y_m > y)) return;
      crossings.push_back(edge.a.x_m +
                          (edge.b.x_m - edge.a.x_m) * (y - edge.a.y_m) / (edge.b.y_m - edge.a.y_m));
    });
    std::ranges::sort(crossings);
    for (std::size_t k = 0; k + 1 < crossings.size(); k += 2) {
      if (crossings[k + 1] - crossings[k] <= widest_m) continue;
      widest_m = crossings[k + 1] - crossings[k];
      best = {(crossings[k] + crossings[k + 1]) / 2, y};
    }
  }
  return best;
}

}  // namespace kontwin::crowd
