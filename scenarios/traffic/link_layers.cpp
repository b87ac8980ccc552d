#include "scenarios/traffic/link_layers.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin::traffic {

namespace {

constexpr double slowest_mps = 0.5;

}  // namespace

LinkLayers::LinkLayers(const Network& network) : network_(&network), base_(network) {}

void LinkLayers::set(std::uint32_t owner, std::uint32_t link, const LinkLayer& layer) {
  auto& of_link = layers_[link];
  const auto found = std::ranges::find(of_link, owner, [](const auto& one) { return one.first; });
  if (found == of_link.end()) {
    of_link.emplace_back(owner, layer);
  } else {
    found->second = layer;
  }
  touch(link);
}

void LinkLayers::clear(std::uint32_t owner, std::uint32_t link) {
  const auto found = layers_.find(link);
  if (found == layers_.end()) return;
  if (std::erase_if(found->second, [owner](const auto& one) { return one.first == owner; }) > 0) {
    touch(link);
  }
  if (found->second.empty()) layers_.erase(found);
}

void LinkLayers::clear(std::uint32_t owner) {
  std::vector<std::uint32_t> links;
  for (const auto& [link, of_link] : layers_) links.push_back(link);
  for (const std::uint32_t link : links) clear(owner, link);
}

void LinkLayers::set_base(std::uint32_t link, const LinkState& from) {
  base_.speed_mps[link] = from.speed_mps[link];
  base_.entry_headway[link] = from.entry_headway[link];
  base_.exit_headway[link] = from.exit_headway[link];
  base_.may_enter[link] = from.may_enter[link];
  base_.blocked[link] = from.blocked[link];
  touch(link);
}

void LinkLayers::set_base(std::uint32_t link, const LinkInputs& inputs) {
  set_link(base_, *network_, link, inputs);
  touch(link);
}

std::uint32_t LinkLayers::closed_lanes(std::uint32_t link, std::uint32_t but) const {
  std::uint32_t closed = 0;
  const auto found = layers_.find(link);
  if (found == layers_.end()) return closed;
  for (const auto& [owner, layer] : found->second) {
    if (owner != but && layer.lane_kinds == 0) closed |= layer.lanes;
  }
  return closed;
}

void LinkLayers::write(std::uint32_t link, LinkState& shown) const {
  double speed = base_.speed_mps[link];
  double most_mps = LinkLayer::no_limit;
  double capacity = 1;
  double exit_pcph = LinkLayer::no_limit;
  unsigned may_enter = base_.may_enter[link];
  unsigned blocked = base_.blocked[link];
  const std::uint32_t first = network_->lane_begin[link];
  const std::uint32_t lanes = network_->lanes_of(link);
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    shown.lane_may_enter[first + lane] = base_.lane_may_enter[first + lane];
  }
  if (const auto found = layers_.find(link); found != layers_.end()) {
    for (const auto& [owner, layer] : found->second) {
      speed *= layer.speed_factor;
      most_mps = std::min(most_mps, layer.speed_mps);
      capacity *= layer.capacity_factor;
      exit_pcph = std::min(exit_pcph, layer.exit_pcph);
      may_enter &= layer.may_enter;
      blocked |= layer.blocked;
      for (std::uint32_t lane = 0; lane < lanes; ++lane) {
        if (((layer.lanes >> lane) & 1U) == 0) continue;
        shown.lane_may_enter[first + lane] &= layer.lane_kinds;
      }
    }
  }
  unsigned on_lanes = 0;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) on_lanes |= shown.lane_may_enter[first + lane];
  const auto longer = [capacity](Micros headway) {
    return capacity == 1
               ? headway
               : static_cast<Micros>(std::llround(static_cast<double>(headway) / capacity));
  };
  shown.speed_mps[link] = std::max(slowest_mps, std::min(speed, most_mps));
  shown.entry_headway[link] = longer(base_.entry_headway[link]);
  shown.exit_headway[link] = longer(base_.exit_headway[link]);
  if (std::isfinite(exit_pcph)) {
    shown.exit_headway[link] = std::max(shown.exit_headway[link], headway(exit_pcph));
  }
  shown.may_enter[link] = static_cast<VehicleKinds>(may_enter & on_lanes & ~blocked);
  shown.blocked[link] = static_cast<VehicleKinds>(blocked);
}

const LinkChanges& LinkLayers::refresh(LinkState& shown) {
  changes_.altered.clear();
  changes_.shut.clear();
  changes_.newly_blocked.clear();
  changes_.kinds = 0;
  std::ranges::sort(touched_);
  touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
  for (const std::uint32_t link : touched_) {
    const unsigned entered = shown.may_enter[link];
    const unsigned passed = shown.blocked[link];
    const std::span<VehicleKinds> lanes =
        std::span(shown.lane_may_enter)
            .subspan(network_->lane_begin[link], network_->lanes_of(link));
    const std::vector<VehicleKinds> lanes_before(lanes.begin(), lanes.end());
    write(link, shown);
    changes_.altered.push_back(link);
    changes_.kinds |= static_cast<VehicleKinds>(entered ^ shown.may_enter[link]);
    // Who waits to drive into a lane chooses again where lanes shut or opened, too.
    const bool others = !std::ranges::equal(lanes, lanes_before);
    if (others || (entered & ~unsigned{shown.may_enter[link]}) != 0) changes_.shut.push_back(link);
    if ((shown.blocked[link] & ~passed) != 0) changes_.newly_blocked.push_back(link);
  }
  touched_.clear();
  return changes_;
}

}  // namespace kontwin::traffic
