#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "io/import/import_report.hpp"
#include "io/import/vn2000.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// What the files of entities do not say themselves.
struct EntityFileOptions {
  std::optional<Vn2000Zone> zone{};          ///< of x and y where a row names none
  std::optional<Kind> kind{};                ///< of entities that name none
  Source source{};                           ///< empty id: the name of the file
  Provenance provenance = Provenance::fact;  ///< of entities that name none
};

/// Appends the entities of a CSV table (RFC 4180, see csv_reader.hpp), one a line. Columns:
///
/// - `kind` (`hospital`, or the URN type `Hospital`), `id` (letters, digits, `-`, `_`, `.`; becomes
///   `urn:ngsi-ld:<Type>:<id>`; a whole URN of that type is taken too), `name`;
/// - `lon`, `lat` (WGS 84, degrees), or `x`, `y` (VN-2000 easting and northing, metres) with `zone`
///   (see parse_vn2000_zone) in a column or in the options;
/// - optional: `provenance` (`fact`, `derived`, `synthetic`), `commune` (code);
/// - every other column is an attribute of a kind, by its id in the schema (`beds`, `bd1_m`). An
/// empty
///   field is "not known". A column that is no attribute of any kind in the file is refused, as is
///   a value in a column the row's kind does not have.
///
/// Roads and junctions are not taken: they hang together, see import_osm. Rows that lead to a
/// junction are left NaN: see link_to_network. Throws FileError with the line and the column.
void import_entities_csv(const std::filesystem::path& path, WorldParts& parts,
                         const EntityFileOptions& options = {}, ImportReport* report = nullptr);

/// The same from GeoJSON (RFC 7946): a FeatureCollection of Points, or of Polygons or
/// MultiPolygons, which stand at the middle of their (first) outer ring and, where the kind has
/// `area_m2` and the properties do not say, bring their area. Properties are named as the CSV
/// columns are; `id` may stand on the Feature. Throws FileError: `file: feature 3 ("Trạm 1"): field
/// 'beds': ...`; for text that is not JSON, with the line.
void import_entities_geojson(const std::filesystem::path& path, WorldParts& parts,
                             const EntityFileOptions& options = {}, ImportReport* report = nullptr);

}  // namespace kontwin
