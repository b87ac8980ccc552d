#include "scenarios/traffic/link_inputs.hpp"

#include <algorithm>

#include "scenarios/traffic/water_rules.hpp"

namespace kontwin::traffic {

LinkInputs usual_inputs(const Network& network, std::uint32_t link) {
  return {1, 1, network.free_speed_mps[link], 0, 0, 0};
}

void set_link(LinkState& state, const Network& network, std::uint32_t link,
              const LinkInputs& inputs) {
  double speed = std::max(0.5, inputs.limit_mps);
  if (inputs.water_m > 0) speed = std::min(speed, flooded_speed_mps(inputs.water_m));
  state.speed_mps[link] = speed;

  const double share = std::clamp(inputs.capacity_factor, 0.0, 1.0);
  const bool nobody = inputs.debris == 1 || share == 0;
  // Those who are past an obstacle drive on as usual.
  const double capacity = network.lane_capacity_pcph[link] * (share > 0 ? share : 1);
  state.entry_headway[link] = state.exit_headway[link] = headway(capacity);

  VehicleKinds stopped = nobody ? all_vehicles : VehicleKinds{0};
  stopped |= too_deep_for(inputs.water_m, state.blocked[link]);
  stopped |= swept_off(static_cast<unsigned>(inputs.impassable_for));
  state.blocked[link] = stopped;
  state.may_enter[link] =
      inputs.open == 0 ? VehicleKinds{0}
                       : static_cast<VehicleKinds>(network.allowed[link] & ~unsigned{stopped});
}

}  // namespace kontwin::traffic
