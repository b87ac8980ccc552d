#include "scenarios/evacuation/plan/quickest_flow.hpp"

#include <algorithm>

#include "scenarios/evacuation/plan/max_flow.hpp"
#include "scenarios/evacuation/plan/min_cost_flow.hpp"
#include "twin/error.hpp"

namespace kontwin::evacuation {

namespace {

/// A flow that is sent again in every step in which it still arrives.
struct Repeated {
  Amount rate = 0;        // of a step
  std::int64_t cost = 0;  // its travel times, by what takes them
  Amount by(std::int64_t last) const { return (last + 1) * rate - cost; }
};

FlowNetwork still(const DynamicNetwork& network) {
  FlowNetwork flows;
  flows.nodes = network.nodes;
  for (std::size_t arc = 0; arc < network.arcs(); ++arc) {
    if (network.last_entry[arc] != never_closes) {
      throw ScenarioError("quickest flow: a temporally repeated flow needs arcs that never close");
    }
    if (network.travel[arc] < 0) throw ScenarioError("quickest flow: a travel time below 0");
    flows.add(network.from[arc], network.to[arc], network.capacity[arc], network.travel[arc]);
  }
  return flows;
}

Repeated best_by(FlowNetwork& flows, std::uint32_t source, std::uint32_t sink, Amount most,
                 std::int64_t last) {
  // The arc back pays for every unit that has time to arrive.
  const std::uint32_t back = flows.add(sink, source, most, -(last + 1));
  const std::vector<Amount> supply(flows.nodes, 0);
  const MinCostFlow found = minimum_cost_flow(flows, supply);
  Repeated repeated;
  repeated.rate = found.flow[back];
  repeated.cost = found.cost + (last + 1) * repeated.rate;
  flows.from.pop_back();
  flows.to.pop_back();
  flows.capacity.pop_back();
  flows.cost.pop_back();
  return repeated;
}

}  // namespace

Amount maximum_dynamic_flow(const DynamicNetwork& network, std::uint32_t source, std::uint32_t sink,
                            Step last) {
  FlowNetwork flows = still(network);
  const Amount most = maximum_flow(flows, source, sink, FlowAnswer::cut).value;
  if (last < 0) return 0;
  return best_by(flows, source, sink, most, last).by(last);
}

std::optional<Step> quickest_flow(const DynamicNetwork& network, std::uint32_t source,
                                  std::uint32_t sink, Amount amount) {
  FlowNetwork flows = still(network);
  const Amount most = maximum_flow(flows, source, sink, FlowAnswer::cut).value;
  if (amount <= 0) return 0;
  if (most == 0) return std::nullopt;
  // Nothing travels longer than this on a way without a turn back.
  std::int64_t longest = 0;
  for (const Step travel : network.travel) longest += travel;
  // From above: a flow that is the best at one moment tells when it alone would be done.
  Repeated repeated = best_by(flows, source, sink, most, longest + amount / most + 1);
  for (;;) {
    const std::int64_t done = (amount + repeated.cost + repeated.rate - 1) / repeated.rate - 1;
    if (done >= never_closes) return std::nullopt;
    const Repeated earlier = best_by(flows, source, sink, most, done - 1);
    if (done == 0 || earlier.by(done - 1) < amount) return static_cast<Step>(done);
    repeated = earlier;
  }
}

}  // namespace kontwin::evacuation
