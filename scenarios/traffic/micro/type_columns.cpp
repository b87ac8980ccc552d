#include "scenarios/traffic/micro/type_columns.hpp"

#include <cmath>

#include "twin/error.hpp"

namespace kontwin::traffic::micro {

TypeColumns::TypeColumns(std::span<const VehicleType> types, const MicroOptions& options) {
  for (const VehicleType& type : types) {
    const bool sound = type.length_m > 0 && type.width_m > 0 && type.gap_m >= 0 &&
                       type.reaction_s > 0 && type.acceleration_mps2 > 0 &&
                       type.deceleration_mps2 > 0 && type.top_speed_mps > 0;
    if (!sound) {
      throw ScenarioError("vehicle type " + type.id +
                          ": length, width, reaction time, accelerations and top speed must be "
                          "above 0 to be driven as individuals");
    }
    const double comfortable = std::min(options.comfortable_mps2, type.deceleration_mps2);
    length_m.push_back(type.length_m);
    width_m.push_back(type.width_m);
    standing_gap_m.push_back(type.gap_m);
    time_gap_s.push_back(type.reaction_s);
    acceleration_mps2.push_back(type.acceleration_mps2);
    comfortable_mps2.push_back(comfortable);
    deceleration_mps2.push_back(type.deceleration_mps2);
    imperfection.push_back(type.imperfection);
    top_speed_mps.push_back(type.top_speed_mps);
    easing.push_back(std::pow(1 + comfortable / type.acceleration_mps2, -0.25));
    narrow.push_back(type.narrow ? 1 : 0);
    kind.push_back(type.kind);
    longest_m = std::max(longest_m, type.length_m);
  }
}

}  // namespace kontwin::traffic::micro
