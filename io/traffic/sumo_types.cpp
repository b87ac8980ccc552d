#include "io/traffic/sumo_types.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "io/traffic/sumo_classes.hpp"

namespace kontwin::traffic {

namespace {

/// SUMO's defaults of a vehicle class (its documentation, `Vehicle_Type_Parameter_Defaults`).
struct ClassDefaults {
  std::string_view vehicle_class;
  double length_m, width_m, gap_m, top_speed_kmph, acceleration_mps2, deceleration_mps2, deviation;
};

constexpr ClassDefaults passenger{"passenger", 5, 1.8, 2.5, 200, 2.6, 4.5, 0.1};
constexpr std::array<ClassDefaults, 11> defaults_by_class{{
    {"bicycle", 1.6, 0.65, 0.5, 20, 1.2, 3, 0.1},
    {"scooter", 1.2, 0.5, 0.5, 20, 1.2, 3, 0.1},
    {"moped", 2.1, 0.8, 2.5, 45, 1.1, 7, 0.1},
    {"motorcycle", 2.2, 0.9, 2.5, 200, 6, 10, 0.1},
    {"taxi", 5, 1.8, 2.5, 200, 2.6, 4.5, 0.05},
    {"emergency", 6.5, 2.16, 2.5, 200, 2.6, 4.5, 0},
    {"delivery", 6.5, 2.16, 2.5, 200, 2.6, 4.5, 0.05},
    {"truck", 7.1, 2.4, 2.5, 130, 1.3, 4, 0.05},
    {"trailer", 16.5, 2.55, 2.5, 130, 1, 4, 0.05},
    {"bus", 12, 2.5, 2.5, 85, 1.2, 4, 0.1},
    {"coach", 14, 2.6, 2.5, 100, 2, 4, 0.05},
}};

std::optional<VehicleType> type_of_class(std::string_view vehicle_class) {
  const auto kind = kind_of_class(vehicle_class);
  if (!kind) return std::nullopt;
  const auto* const found =
      std::ranges::find(defaults_by_class, vehicle_class, &ClassDefaults::vehicle_class);
  const ClassDefaults& from = found == defaults_by_class.end() ? passenger : *found;
  VehicleType type;
  type.kind = *kind;
  type.length_m = from.length_m;
  type.width_m = from.width_m;
  type.gap_m = from.gap_m;
  type.top_speed_mps = from.top_speed_kmph / 3.6;
  type.acceleration_mps2 = from.acceleration_mps2;
  type.deceleration_mps2 = from.deceleration_mps2;
  type.speed_deviation = from.deviation;
  return type;
}

/// `1.2`, `norm(1,0.1)` or `normc(1,0.1,0.2,2)`.
void read_speed_factor(const XmlElement& element, VehicleType& type) {
  const std::string_view text = element.text("speedFactor");
  if (text.empty()) return;
  const auto fail = [&] {
    element.fail("'" + std::string(text) + "' in 'speedFactor' is neither a number nor norm(c)");
  };
  if (const auto plain = to_number(text)) {
    type.speed_factor = *plain;
    return;
  }
  if (!(text.starts_with("norm(") || text.starts_with("normc(")) || !text.ends_with(')')) fail();
  std::string_view list = text.substr(text.find('(') + 1);
  list.remove_suffix(1);
  const auto take = [&] {
    const std::size_t comma = std::min(list.find(','), list.size());
    const auto value = to_number(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
    if (!value) fail();
    return *value;
  };
  type.speed_factor = take();
  type.speed_deviation = take();
}

}  // namespace

void set_car_units(VehicleType& type) {
  const VehicleType& standard = standard_vehicle_types()[static_cast<std::size_t>(type.kind)];
  constexpr double widest_narrow_m = 1;
  constexpr double town_speed_mps = 50 / 3.6;
  const double room_m = type.length_m + type.gap_m;
  type.narrow = standard.narrow && type.width_m <= widest_narrow_m;
  if (type.narrow) {
    type.room_pcu = standard.room_pcu * room_m / (standard.length_m + standard.gap_m);
    type.flow_pcu = standard.flow_pcu;
  } else {
    type.room_pcu = room_m / jam_spacing_m;
    type.flow_pcu = (type.reaction_s * town_speed_mps + room_m) /
                    (reaction_time_s * town_speed_mps + jam_spacing_m);
  }
}

std::optional<VehicleType> read_sumo_type(const XmlElement& element) {
  const std::string_view vehicle_class = element.text("vClass");
  auto type = type_of_class(vehicle_class.empty() ? passenger.vehicle_class : vehicle_class);
  if (!type) return std::nullopt;
  type->id = element.required_text("id");
  // Lengths, speeds and times beyond this are slips, and would run over in counting.
  constexpr double most = 1000;
  const auto take = [&](std::string_view attribute, double& value, bool above_zero) {
    const auto said = element.number(attribute);
    if (!said) return;
    if (*said < 0 || (above_zero && *said == 0) || *said > most) {
      element.fail("'" + std::string(attribute) + "' of vType '" + type->id + "' is " +
                   std::string(element.text(attribute)));
    }
    value = *said;
  };
  take("length", type->length_m, true);
  take("width", type->width_m, true);
  take("minGap", type->gap_m, false);
  take("maxSpeed", type->top_speed_mps, true);
  double wished_mps = type->top_speed_mps;
  take("desiredMaxSpeed", wished_mps, true);
  type->top_speed_mps = std::min(type->top_speed_mps, wished_mps);
  take("accel", type->acceleration_mps2, true);
  take("decel", type->deceleration_mps2, true);
  take("tau", type->reaction_s, true);
  take("sigma", type->imperfection, false);
  type->imperfection = std::min(type->imperfection, 1.0);
  read_speed_factor(element, *type);
  if (!(type->speed_factor > 0 && type->speed_factor <= 10)) {
    element.fail("'speedFactor' of vType '" + type->id + "' is not between 0 and 10");
  }
  take("speedDev", type->speed_deviation, false);
  set_car_units(*type);
  return type;
}

std::optional<VehicleType> built_in_sumo_type(std::string_view id) {
  std::optional<VehicleType> type;
  if (id == "DEFAULT_VEHTYPE") type = type_of_class("passenger");
  if (id == "DEFAULT_BIKETYPE") type = type_of_class("bicycle");
  if (id == "DEFAULT_TAXITYPE") type = type_of_class("taxi");
  if (!type) return std::nullopt;
  type->id = id;
  set_car_units(*type);
  return type;
}

}  // namespace kontwin::traffic
