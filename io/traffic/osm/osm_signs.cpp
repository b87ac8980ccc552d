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

}  // namespace kontwin::traffic
