#include "io/traffic/sumo_classes.hpp"

#include <array>
#include <utility>

#include "io/traffic/xml_reader.hpp"

namespace kontwin::traffic {

namespace {

using enum VehicleKind;

constexpr std::array<std::pair<std::string_view, VehicleKind>, 21> kind_by_class{{
    {"passenger", car},
    {"private", car},
    {"taxi", car},
    {"evehicle", car},
    {"hov", car},
    {"vip", car},
    {"army", car},
    {"authority", car},
    {"delivery", car},
    {"custom1", car},
    {"custom2", car},
    {"ignoring", car},
    {"bus", bus},
    {"coach", bus},
    {"truck", lorry},
    {"trailer", lorry},
    {"motorcycle", motorbike},
    {"moped", motorbike},
    {"bicycle", bicycle},
    {"scooter", bicycle},
    {"emergency", ambulance},
}};

/// Classes whose being let in lets a kind in.
constexpr std::array<std::pair<std::string_view, VehicleKind>, 10> lets_in{{
    {"passenger", car},
    {"private", car},
    {"vip", car},
    {"bus", bus},
    {"coach", bus},
    {"truck", lorry},
    {"trailer", lorry},
    {"motorcycle", motorbike},
    {"bicycle", bicycle},
    {"emergency", ambulance},
}};

/// The kinds one of whose classes is in the list.
VehicleKinds named_kinds(std::string_view list) {
  VehicleKinds kinds = 0;
  for (std::string_view word = take_word(list); !word.empty(); word = take_word(list)) {
    if (word == "all") return all_vehicles;
    for (const auto& [name, kind] : lets_in) {
      if (name == word) kinds |= bit_of(kind);
    }
  }
  return kinds;
}

/// The kinds whose plain class is in the list.
VehicleKinds barred_kinds(std::string_view list) {
  VehicleKinds kinds = 0;
  for (std::string_view word = take_word(list); !word.empty(); word = take_word(list)) {
    if (word == "all") return all_vehicles;
    for (std::size_t which = 0; which < vehicle_kinds; ++which) {
      const auto kind = static_cast<VehicleKind>(which);
      if (class_of(kind) == word) kinds |= bit_of(kind);
    }
  }
  return kinds;
}

}  // namespace

VehicleKinds kinds_of_permissions(std::string_view allow, std::string_view disallow) {
  if (!allow.empty()) return named_kinds(allow);
  return all_vehicles & static_cast<VehicleKinds>(~barred_kinds(disallow));
}

std::optional<VehicleKind> kind_of_class(std::string_view vehicle_class) {
  for (const auto& [name, kind] : kind_by_class) {
    if (name == vehicle_class) return kind;
  }
  return std::nullopt;
}

std::string_view class_of(VehicleKind kind) {
  switch (kind) {
    case motorbike:
      return "motorcycle";
    case car:
      return "passenger";
    case bus:
      return "bus";
    case lorry:
      return "truck";
    case bicycle:
      return "bicycle";
    case ambulance:
      return "emergency";
  }
  return "passenger";
}

}  // namespace kontwin::traffic
