#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/import/osm_tags.hpp"
#include "scenarios/traffic/network/vehicle_kind.hpp"

namespace kontwin {

/// Who may drive along a way, and which way.
struct OsmAccess {
  traffic::VehicleKinds forward = 0, backward = 0;
};

/// Reads `access` and the keys below it (`vehicle`, `motor_vehicle`, `motorcar`, `motorcycle`,
/// `psv`, `bus`, `hgv`, `goods`, `bicycle`, `emergency`), each also with `:forward` and
/// `:backward`: the more special key wins. Without any, the class of the road decides:
///
/// - `motorway` and `motorroad=yes`: no motorbikes and bicycles (Law on Road Traffic Order and
///   Safety of Vietnam, 36/2024/QH15, article 25).
/// - `path`: bicycles, and motorbikes where `paths_for_motorbikes` is set, as it is in rural
///   Vietnam; not where `sac_scale` or `trail_visibility` tell of a walk in the mountains.
/// - `cycleway`: bicycles. `busway`: buses. `footway`, `pedestrian`, `bridleway`: nobody.
/// - `track`: everybody but buses. Everything else: everybody.
///
/// On ways for those on foot or on two wheels only a key of a kind of its own lets anything wider
/// in. An ambulance goes where any car, bus or lorry may. `private`, `destination`, `customers` and
/// the like count as open; `agricultural`, `forestry` and `military` as closed.
///
/// `oneway` (`yes`, `-1`, `reversible`, taken as along the way), roundabouts and motorways close
/// one direction, but for those whom `oneway:bicycle=no`, `oneway:motorcycle=no`, `oneway:bus=no`
/// or `cycleway=opposite` let in. What is not understood is appended to `unread`.
OsmAccess read_access(const OsmTags& tags, bool paths_for_motorbikes,
                      std::vector<std::string>& unread);

/// Whether a value of an access key lets anybody in; sets `known` to false where it says nothing.
bool access_opens(std::string_view value, bool& known);

/// The kinds that a key of access speaks of; 0 for one that is not known.
traffic::VehicleKinds kinds_of_access_key(std::string_view key);

/// Who drives with an engine on more than two wheels.
inline constexpr traffic::VehicleKinds wide_vehicles =
    traffic::bit_of(traffic::VehicleKind::car) | traffic::bit_of(traffic::VehicleKind::bus) |
    traffic::bit_of(traffic::VehicleKind::lorry) | traffic::bit_of(traffic::VehicleKind::ambulance);
inline constexpr traffic::VehicleKinds motor_vehicles =
    wide_vehicles | traffic::bit_of(traffic::VehicleKind::motorbike);

}  // namespace kontwin
