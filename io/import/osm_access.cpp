#include "io/import/osm_access.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace kontwin {

using traffic::bit_of;
using traffic::VehicleKind;
using traffic::VehicleKinds;

namespace {

constexpr VehicleKinds motorbike = bit_of(VehicleKind::motorbike);
constexpr VehicleKinds car = bit_of(VehicleKind::car);
constexpr VehicleKinds bus = bit_of(VehicleKind::bus);
constexpr VehicleKinds lorry = bit_of(VehicleKind::lorry);
constexpr VehicleKinds bicycle = bit_of(VehicleKind::bicycle);
constexpr VehicleKinds ambulance = bit_of(VehicleKind::ambulance);

struct AccessKey {
  std::string_view key;
  VehicleKinds kinds;
};
/// From the general to the special.
constexpr std::array<AccessKey, 11> keys{{
    {"access", traffic::all_vehicles},
    {"vehicle", traffic::all_vehicles},
    {"motor_vehicle", motor_vehicles},
    {"motorcar", car},
    {"motorcycle", motorbike},
    {"goods", lorry},
    {"hgv", lorry},
    {"psv", bus},
    {"bus", bus},
    {"bicycle", bicycle},
    {"emergency", ambulance},
}};

bool one_of(std::string_view value, std::initializer_list<std::string_view> values) {
  return std::ranges::find(values, value) != values.end();
}

/// Ways made for feet and two wheels: a general `yes` does not widen them.
bool is_narrow(std::string_view highway) {
  return one_of(highway, {"path", "footway", "cycleway", "bridleway", "pedestrian"});
}

VehicleKinds usual_kinds(const OsmTags& tags, bool paths_for_motorbikes) {
  const std::string_view highway = tags.get("highway");
  if (highway == "path") {
    const bool on_foot = !tags.get("sac_scale").empty() ||
                         one_of(tags.get("trail_visibility"), {"bad", "horrible", "no"});
    if (on_foot) return 0;
    return paths_for_motorbikes ? bicycle | motorbike : bicycle;
  }
  if (highway == "cycleway") return bicycle;
  if (is_narrow(highway)) return 0;
  if (one_of(highway, {"busway", "bus_guideway"})) return bus | ambulance;
  if (highway == "track") return traffic::all_vehicles & ~bus;
  const bool for_cars =
      one_of(highway, {"motorway", "motorway_link"}) || tags.is("motorroad", "yes");
  return for_cars ? wide_vehicles : traffic::all_vehicles;
}

void apply(VehicleKinds kinds, std::string_view key, std::string_view value, VehicleKinds& open,
           std::vector<std::string>& unread) {
  if (value.empty()) return;
  bool known = true;
  const bool opens = access_opens(value, known);
  if (!known) {
    unread.push_back(std::string(key) + "=" + std::string(value));
    return;
  }
  open = static_cast<VehicleKinds>(opens ? open | kinds : open & ~kinds);
}

VehicleKinds kinds_along(const OsmTags& tags, bool paths_for_motorbikes, std::string_view direction,
                         std::vector<std::string>& unread) {
  VehicleKinds open = usual_kinds(tags, paths_for_motorbikes);
  const bool narrow = is_narrow(tags.get("highway"));
  std::string with_direction;
  for (const auto& [key, kinds] : keys) {
    const bool general = key == "access" || key == "vehicle" || key == "motor_vehicle";
    with_direction.assign(key).append(direction);
    for (const std::string_view at : {key, std::string_view(with_direction)}) {
      const std::string_view value = tags.get(at);
      VehicleKinds concerned = kinds;
      bool known = true;
      if (narrow && general && !value.empty() && access_opens(value, known)) {
        // Motor vehicles on a pedestrian street are any; on a path those that fit.
        concerned = key != "motor_vehicle"             ? open
                    : tags.is("highway", "pedestrian") ? kinds
                                                       : motorbike;
      }
      apply(concerned, at, value, open, unread);
    }
  }
  if (tags.get("emergency").empty()) {
    open = static_cast<VehicleKinds>((open & (car | bus | lorry)) != 0 ? open | ambulance
                                                                       : open & ~ambulance);
  }
  return open;
}

/// Whom a one-way street lets in against its direction.
VehicleKinds against(const OsmTags& tags) {
  VehicleKinds kinds = 0;
  constexpr std::array<AccessKey, 5> contraflow{{{"oneway:bicycle", bicycle},
                                                 {"oneway:motorcycle", motorbike},
                                                 {"oneway:bus", bus},
                                                 {"oneway:psv", bus},
                                                 {"oneway:emergency", ambulance}}};
  for (const auto& [key, kind] : contraflow) {
    if (tags.is(key, "no")) kinds |= kind;
  }
  for (const std::string_view key : {"cycleway", "cycleway:left", "cycleway:right"}) {
    if (tags.get(key).starts_with("opposite")) kinds |= bicycle;
  }
  if (tags.get("busway").starts_with("opposite")) kinds |= bus;
  return kinds;
}

}  // namespace

bool access_opens(std::string_view value, bool& known) {
  value = value.substr(0, value.find(';'));
  if (one_of(value, {"no", "agricultural", "forestry", "military", "use_sidepath", "dismount",
                     "emergency"})) {
    return false;
  }
  known = one_of(value, {"yes", "designated", "permissive", "official", "private", "destination",
                         "customers", "delivery", "permit", "residents", "discouraged", "unknown",
                         "public", "limited", "optional_sidepath"});
  return known;
}

VehicleKinds kinds_of_access_key(std::string_view key) {
  const auto found = std::ranges::find(keys, key, &AccessKey::key);
  return found == keys.end() ? VehicleKinds{0} : found->kinds;
}

OsmAccess read_access(const OsmTags& tags, bool paths_for_motorbikes,
                      std::vector<std::string>& unread) {
  OsmAccess access;
  access.forward = kinds_along(tags, paths_for_motorbikes, ":forward", unread);
  std::vector<std::string> again;  // the keys without a direction were told of already
  access.backward = kinds_along(tags, paths_for_motorbikes, ":backward", again);
  for (std::string& text : again) {
    if (text.find(":backward") != std::string::npos) unread.push_back(std::move(text));
  }
  const std::string_view oneway = tags.get("oneway");
  const bool along = one_of(oneway, {"yes", "true", "1", "reversible"});
  const bool opposed = one_of(oneway, {"-1", "reverse"});
  const bool both = one_of(oneway, {"no", "false", "0", "alternating"});
  if (!oneway.empty() && !along && !opposed && !both) {
    unread.push_back("oneway=" + std::string(oneway));
  }
  const bool implied = !along && !opposed && !both &&
                       (one_of(tags.get("junction"), {"roundabout", "circular"}) ||
                        one_of(tags.get("highway"), {"motorway", "motorway_link"}));
  if (along || implied) access.backward &= against(tags);
  if (opposed) access.forward &= against(tags);
  return access;
}

}  // namespace kontwin
