#pragma once

#include <filesystem>
#include <optional>

#include "io/import/import_report.hpp"
#include "twin/time.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// What is taken from an OpenStreetMap file, and the figures it does not hold.
struct OsmOptions {
  bool roads = true;
  bool buildings = true;
  bool places = true;  ///< hospitals, schools, parking, lodging, ...
  /// People live in buildings by floor area: the census of 2019 found 23.2 m² a person in Vietnam
  /// and 3.6 people a household (General Statistics Office, 2019 Population and Housing Census).
  double floor_area_per_person_m2 = 23.2;
  double people_per_household = 3.6;
  /// A `building=yes` with a larger footprint is taken for a hall or a store: nobody lives there.
  double largest_home_m2 = 600;
  /// Turns that are forbidden at times are forbidden as they are at this moment, for good; none of
  /// them where it is not given.
  std::optional<Instant> rules_at = std::nullopt;
  /// Buildings are gathered into blocks of homes of this size.
  double block_m = 250;
};

/// Reads an OpenStreetMap file (`.osm`, `.osm.pbf`, each also `.gz` or `.bz2`) and appends to
/// `parts`:
///
/// - Roads: a way becomes directed links between junctions; it is split at nodes it shares with
/// other
///   roads or with itself; points stay in the order of the way. `oneway` (also -1), roundabouts and
///   motorways give one direction, everything else two. Speeds, lanes and capacities come from the
///   tags and, where they are missing, from the table in osm_tags.hpp. Ways with `motor_vehicle=no`
///   or `access=no`, building sites and footpaths are left out; a path with `motorcycle=yes` is
///   taken as a track 1.5 m wide and counted under `motorbike paths`.
/// - Signals where `highway=traffic_signals` stands on a junction or up to 50 m before it, one a
///   junction.
/// - Forbidden turns: relations `restriction` (`no_...`, `only_...`, `restriction:hgv` and the
/// like,
///   `except`). Of those over ways the ones that forbidding one turn says as exactly are kept:
///   where no other road leads into the ways, or none out of them; others are left out. Those at
///   times are kept as they are at OsmOptions::rules_at, else left out. What is left out is counted
///   and told.
/// - Residences: buildings people live in, gathered by block (see OsmOptions): people = footprint x
///   floors / floor area a person. `building:levels` counts, else one floor (apartments: four).
/// - Named hospitals, health posts, schools, shelters, parking, lodgings, tourist sites, offices,
///   power and water works, from nodes and from closed ways (at their middle).
///
/// Of a way or node that stands in the file more than once the last counts.
///
/// A way with a node that the file does not hold is cut there: each piece of two nodes or more is
/// kept, and the message is `file: way 123: node 456 is missing; the way was cut there`. All
/// repairs are counted and told in `report`. Rows that lead to a junction are left NaN: see
/// link_to_network.
///
/// Throws FileError for a file that cannot be read to its end, naming line and column (XML) or how
/// many bytes were read (PBF), and for a node that is used and lies too far from the world.
void import_osm(const std::filesystem::path& path, WorldParts& parts,
                const OsmOptions& options = {}, ImportReport* report = nullptr);

}  // namespace kontwin
