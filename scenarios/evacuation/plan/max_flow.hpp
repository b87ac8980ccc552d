#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/evacuation/plan/flow_network.hpp"

namespace kontwin::evacuation {

/// The most that gets from a source to a sink, and what holds it back.
struct MaxFlow {
  Amount value = 0;
  std::vector<Amount> flow;               ///< [arc]; empty where only the cut was asked for
  std::vector<std::uint8_t> source_side;  ///< [node] 1 on the source's side of a minimum cut
};

/// What maximum_flow is asked for: the cut alone takes about half of the time.
enum class FlowAnswer : std::uint8_t { cut, flow };

/// A maximum flow by pushing and relabelling, highest label first, with gaps and global relabelling
/// (Goldberg and Tarjan 1988; Cherkassky and Goldberg 1997). Of the minimum cuts it gives the one
/// nearest to the sink. Throws ScenarioError where source and sink are one, or not in the network,
/// a capacity is negative, or more than boundless leaves the source.
MaxFlow maximum_flow(const FlowNetwork& network, std::uint32_t source, std::uint32_t sink,
                     FlowAnswer answer = FlowAnswer::flow);

}  // namespace kontwin::evacuation
