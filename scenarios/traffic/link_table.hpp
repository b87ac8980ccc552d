#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/traffic/vehicle_class.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin::traffic {

/// Length of road that a waiting car takes up, metres: 133 cars a kilometre and lane.
inline constexpr double jam_spacing_m = 7.5;

/// What the road links are and how they stand now, as columns: one triangular fundamental diagram a
/// link (Newell 1993), given by free speed, capacity and jam density; the speed of its jam waves
/// follows. Unknown attributes are read as one lane, 30 km/h, 900 cars an hour and lane.
struct LinkTable {
  explicit LinkTable(const World& world, double dark_signal_capacity = 0.7);

  std::size_t size() const { return from.size(); }

  // -- fixed ---------------------------------------------------------------------------------
  std::vector<std::uint32_t> from, to, opposite;  ///< as in RoadNetwork
  std::vector<double> length_m;
  std::vector<double> lanes;
  std::vector<double> free_speed_mps;
  std::vector<double> capacity_pcph;   ///< passenger-car equivalents an hour
  std::vector<CarHundredths> storage;  ///< room for waiting vehicles
  std::vector<Micros> hole_delay;      ///< from a vehicle leaving until its room is at the start

  // -- now -----------------------------------------------------------------------------------
  std::vector<double> speed_mps;        ///< the limit, less in water
  std::vector<Micros> entry_headway;    ///< least time between cars that drive in
  std::vector<Micros> exit_headway;     ///< least time between cars that drive out
  std::vector<std::uint8_t> may_enter;  ///< bit of each WadeGroup that may drive in
  std::vector<std::uint8_t> blocked;    ///< bit of each WadeGroup that cannot get past its middle
  std::vector<double> signal_factor;    ///< share of the exit capacity, of the reference plan's

  /// What changed in an update, by rising link.
  struct Changes {
    std::vector<std::uint32_t> altered;  ///< speed, headways, may_enter or blocked
    std::vector<std::uint32_t> shut;     ///< of those, where some group may no longer drive in
    std::vector<std::uint32_t> newly_blocked;
    std::uint8_t groups = 0;  ///< bit of each WadeGroup whose may_enter changed
  };
  /// Reads the roads' columns (open, capacity_factor, speed limit, debris, water) and the signals'.
  const Changes& update(const StateTable& state);

  /// The time a class takes over a link that is free, at the link's speed now.
  Micros travel_time(std::uint32_t link, double top_speed_mps) const {
    const double speed = speed_mps[link] < top_speed_mps ? speed_mps[link] : top_speed_mps;
    return static_cast<Micros>(length_m[link] / speed * micros_per_second + 0.5);
  }

 private:
  struct Inputs {
    double open, capacity_factor, limit_mps, debris, water_m, signal_factor;
    friend bool operator==(const Inputs&, const Inputs&) = default;
  };
  void set(std::uint32_t link, const Inputs& now);

  struct Signal {
    std::uint32_t row;
    std::vector<std::uint32_t> first_pair, others;
  };
  void read_signals(const StateTable& state);

  double dark_signal_capacity_;
  std::vector<Inputs> inputs_;
  std::vector<Signal> signals_;
  Changes changes_;
};

}  // namespace kontwin::traffic
