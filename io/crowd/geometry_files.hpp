#pragma once

#include <filesystem>
#include <string>

#include "io/crowd/coordinate_reference.hpp"
#include "io/crowd/drawn_place.hpp"
#include "twin/local_frame.hpp"

namespace kontwin::crowd {

/// What the numbers of a file of geometry mean.
struct Coordinates {
  /// Metres as they stand (a drawing's own, VN-2000, UTM), degrees of WGS 84, or as the file itself
  /// says: degrees unless it names a system.
  enum class Kind : std::uint8_t { metres, wgs84, as_said } kind = Kind::metres;
  /// Of a file that names one.
  std::shared_ptr<const CoordinateReference> reference;
  /// Of degrees: metres are counted from here; the same for all files of a place.
  LocalFrame frame;
};

/// Reads a GeoJSON FeatureCollection whose features say in their properties what they are:
/// `kind` (surface, stairs, ramp, opening, exit, area, blockage, obstacle, wall), `id`, and what
/// the kind needs (docs/crowd-files.md). A MultiPolygon is several of a kind. Coordinates are as
/// its `crs` member says where `coordinates` leaves it to the file. Throws FileError naming the
/// feature, and where degrees are taken as metres or a system is named that is not the one told.
void read_geojson_place(const std::filesystem::path& path, const Coordinates& coordinates,
                        DrawnPlace& place);

/// Reads the floors of a CityJSON file (1.0 to 2.0; CityObjects of rooms, storeys, squares, roads):
/// each FloorSurface, GroundSurface or TrafficArea of them is a surface, sloping ones are ramps,
/// Door surfaces (also of BuildingInstallations and openings) are openings, or exits where only one
/// surface lies beside them. Throws FileError naming the object.
void read_cityjson_place(const std::filesystem::path& path, DrawnPlace& place);

/// Reads the walkable area of well-known text, as JuPedSim has it: polygons that touch or overlap
/// are one. Surfaces are `walkable`, or `walkable 1`, `walkable 2`, ... Throws FileError.
void read_wkt_place(const std::filesystem::path& path, DrawnPlace& place);

/// By the ending of the name: .geojson, .city.json or .cityjson, .wkt.
void read_place(const std::filesystem::path& path, const Coordinates& coordinates,
                DrawnPlace& place);

}  // namespace kontwin::crowd
