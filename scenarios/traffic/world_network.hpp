#pragma once

#include <memory>
#include <vector>

#include "scenarios/traffic/network/network.hpp"
#include "twin/traffic_measure.hpp"
#include "twin/world.hpp"

namespace kontwin::traffic {

/// The roads of a world as a traffic network: a link for each road and a junction for each junction
/// of the world, in their rows; a signal for each signal that stands where roads arrive. Roads go
/// first by class (national before provincial, and so on). Roads less than 2 m wide let in
/// motorbikes and bicycles only. There is every turn that the world does not forbid. Unknown
/// attributes get the defaults of Network::seal.
std::shared_ptr<const Network> network_of(const World& world,
                                          std::vector<Repair>* repairs = nullptr);

/// Makes the signals that a measure names those of the network of a world; its links are the
/// world's roads already. Throws ScenarioError for a signal that rules no road.
void name_signals_of(const World& world, const Network& network, TrafficMeasure& measure);

/// The plan of two stages that a signal's cycle and green share make: the first goes to the
/// approaches on the axis of the junction's first one, `lost_s_per_stage` between them. [turn]
std::vector<Signal::Stage> two_stages(const Network& network, const Signal& signal, double cycle_s,
                                      double green_share);

/// Yellow, red for all and starting up, that nobody uses: Webster 1958 counted about 4 s a stage
/// with a green start.
inline constexpr double lost_s_per_stage = 4;
inline constexpr double default_cycle_s = 90;

}  // namespace kontwin::traffic
