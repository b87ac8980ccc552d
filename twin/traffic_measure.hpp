#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "twin/entity_ref.hpp"

namespace kontwin {

// Measures of traffic control: what someone does to roads and signals, or what befalls them, for a
// time. Each names its links by road row and its signals by signal row; several of them hold side
// by side, and what one took away comes back when it ends.

/// Kinds of vehicles, a bit each: motorbike, car, bus, lorry, bicycle, ambulance.
using VehicleMask = std::uint8_t;

/// Not said: the default of the measure holds.
inline constexpr double not_said = std::numeric_limits<double>::quiet_NaN();

/// Gives lanes to some kinds of vehicles.
struct BusLane {
  std::vector<std::uint32_t> roads;
  int lanes = 1;       ///< how many, counted from one side; at least one lane is left to the others
  bool inner = false;  ///< counted from the middle of the road, not from its edge
  VehicleMask kinds = 0b100100;  ///< buses and ambulances
};

/// Takes lanes away, and may slow down what is left.
struct NarrowRoad {
  std::vector<std::uint32_t> roads;
  int lanes = 1;  ///< taken, counted from one side; 0: only the speed changes
  bool inner = false;
  double speed_mps = not_said;  ///< above 0; not said: as before
};

/// Something in the way: lanes blocked, or a share of the capacity left. What stays open of a road
/// beside an incident carries less, too: see incident_capacity.
struct Incident {
  std::vector<std::uint32_t> roads;
  int lanes = 1;  ///< blocked, counted from one side; all of them: nobody gets past
  bool inner = false;
  double capacity_factor = not_said;  ///< share left of the whole link, above 0 to 1
};

/// Gives lanes of these links, from the middle of the road, to the links back.
struct Contraflow {
  std::vector<std::uint32_t> roads;
  int lanes = 1;
};

/// Shuts the links that run against these; those on them may leave.
struct OneWay {
  std::vector<std::uint32_t> roads;
};

/// A speed limit, always or where others report dense or heavy traffic.
struct SpeedControl {
  std::vector<std::uint32_t> roads;
  double speed_mps = 0;
  std::vector<std::uint32_t> watched;    ///< links whose traffic decides; none: always
  double above_density_vpkm = not_said;  ///< vehicles a kilometre and lane on any watched link
  double above_flow_vph = not_said;      ///< vehicles an hour off any watched link
  double off_share = 0.8;                ///< the limit goes when all are below this share
  double every_s = 60;
};

/// Lets vehicles off an on-ramp at the rate that keeps a main road at its best: ALINEA.
struct RampMeter {
  std::uint32_t ramp = no_row;
  std::uint32_t main_road = no_row;   ///< downstream of the ramp
  double occupancy_share = not_said;  ///< wished share of its room; not said: that at capacity
  double gain_vph = 7000;             ///< for the whole of the occupancy: 70 for each percent
  double least_vph = 240, most_vph = 1800;
  double queue_share = 0.8;  ///< of the ramp's room: a longer queue is let go
  double every_s = 60;
};

/// Rain, and water that stands on the road.
struct Weather {
  std::vector<std::uint32_t> roads;  ///< none: all
  double rain_mmph = 0;
  double water_m = 0;
};

enum class SignalMode : std::uint8_t { fixed, webster, actuated, max_pressure, flashing };
inline constexpr std::string_view signal_mode_names[]{"fixed", "webster", "actuated",
                                                      "max_pressure", "flashing"};

/// One stage of a plan: who may drive while it lasts.
struct SignalStage {
  double green_s = 30;                                         ///< fixed plans
  double least_s = 7, most_s = 60;                             ///< plans that choose
  std::vector<std::uint32_t> roads;                            ///< every turn out of these links
  std::vector<std::pair<std::uint32_t, std::uint32_t>> turns;  ///< and these, from link to link
};

/// Another plan for signals. Without stages those that stand are kept.
struct SignalControl {
  std::vector<std::uint32_t> signals;
  SignalMode mode = SignalMode::fixed;
  std::vector<SignalStage> stages;
  double between_s = 4;  ///< yellow and red for all, after each stage
  double offset_s = 0;
  double cycle_s = not_said;  ///< fixed without stages: what stands is stretched to it
  double least_cycle_s = 40, most_cycle_s = 120;  ///< webster
  double count_min = 15;  ///< webster: flows are counted as long before each new plan
};

/// Signals turn green for ambulances that come near; others let them pass.
struct AmbulancePriority {
  std::vector<std::uint32_t> signals;  ///< none: all
  double lead_s = 20;                  ///< before one arrives its signal turns green
  bool yield = true;  ///< ambulances pass queues as narrow vehicles do, and go first at junctions
};

/// A place to park.
struct ParkingSite {
  std::uint32_t junction = no_row;
  double places = 0;               ///< of cars
  double occupied = 0;             ///< at the start
  std::uint32_t parking = no_row;  ///< its row among the parking entities, where it is one
};

/// Those who arrive near parking sites want a place; who finds a site full drives on to the next.
struct ParkingSearch {
  std::vector<ParkingSite> sites;
  double walk_m = 300;     ///< trips that end as near to a site want a place in it
  double search_m = 3000;  ///< no farther from their destination do they look
  double stay_min = 120;   ///< a place is taken for as long
  int tries = 5;           ///< sites a driver looks at, then leaves the vehicle at the roadside
  VehicleMask kinds = 0b000011;  ///< motorbikes and cars
};

using TrafficMeasure =
    std::variant<BusLane, NarrowRoad, Incident, Contraflow, OneWay, SpeedControl, RampMeter,
                 Weather, SignalControl, AmbulancePriority, ParkingSearch>;

/// `bus_lane`, `incident`, ...: as scenario files and run files call it.
std::string_view name_of(const TrafficMeasure& measure);

/// The links and signals that a measure names, and its parking entities.
std::vector<EntityRef> entities_of(const TrafficMeasure& measure);

/// Its numbers by name, for files and people; what was not said is NaN.
std::vector<std::pair<std::string_view, double>> numbers_of(const TrafficMeasure& measure);

/// Throws ScenarioError for numbers that make no sense: a share outside 0 to 1, a speed of 0, a
/// stage without anyone, lanes below 1.
void check(const TrafficMeasure& measure);

}  // namespace kontwin
