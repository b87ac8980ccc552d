#include "scenarios/evacuation/plan/measured_flows.hpp"

#include <limits>

namespace kontwin {

namespace {

/// Vehicles; fewer stand at a red light, too.
constexpr double queue = 10;
constexpr std::uint32_t times = 4;

}  // namespace

MeasuredFlows::MeasuredFlows(const World& world)
    : sum_vph_(world.roads().links(), 0), seen_(world.roads().links(), 0) {}

void MeasuredFlows::see(const StateTable& state) {
  const auto queues = state.column(Kind::road, road_column::queue);
  const auto flows = state.column(Kind::road, road_column::flow_vph);
  for (std::size_t road = 0; road < seen_.size(); ++road) {
    if (!(queues[road] >= queue) || !(flows[road] >= 0)) continue;
    sum_vph_[road] += flows[road];
    ++seen_[road];
  }
}

std::vector<double> MeasuredFlows::vehicles_ph() const {
  std::vector<double> mean(seen_.size(), std::numeric_limits<double>::infinity());
  for (std::size_t road = 0; road < mean.size(); ++road) {
    if (seen_[road] >= times) mean[road] = sum_vph_[road] / seen_[road];
  }
  return mean;
}

}  // namespace kontwin
