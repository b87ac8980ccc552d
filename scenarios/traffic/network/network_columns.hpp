#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/traffic/network/network_parts.hpp"
#include "scenarios/traffic/network/units.hpp"

namespace kontwin::traffic {

/// A fixed-time plan or the stages of an actuated one, as the simulation reads it.
struct Signal {
  std::string id;
  SignalKind kind = SignalKind::fixed;
  Micros offset = 0;
  Micros cycle = 0;                  ///< the sum of the stages' durations
  std::vector<std::uint32_t> turns;  ///< rising
  struct Stage {
    Micros duration = 0, least = 0, most = 0;
    std::vector<Aspect> aspects;  ///< [turn of the signal]
    friend bool operator==(const Stage&, const Stage&) = default;
  };
  std::vector<Stage> stages;
  friend bool operator==(const Signal&, const Signal&) = default;
};

/// The content of a network, in columns; see Network.
struct NetworkColumns {
  std::string name;
  GeoReference reference;
  bool drives_on_right = true;

  // -- junctions ---------------------------------------------------------------------------------
  std::vector<std::string> junction_id;
  std::vector<LocalPoint> junction_place;
  std::vector<JunctionControl> junction_control;

  // -- links -------------------------------------------------------------------------------------
  std::vector<std::string> link_id, link_name;
  std::vector<std::uint32_t> from, to, opposite;  ///< opposite: the link back, or no_row
  std::vector<double> length_m, free_speed_mps, lane_width_m;
  std::vector<double> lane_capacity_pcph;
  std::vector<VehicleKinds> allowed;
  std::vector<int> priority;
  std::vector<std::uint32_t> lane_begin;   ///< [link] and an end
  std::vector<std::uint32_t> turn_begin;   ///< [link] and an end
  std::vector<std::uint32_t> shape_begin;  ///< [link] and an end
  std::vector<LocalPoint> shape;

  // -- lanes -------------------------------------------------------------------------------------
  std::vector<std::uint32_t> lane_link;
  std::vector<VehicleKinds> lane_kinds;     ///< kinds that may use it, all of them in `allowed`
  std::vector<CarHundredths> lane_storage;  ///< room for waiting vehicles, at least one car
  std::vector<Micros> lane_hole_delay;  ///< from a vehicle leaving until its room is at the start

  // -- turns -------------------------------------------------------------------------------------
  std::vector<std::uint32_t> turn_from, turn_to;
  std::vector<std::uint32_t> turn_lanes;   ///< bit of each lane of turn_from it may be made from
  std::vector<VehicleKinds> turn_allowed;  ///< who may make it, where both links let them in
  std::vector<float> turn_angle;           ///< radians, 0 straight on, left positive
  std::vector<std::uint32_t> turn_signal;  ///< signal that rules it, or no_row
  std::vector<std::uint32_t> give_way_begin, give_way;
  std::vector<std::uint8_t> goes_first;  ///< [turn] 1: others give way to it
  /// Green of fixed plans: moments within the cycle, [begin, end), by turn.
  struct Green {
    Micros begin = 0, end = 0;
    bool permissive = false;
    friend bool operator==(const Green&, const Green&) = default;
  };
  std::vector<std::uint32_t> green_begin;  ///< [turn] and an end
  std::vector<Green> green;

  // -- signals -----------------------------------------------------------------------------------
  std::vector<Signal> signals;

  friend bool operator==(const NetworkColumns&, const NetworkColumns&) = default;
};

}  // namespace kontwin::traffic
