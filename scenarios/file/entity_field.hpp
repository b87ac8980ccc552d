#pragma once

#include <string>
#include <string_view>

#include "scenarios/toml/toml_reader.hpp"
#include "twin/forcing.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// The entity that `field` names by its URN. Throws FileError where the world has none of that kind
/// by that name.
inline EntityRef entity_of(TomlReader& table, const World& world, std::string_view field,
                           Kind kind) {
  const std::string urn = table.required_text(field);
  const auto ref = world.find(urn);
  if (!ref) table.fail(field, "the world has no entity '" + urn + "'");
  if (ref->kind != kind) {
    table.fail(field, "'" + urn + "' is not a " + std::string(names_of(kind).id));
  }
  return *ref;
}

inline TimeSeries as_series(const std::vector<std::pair<Instant, double>>& points) {
  TimeSeries series;
  for (const auto& [at, value] : points) {
    series.at.push_back(at);
    series.value.push_back(value);
  }
  return series;
}

}  // namespace kontwin
