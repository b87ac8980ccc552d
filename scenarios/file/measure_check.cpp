#include "scenarios/file/measure_check.hpp"

#include <algorithm>

#include "scenarios/compute_arena.hpp"
#include "scenarios/traffic/control/traffic_control.hpp"
#include "scenarios/traffic/world_network.hpp"
#include "twin/error.hpp"

namespace kontwin {

void check_measures(const std::filesystem::path& path, std::span<const PlacedEdit> edits,
                    const std::shared_ptr<const traffic::Network>& network, const World* world) {
  const bool any = std::ranges::any_of(
      edits, [](const PlacedEdit& one) { return std::holds_alternative<StartMeasure>(one.edit); });
  if (!any) return;
  ComputeArena arena(1);
  traffic::LinkState links(*network);
  traffic::TrafficControl control(*network, links);
  const auto types = traffic::standard_vehicle_types();
  traffic::Simulation simulation(network, links, arena, {types.begin(), types.end()});
  for (const PlacedEdit& one : edits) {
    const auto* begins = std::get_if<StartMeasure>(&one.edit);
    if (begins == nullptr) continue;
    try {
      StartMeasure measure = *begins;
      if (world != nullptr) traffic::name_signals_of(*world, *network, measure.measure);
      control.start(measure, simulation);
      control.settle(simulation);
      control.end(measure.id, simulation);
      control.settle(simulation);
    } catch (const ScenarioError& error) {
      throw FileError(path.string(), one.line, error.what());
    }
  }
}

}  // namespace kontwin
