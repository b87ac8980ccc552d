#include "render/exposure_node.hpp"

#include <algorithm>
#include <cmath>

#include "render/dot_set.hpp"

namespace kontwin {

osg::ref_ptr<osg::Node> make_exposure(const World& world, const StateTable& state,
                                      const Relief& relief) {
  const EntityTable& homes = world.entities(Kind::residence);
  if (homes.size() == 0) return nullptr;
  const auto depth_m = state.column(Kind::residence, common_column::water_depth_m);
  const auto people = state.column(Kind::residence, residence_column::people_home);
  DotSet dots;
  for (std::uint32_t row = 0; row < homes.size(); ++row) {
    if (!(depth_m[row] > dangerous_depth_m) || !(people[row] > 0)) continue;
    const LocalPoint place = homes.place[row];
    const auto size_px =
        static_cast<float>(std::clamp(2.5 + 0.75 * std::sqrt(people[row]), 3.5, 14.0));
    dots.add({float(place.x_m), float(place.y_m), relief.height_m(place, 20) + 6},
             {.colour = colour_of_exposed(), .least_px = size_px, .hidden_above_m_px = 120});
  }
  if (dots.empty()) return nullptr;
  return dots.geometry(39);
}

}  // namespace kontwin
