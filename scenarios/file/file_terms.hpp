#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "scenarios/toml/toml_reader.hpp"
#include "twin/forcing.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// How a file tells places and times: a scenario by longitude and latitude and by moments, a flood
/// case by metres of its terrain and by the time after its start. Each function throws FileError at
/// the field.
struct FileTerms {
  /// The place at a field, which must be there.
  std::function<LocalPoint(TomlReader&, std::string_view)> place;
  /// The list of places at a field; empty where it is not there.
  std::function<std::vector<LocalPoint>(TomlReader&, std::string_view)> places;
  /// The quantity over time at a field; empty where it is not there.
  std::function<TimeSeries(TomlReader&, std::string_view)> series;
  /// Where a time after the start may stand for a moment: the start.
  std::optional<Instant> start = {};
};

/// The terms of a scenario: places in the world's frame. The world must outlive them.
FileTerms scenario_terms(const World& world);

}  // namespace kontwin
