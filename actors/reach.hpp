#pragma once

#include <vector>

#include "twin/driving_graph.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// Whether a car gets through a link: it is open, nothing lies across it, and the water on it is
/// below 0.3 m and not among those that `impassable_for` stops.
bool is_usable(double open, double debris, double water_depth_m, double impassable_for);

/// Who can be reached by road: an entity is cut off when its junction is not in the largest part of
/// the network whose junctions all reach each other over usable links and turns that some vehicle
/// may make.
class Reach {
 public:
  /// An entity that cares, and the column that says so.
  struct Place {
    EntityRef entity;
    std::size_t column = 0;
    std::uint32_t junction = no_row;
  };

  /// Every link usable.
  explicit Reach(const World& world);

  void set_usable(std::uint32_t road, bool usable);
  /// Takes all links from the table; whether any changed.
  bool set_usable_from(const StateTable& state);
  /// Hospitals, health stations and shelters with a junction, in entity order.
  const std::vector<Place>& places() const { return places_; }
  /// For each place, 1 when it is cut off.
  const std::vector<std::uint8_t>& work_out();

 private:
  DrivingGraph graph_;
  std::vector<double> cost_;
  std::vector<Place> places_;
  std::vector<std::uint8_t> cut_off_;
};

}  // namespace kontwin
