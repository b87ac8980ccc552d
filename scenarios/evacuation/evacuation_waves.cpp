// Who waits for the wave that a plan names, and who is called sooner.
#include <algorithm>
#include <limits>

#include "scenarios/evacuation/evacuation_state.hpp"

namespace kontwin {

using evacuation::Agenda;

void EvacuationEngine::Impl::call_waves(double from_s, double until_s) {
  Agenda::Due due;
  while (ready_for_wave.pop(until_s, due)) waves.add(parties[due.number].not_before_s, due.number);
  if (waves.empty()) return;
  std::uint64_t riding = 0;
  for (const Party& party : parties) {
    if (party.stage == Stage::riding) riding += party.people;
  }
  constexpr double whenever = std::numeric_limits<double>::infinity();
  while (riding < options.plan->under_way && waves.pop(whenever, due)) {
    Party& party = parties[due.number];
    // Left meanwhile, as its wave had come or water did.
    if (!waits_for_wave(party)) continue;
    party.due_s = std::max(from_s, party.heard_s + party.delay_s);
    departures.add(party.due_s, due.number);
    if (party.vehicle != Vehicle::none) riding += party.people;
  }
}

}  // namespace kontwin
