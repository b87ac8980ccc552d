#include "scenarios/evacuation/plan/road_closures.hpp"

#include <algorithm>
#include <limits>

#include "scenarios/traffic/world_links.hpp"
#include "scenarios/traffic/world_network.hpp"

namespace kontwin {

namespace {

constexpr double never = std::numeric_limits<double>::infinity();

}  // namespace

struct RoadClosures::Impl {
  std::shared_ptr<const traffic::Network> network;
};

RoadClosures::RoadClosures(const World& world)
    : impl_(std::make_unique<Impl>(Impl{traffic::network_of(world)})),
      closes_s_(world.roads().links(), never),
      open_until_s_(closes_s_.size(), never),
      shut_s_(closes_s_.size(), never) {}
RoadClosures::~RoadClosures() = default;

void RoadClosures::see(const StateTable& state, double at_s) {
  const traffic::LinkState links = traffic::link_state_of(*impl_->network, state);
  for (std::uint32_t road = 0; road < closes_s_.size(); ++road) {
    if (!traffic::contains(links.may_enter[road], traffic::VehicleKind::motorbike)) {
      closes_s_[road] = std::min({closes_s_[road], looked_s_, at_s});
    }
    if (links.may_enter[road] != 0) {
      open_until_s_[road] = never;
    } else if (open_until_s_[road] == never) {
      // Shut at the first look, it was not open since.
      open_until_s_[road] = at_s > 0 ? at_s : -1;
    }
  }
  looked_s_ = at_s;
}

void RoadClosures::close(std::uint32_t road, double at_s) {
  closes_s_[road] = std::min(closes_s_[road], at_s);
  shut_s_[road] = at_s;
}

void RoadClosures::open(std::uint32_t road) { shut_s_[road] = open_until_s_[road] = never; }

std::vector<double> RoadClosures::open_until_s() const {
  std::vector<double> until_s = open_until_s_;
  for (std::size_t road = 0; road < until_s.size(); ++road) {
    until_s[road] = std::min(until_s[road], shut_s_[road]);
  }
  return until_s;
}

}  // namespace kontwin
