#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "io/traffic/osm/osm_extract.hpp"

namespace kontwin::traffic {

/// What the tags of a node say of traffic: lights, signs, small roundabouts, and barriers that not
/// everybody passes.
std::optional<OsmSign> read_osm_sign(const OsmTags& tags);

/// The rules of a relation, without its members: one of `restriction`, and one of each
/// `restriction:hgv` and the like. Those in `except` are left out of the kinds; rules at times
/// (`restriction:conditional`, `day_on`, `hour_on`) are left out and told in `repairs`.
std::vector<OsmRestriction> read_osm_restrictions(std::int64_t relation, const OsmTags& tags,
                                                  RepairBook& repairs);

}  // namespace kontwin::traffic
