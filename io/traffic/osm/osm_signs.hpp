#pragma once

#include <cstdint>
#include <optional>

#include "io/traffic/osm/osm_extract.hpp"

namespace kontwin::traffic {

/// What the tags of a node say of traffic: lights, signs, small roundabouts, and barriers that not
/// everybody passes.
std::optional<OsmSign> read_osm_sign(const OsmTags& tags);

}  // namespace kontwin::traffic
