#include "scenarios/evacuation/plan/road_closures.hpp"

#include <algorithm>
#include <limits>

#include "scenarios/traffic/world_links.hpp"
#include "scenarios/traffic/world_network.hpp"

namespace kontwin {

struct RoadClosures::Impl {
  std::shared_ptr<const traffic::Network> network;
};

RoadClosures::RoadClosures(const World& world)
    : impl_(std::make_unique<Impl>(Impl{traffic::network_of(world)})),
      closes_s_(world.roads().links(), std::numeric_limits<double>::infinity()) {}
RoadClosures::~RoadClosures() = default;

void RoadClosures::see(const StateTable& state, double at_s) {
  const traffic::LinkState links = traffic::link_state_of(*impl_->network, state);
  for (std::uint32_t road = 0; road < closes_s_.size(); ++road) {
    if (!traffic::contains(links.may_enter[road], traffic::VehicleKind::motorbike)) {
      close(road, std::min(looked_s_, at_s));
    }
  }
  looked_s_ = at_s;
}

void RoadClosures::close(std::uint32_t road, double at_s) {
  closes_s_[road] = std::min(closes_s_[road], at_s);
}

}  // namespace kontwin
