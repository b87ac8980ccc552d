#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "twin/entity_ref.hpp"
#include "twin/geometry.hpp"
#include "twin/time.hpp"
#include "twin/traffic_measure.hpp"

namespace kontwin {

/// Closes or opens a road link. Those already on a link that closes may leave it.
struct SetRoadOpen {
  std::uint32_t road = no_row;
  bool open = false;
};

/// Leaves a share of a link's capacity, 0 (nobody gets through) to 1.
struct SetRoadCapacity {
  std::uint32_t road = no_row;
  double factor = 1;
};

struct SetSpeedLimit {
  std::uint32_t road = no_row;
  double speed_mps = 0;
};

/// Puts something across a link (a landslide, a fallen tree) or clears it. Nobody gets past.
struct SetDebris {
  std::uint32_t road = no_row;
  bool blocked = true;
};

/// Sets what a dam lets out from now on, m³/s; NaN gives it back to its own rule.
struct SetRelease {
  std::uint32_t reservoir = no_row;
  double outflow_m3ps = 0;
};

/// Opens a dam's gates to a share of their height, 0 to 1, whatever the plan says; NaN gives them
/// back to it.
struct SetGate {
  std::uint32_t reservoir = no_row;
  double opening = 0;
};

/// The share of a structure of the flood (a gate, culvert, pump, ...: flood/structure_plan.hpp)
/// that is open from now on, 0 to 1; NaN gives it back to its plan. A culvert that debris blocks,
/// an opened gate, a pump that stops.
struct SetStructure {
  std::string structure;  ///< its name
  double open = 1;
};

/// Raises the embankment of a road over the ground along its line.
struct RaiseRoad {
  std::uint32_t road = no_row;
  double height_m = 0;
};

/// A dam, or a levee along a line, begins to break.
struct StartBreach {
  /// What says its size where width or time of formation are not given (flood/breach.hpp).
  enum class Formula : std::uint8_t { froehlich_2008, von_thun_gillette_1990 };
  static constexpr double by_formula = std::numeric_limits<double>::quiet_NaN();

  std::uint32_t reservoir = no_row;   ///< the dam; or
  std::vector<LocalPoint> line = {};  ///< the levee or barrier
  LocalPoint place = {};              ///< where on its line
  double crest_m = by_formula;        ///< of a dam; left out: its full level
  double bottom_m = 0;                ///< as deep as it gets, above the datum
  double width_m = by_formula;        ///< of its bottom, at last
  double side_slope = by_formula;     ///< horizontal over vertical; 1 where the size is given
  Duration formation{0};              ///< 0: by the formula
  Formula formula = Formula::froehlich_2008;
  bool overtopped = true;         ///< else piped through: for Froehlich's
  double volume_m3 = by_formula;  ///< of water behind a levee, over the breach's bottom
  /// It begins once water stands as high, above the datum, from the edit's moment on: in the
  /// reservoir, or beside the levee at the place. NaN: at that moment, whatever the level.
  double at_level_m = by_formula;
  static constexpr double at_crest = std::numeric_limits<double>::infinity();  ///< such a level
};

/// A wall along a line that holds water up to a height over the ground: sandbags, a levee.
struct AddBarrier {
  std::vector<LocalPoint> line;
  double height_m = 0;
};

struct SetShelterOpen {
  std::uint32_t shelter = no_row;
  bool open = true;
};

/// Fixed-time control: the green share goes to the junction's first approach pair.
struct SetSignalPlan {
  std::uint32_t signal = no_row;
  double cycle_s = 90;
  double green_share = 0.5;
  double offset_s = 0;
};

/// Scales the background traffic from now on; 1 is normal.
struct SetDemand {
  double factor = 1;
};

/// Tells blocks of homes to leave for a shelter, and the guests, visitors and patients of other
/// places.
struct OrderEvacuation {
  std::vector<std::uint32_t> residences;
  std::vector<EntityRef> places = {};  ///< lodgings, tourist sites and hospitals
};

/// A hospital that can not be reached, or has no power, sends ambulances elsewhere; or takes them
/// again.
struct SetDiverting {
  std::uint32_t hospital = no_row;
  bool diverting = true;
};

/// An earthquake, as a point below the ground.
struct Earthquake {
  /// What its shaking is computed by; see scenarios/slope/ground_motion.hpp.
  enum class Motion : std::uint8_t { by_magnitude, atkinson_2015, boore_2014 };

  LocalPoint epicentre = {};
  double magnitude = 0;  ///< moment magnitude, 2 to 8.5
  double depth_km = 0;   ///< 0 to 100
  Motion motion = Motion::by_magnitude;
};

/// Puts a measure of traffic control into effect.
struct StartMeasure {
  std::string id;  ///< unique among those in force
  TrafficMeasure measure;
  Duration lasts{0};  ///< ends by itself after as long; 0: when it is told to
};

/// Ends a measure that is in force.
struct EndMeasure {
  std::string id;
};

/// What a person (in a scenario) or an actor (as its answer to an event) may change in a branch.
/// Adding a road is not among them: it changes the World, so it is made before the branch starts
/// (World::with_roads).
using Edit = std::variant<SetRoadOpen, SetRoadCapacity, SetSpeedLimit, SetDebris, SetRelease,
                          AddBarrier, SetShelterOpen, SetSignalPlan, SetDemand, OrderEvacuation,
                          SetDiverting, StartMeasure, EndMeasure, Earthquake, SetGate, SetStructure,
                          RaiseRoad, StartBreach>;

/// An edit with its moment. An edit with `at` before the branch's start is made at the start.
struct TimedEdit {
  Instant at;
  Edit edit;
  std::string origin = {};  ///< where it was written, `path:line`; empty where nowhere
};

/// Throws why an edit cannot be made: FileError with the place where it was written, and
/// ScenarioError where that is not known.
[[noreturn]] void refuse_edit(const TimedEdit& edit, const std::string& reason);

/// An edit that an actor asks for.
struct Command {
  EntityRef by;  ///< the entity whose rule it was
  Edit edit;
};

/// `set_road_open`, ...: the name of an edit in scenario files and run files.
std::string_view name_of(const Edit& edit);

class StateTable;
class World;

/// Writes the part of an edit that is plain state (columns that actors own) into the table: open,
/// capacity_factor, speed_limit, signal plans, shelter open, ordered, diverting. Debris, releases
/// and what water meets belong to engines, which take the edit itself, as do measures of traffic
/// control. Throws ScenarioError when the edit names a row that is not there or a value that makes
/// no sense.
void apply_to_state(const Edit& edit, StateTable& state);

}  // namespace kontwin
