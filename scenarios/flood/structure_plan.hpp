#pragma once

#include <limits>
#include <optional>
#include <string>

#include "scenarios/flood/structure_flow.hpp"
#include "twin/forcing.hpp"
#include "twin/geometry.hpp"

namespace kontwin::flood {

/// Works between two places of the flood grid, or from one out of it, as a scenario gives them.
/// Which numbers count depends on the kind. Levels are metres above the datum.
struct StructurePlan {
  enum class Kind {
    weir,     ///< a crest: width, sill
    gate,     ///< an opening that can be closed from its top: width, sill, height
    bridge,   ///< an opening under a deck: width, sill, height
    culvert,  ///< see Culvert
    pump,     ///< capacity, start and stop level
    drain,    ///< a grate into a sewer: perimeter, area, capacity
  };
  static constexpr double of_ground = std::numeric_limits<double>::quiet_NaN();

  Kind kind = Kind::weir;
  std::string name = {};
  LocalPoint from = {};
  std::optional<LocalPoint> to = {};  ///< nothing: the water leaves (pumps and drains)
  double width_m = 1;         ///< along cells at right angles to the way from one end to the other
  double sill_m = of_ground;  ///< of_ground: the higher ground of the two ends
  double height_m = std::numeric_limits<double>::infinity();
  double weir_coefficient = 1;
  double orifice_coefficient = 0.6;
  Culvert culvert = {};  ///< inverts: of_ground where they are those of its ends
  double capacity_m3ps = 0;
  double start_level_m = 0, stop_level_m = 0;  ///< of a pump, at `from`
  double perimeter_m = 0, area_m2 = 0;         ///< of a grate
  bool one_way = false;                        ///< a flap: nothing flows back to `from`
  TimeSeries open = {};                        ///< share that is open, 0 to 1; empty: all
};

}  // namespace kontwin::flood
