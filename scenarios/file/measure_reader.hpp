#pragma once

#include <functional>
#include <map>
#include <string>

#include "scenarios/file/edit_places.hpp"
#include "twin/traffic_measure.hpp"

namespace kontwin {

using MeasureReader = std::function<TrafficMeasure(TomlReader&, const EditPlaces&)>;

/// How each measure of traffic control is read from its `[[edit]]` table, by its name (name_of).
/// Throws FileError with line and field.
const std::map<std::string, MeasureReader, std::less<>>& measure_readers();

}  // namespace kontwin
