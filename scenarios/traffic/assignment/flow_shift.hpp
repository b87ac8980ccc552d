#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/traffic/assignment/bush.hpp"

namespace kontwin::traffic {

/// Working space for shifting flow: links of the dearer and of the cheaper of two ways, as
/// positions in the bush.
struct ShiftScratch {
  std::vector<double> least, most;
  std::vector<std::uint32_t> least_in, most_in;
  std::vector<std::uint32_t> dear, cheap;
};

/// One walk along a bush: at each place where ways meet, from the last one back, flow goes over
/// from the dearest way in use to the cheapest one, between the place and the nearest one that both
/// pass, until both cost the same by Newton's method (Dial 2006). Flows, costs and slopes of links
/// change at once. Returns the excess cost before, within the bush.
double shift_flows(Bush& bush, std::span<PricedLink> links, const LinkCosts& costs,
                   ShiftScratch& scratch);

}  // namespace kontwin::traffic
