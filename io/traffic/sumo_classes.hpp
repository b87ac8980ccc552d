#pragma once

#include <optional>
#include <string_view>

#include "scenarios/traffic/network/vehicle_kind.hpp"

namespace kontwin::traffic {

/// The kinds that a lane of SUMO lets in, by its `allow` and `disallow` (lists of vehicle classes;
/// both empty: everybody; `allow` goes first). A kind is let in where its plain class is: cars
/// where `passenger` (or `private` or `vip`) is, and not where only `taxi` or `delivery` are.
VehicleKinds kinds_of_permissions(std::string_view allow, std::string_view disallow);

/// The kind that a vehicle class (`vClass`) of SUMO drives as; nothing for classes that do not
/// drive on roads (pedestrians, trains, ships, aircraft) or are not known.
std::optional<VehicleKind> kind_of_class(std::string_view vehicle_class);

/// The vehicle class of a kind.
std::string_view class_of(VehicleKind kind);

}  // namespace kontwin::traffic
