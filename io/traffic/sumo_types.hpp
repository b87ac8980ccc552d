#pragma once

#include <optional>
#include <string_view>

#include "io/traffic/xml_reader.hpp"
#include "scenarios/traffic/demand/vehicle_type.hpp"

namespace kontwin::traffic {

/// The type of a `vType`, with SUMO's defaults of its vehicle class where it says nothing; nothing
/// where the class does not drive on roads. Throws FileError where a number is none or a length, a
/// speed or a deceleration is not above 0.
std::optional<VehicleType> read_sumo_type(const XmlElement& element);

/// The type that SUMO has under this name without being told (`DEFAULT_VEHTYPE`, ...); nothing
/// where there is none that drives on roads.
std::optional<VehicleType> built_in_sumo_type(std::string_view id);

/// How much of a car a type is, in a queue and while it drives, from its length, gap, width and
/// reaction: sets room_pcu, flow_pcu and narrow. In a queue by length; in motion by the headway of
/// Krauss's driver at 50 km/h; those who ride side by side as the standard type of their kind.
void set_car_units(VehicleType& type);

}  // namespace kontwin::traffic
