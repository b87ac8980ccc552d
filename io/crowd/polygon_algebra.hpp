#pragma once

#include <string>
#include <vector>

#include "scenarios/evacuation/crowd/building.hpp"

namespace kontwin::crowd {

/// `shape` without `hole`: one polygon, or several when the hole cuts it, or none.
std::vector<Polygon> cut_out(const Polygon& shape, const Polygon& hole);

/// Polygons joined where they touch or overlap.
std::vector<Polygon> united(const std::vector<Polygon>& shapes);

/// The polygons of a text of well-known text: POLYGON, MULTIPOLYGON, GEOMETRYCOLLECTION of them.
/// Throws FileError, naming `path`, where it is not that.
std::vector<Polygon> polygons_of_wkt(const std::string& text, const std::string& path);

/// A point inside a polygon.
LocalPoint point_inside(const Polygon& shape);

}  // namespace kontwin::crowd
