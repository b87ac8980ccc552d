#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "scenarios/traffic/network/vehicle_kind.hpp"
#include "twin/entity_ref.hpp"
#include "twin/geometry.hpp"

namespace kontwin::traffic {

/// How a junction says who goes first.
enum class JunctionControl : std::uint8_t {
  unregulated,  ///< nobody gives way: merges, ends of roads
  priority,     ///< links of lower priority give way to those of higher
  right_first,  ///< give way to the right; among several, first come first served
  all_stop,     ///< everybody stops, first come first served
  roundabout,   ///< those who come in give way to those who are in it
  signal,
};

struct JunctionPart {
  std::string id;    ///< unique
  LocalPoint place;  ///< in the network's own projected frame, metres
  JunctionControl control = JunctionControl::priority;
};

/// A directed link. A number that is not known is NaN and gets a default when the network is
/// sealed.
struct LinkPart {
  static constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

  std::string id;                       ///< unique
  std::string name;                     ///< of the street; may be empty
  std::uint32_t from = no_row;          ///< junction
  std::uint32_t to = no_row;            ///< junction
  double length_m = unknown;            ///< above 0; else that of its shape
  double free_speed_mps = unknown;      ///< above 0; else 30 km/h
  int lanes = 1;                        ///< 1 to 16
  double lane_capacity_pcph = unknown;  ///< cars an hour and lane; else lane_capacity_pcph(speed)
  double lane_width_m = 3.5;
  VehicleKinds allowed = all_vehicles;
  /// Kinds that may use each lane, outermost first: bus lanes, lanes for bicycles. Lanes beyond its
  /// end let in all of `allowed`; a kind that no lane lets in may not drive into the link.
  std::vector<VehicleKinds> lane_kinds;
  int priority = 0;               ///< the higher goes first at junctions of control `priority`
  std::vector<LocalPoint> shape;  ///< from end to end; may be empty: a straight line
};

/// A movement from a link into the next one. A junction with no turns at all gets every turn but
/// those back, and back only where there is no other way; see seal.
struct TurnPart {
  std::uint32_t from = no_row;  ///< link
  std::uint32_t to = no_row;    ///< link that starts where `from` ends
  /// Lanes of `from` that it may be made from: bit 0 is the outermost one (the rightmost where one
  /// drives on the right); 0: to be found by its angle.
  std::uint32_t lanes = 0;
  /// Turns (positions in NetworkParts::turns) that go first; used where `right_of_way` says so.
  std::vector<std::uint32_t> gives_way_to;
  /// Whether gives_way_to is meant as it stands; else found from control, priority and angles.
  bool right_of_way_known = false;
  VehicleKinds allowed = all_vehicles;  ///< who may make it, of those whom both links let in
};

/// What a turn sees of a signal in one stage.
enum class Aspect : std::uint8_t {
  red,
  permissive,  ///< green, but gives way as it would without a signal
  exclusive,   ///< green, and all that conflict have red
};

enum class SignalKind : std::uint8_t { fixed, actuated, max_pressure };

struct StagePart {
  double duration_s = 0;            ///< fixed plans: how long it lasts, above 0
  double least_s = 5, most_s = 60;  ///< actuated and max-pressure plans
  std::vector<Aspect> aspects;      ///< one for each of SignalPart::turns
};

struct SignalPart {
  std::string id;  ///< unique
  SignalKind kind = SignalKind::fixed;
  double offset_s = 0;               ///< the first stage starts at this moment, and every cycle on
  std::vector<std::uint32_t> turns;  ///< positions in NetworkParts::turns
  std::vector<StagePart> stages;     ///< in order; times of yellow and of all red are stages too
};

/// Where a network's frame lies on the earth.
struct GeoReference {
  std::string crs;    ///< a projected system as PROJ reads it; empty: not known
  LocalPoint offset;  ///< added to its coordinates, metres
  friend bool operator==(const GeoReference&, const GeoReference&) = default;
};

/// What a network is made of; importers fill it.
struct NetworkParts {
  std::string name;
  GeoReference reference;
  std::vector<JunctionPart> junctions;
  std::vector<LinkPart> links;
  std::vector<TurnPart> turns;
  std::vector<SignalPart> signals;
  bool drives_on_right = true;
};

/// Something odd that was found and what was done about it.
struct Repair {
  std::string rule;   ///< `zero length`, `dead end`: the stated rule, the same for all such cases
  std::string place;  ///< `link 12_3`, `signal A`
  std::string done;   ///< what it became
};

}  // namespace kontwin::traffic
