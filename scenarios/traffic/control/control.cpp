#include "scenarios/traffic/control/control.hpp"

#include "twin/error.hpp"

namespace kontwin::traffic {

std::uint64_t Scene::exits_of(std::uint32_t link) const {
  std::uint64_t sum = 0;
  for (std::uint32_t lane = network().lane_begin[link]; lane < network().lane_begin[link + 1];
       ++lane) {
    sum += exits[lane];
  }
  return sum;
}

Micros Control::look(Scene& /*scene*/) { return never; }

Micros Control::end(Scene& scene) {
  scene.layers.clear(scene.owner);
  return never;
}

void refuse(const Network& network, std::uint32_t link, const std::string& why) {
  throw ScenarioError("link " + network.link_id[link] + " " + why);
}

std::uint32_t lanes_from(const Network& network, std::uint32_t link, int count, bool inner) {
  const auto lanes = static_cast<int>(network.lanes_of(link));
  if (count > lanes) {
    refuse(network, link,
           "has " + std::to_string(lanes) + (lanes == 1 ? " lane, not " : " lanes, not ") +
               std::to_string(count));
  }
  const std::uint32_t outermost = (1U << static_cast<unsigned>(count)) - 1;
  return inner ? outermost << static_cast<unsigned>(lanes - count) : outermost;
}

}  // namespace kontwin::traffic
