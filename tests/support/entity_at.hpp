#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "twin/world.hpp"

namespace kontwin::testing {

/// Appends an entity to `parts` that stands at a junction, in the commune of the made towns.
inline void add_entity(WorldParts& parts, Kind kind, const std::string& id, std::uint32_t junction,
                       std::vector<double> attributes) {
  EntityRecord record;
  record.urn = make_urn(kind, id);
  record.name = id;
  record.place = parts.entities[index_of(Kind::junction)].place[junction];
  record.commune_code = "T1";
  record.attributes = std::move(attributes);
  parts.add(kind, std::move(record));
}

}  // namespace kontwin::testing
