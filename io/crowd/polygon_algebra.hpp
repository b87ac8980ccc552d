#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/evacuation/crowd/building.hpp"

namespace kontwin::crowd {

/// What is left of a shape without other shapes, which may overlap each other and hang over its
/// border: nothing, one piece or several. Pieces on which nobody could stand (0.07 m²) do not
/// count.
std::vector<Polygon> cut_out(const Polygon& shape, const std::vector<Polygon>& holes);

/// The pieces of ground that two shapes share.
std::vector<Polygon> shared(const Polygon& one, const Polygon& other);

/// A shape whose rings touch themselves or meet (a spike, a hole that shares an edge with the
/// border or hangs over it, holes that overlap), drawn without that; nothing where it was right, or
/// where a ring crosses itself and it is in doubt what it encloses.
std::optional<Polygon> mended(const Polygon& shape);

/// Polygons joined where they touch or overlap.
std::vector<Polygon> united(const std::vector<Polygon>& shapes);

/// The polygons of a text of well-known text: POLYGON, MULTIPOLYGON, GEOMETRYCOLLECTION of them.
/// Throws FileError, naming `path`, where it is not that.
std::vector<Polygon> polygons_of_wkt(const std::string& text, const std::string& path);

/// A point inside a polygon.
LocalPoint point_inside(const Polygon& shape);

}  // namespace kontwin::crowd
