#include "io/traffic/osm/osm_signs.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "io/import/osm_access.hpp"

namespace kontwin::traffic {

namespace {

bool one_of(std::string_view value, std::initializer_list<std::string_view> values) {
  return std::ranges::find(values, value) != values.end();
}

std::int8_t direction_of(const OsmTags& tags, std::string_view own_key) {
  std::string_view value = tags.get(own_key);
  if (value.empty()) value = tags.get("direction");
  if (value == "forward") return 1;
  if (value == "backward") return -1;
  return 0;
}

/// Who passes a barrier that says nothing of access.
VehicleKinds usually_passes(std::string_view barrier) {
  const VehicleKinds bicycle = bit_of(VehicleKind::bicycle);
  if (one_of(barrier, {"bollard", "block", "jersey_barrier", "log", "debris", "planter", "chain",
                       "rope", "bar", "barrier_board"})) {
    return bicycle | bit_of(VehicleKind::motorbike);
  }
  if (one_of(barrier, {"cycle_barrier", "motorcycle_barrier"})) return bicycle;
  if (one_of(barrier, {"stile", "turnstile", "full-height_turnstile", "kissing_gate",
                       "hampshire_gate", "wall", "fence"})) {
    return 0;
  }
  if (barrier == "bus_trap") return bit_of(VehicleKind::bus) | bit_of(VehicleKind::lorry) | bicycle;
  return all_vehicles;
}

VehicleKinds passes(const OsmTags& tags) {
  VehicleKinds kinds = usually_passes(tags.get("barrier"));
  for (const char* key : {"access", "vehicle", "motor_vehicle", "motorcar", "motorcycle", "hgv",
                          "psv", "bus", "bicycle", "emergency"}) {
    const std::string_view value = tags.get(key);
    if (value.empty()) continue;
    bool known = true;
    const bool opens = access_opens(value, known);
    if (!known) continue;
    const VehicleKinds named = kinds_of_access_key(key);
    kinds = static_cast<VehicleKinds>(opens ? kinds | named : kinds & ~named);
  }
  return kinds;
}

VehicleKinds kinds_named(std::string_view list) {
  VehicleKinds kinds = 0;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(';'), list.size());
    std::string_view key = list.substr(0, end);
    while (key.starts_with(' ')) key.remove_prefix(1);
    while (key.ends_with(' ')) key.remove_suffix(1);
    kinds |= kinds_of_access_key(key == "ambulance" ? "emergency" : key);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return kinds;
}

}  // namespace

std::optional<OsmSign> read_osm_sign(const OsmTags& tags) {
  const std::string_view highway = tags.get("highway");
  OsmSign sign;
  if (highway == "traffic_signals") {
    sign.what = OsmSign::What::signal;
    sign.direction = direction_of(tags, "traffic_signals:direction");
    return sign;
  }
  if (highway == "stop" || highway == "give_way") {
    const bool all = highway == "stop" && tags.is("stop", "all");
    sign.what = highway == "give_way" ? OsmSign::What::give_way
                : all                 ? OsmSign::What::all_stop
                                      : OsmSign::What::stop;
    sign.direction = direction_of(tags, {});
    return sign;
  }
  if (highway == "mini_roundabout") {
    sign.what = OsmSign::What::mini_roundabout;
    return sign;
  }
  if (!tags.get("barrier").empty()) {
    sign.what = OsmSign::What::barrier;
    sign.lets = passes(tags);
    if (sign.lets != all_vehicles) return sign;
  }
  return std::nullopt;
}

std::vector<OsmRestriction> read_osm_restrictions(std::int64_t relation, const OsmTags& tags,
                                                  RepairBook& repairs) {
  const std::string place = "relation " + std::to_string(relation);
  std::vector<OsmRestriction> found;
  const bool at_times = !tags.get("day_on").empty() || !tags.get("hour_on").empty();
  for (const auto& [key, value] : tags.pairs()) {
    if (!key.starts_with("restriction")) continue;
    if (at_times || key.find("conditional") != std::string::npos) {
      repairs.note("rule at times", place, "'" + key + "=" + value + "' left out");
      continue;
    }
    OsmRestriction one;
    one.id = relation;
    one.rule = value.substr(0, value.find(' '));
    if (key != "restriction") {
      one.kinds = kinds_of_access_key(std::string_view(key).substr(key.find(':') + 1));
      if (one.kinds == 0) {
        repairs.tally("restriction", "rules of " + key, "left out: not for vehicles known here");
        continue;
      }
    }
    one.kinds = static_cast<VehicleKinds>(one.kinds & ~kinds_named(tags.get("except")));
    if (one.kinds == 0) continue;
    if (!one.rule.starts_with("no_") && !one.rule.starts_with("only_")) {
      repairs.note("restriction", place, "'" + key + "=" + value + "' left out: not understood");
      continue;
    }
    found.push_back(std::move(one));
  }
  return found;
}

}  // namespace kontwin::traffic
