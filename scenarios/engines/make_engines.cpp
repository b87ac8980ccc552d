#include "scenarios/engines/make_engines.hpp"

#include "scenarios/evacuation/evacuation_engine.hpp"
#include "scenarios/evacuation/square/crowd_square.hpp"
#include "scenarios/flood/flood_engine.hpp"
#include "scenarios/slope/slope_engine.hpp"
#include "scenarios/traffic/traffic_engine.hpp"
#include "twin/place_error.hpp"

namespace kontwin {

std::vector<std::unique_ptr<Engine>> make_engines(const Scenario& scenario, const Branch& branch,
                                                  ComputeArena& arena) {
  std::vector<std::unique_ptr<Engine>> engines;
  const WaterField* water = nullptr;
  if (scenario.flood) {
    try {
      auto flood = std::make_unique<FloodEngine>(branch, arena, *scenario.flood);
      water = flood.get();
      engines.push_back(std::move(flood));
    } catch (const PlaceError& error) {
      throw on_earth(error, *branch.world);
    }
  }
  if (scenario.slope) {
    engines.push_back(std::make_unique<SlopeEngine>(branch, arena, *scenario.slope, water));
  }
  std::unique_ptr<TrafficEngine> traffic;
  if (scenario.traffic) traffic = std::make_unique<TrafficEngine>(branch, arena, *scenario.traffic);
  if (scenario.evacuation) {
    if (!traffic) {
      throw ScenarioError("scenario " + scenario.name + ": [evacuation] needs [traffic] beside it");
    }
    std::vector<evacuation::SquareAt> squares;
    for (const EvacuationSquare& one : scenario.evacuation->squares) {
      squares.push_back(
          {one.place,
           std::make_unique<evacuation::CrowdSquare>(*one.building, one.cell_m, branch.seed, arena),
           one.gates, one.streets});
    }
    engines.push_back(std::make_unique<EvacuationEngine>(branch, *traffic, *scenario.evacuation,
                                                         std::move(squares)));
  }
  if (traffic) engines.push_back(std::move(traffic));
  return engines;
}

}  // namespace kontwin
