#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/evacuation/evacuation_options.hpp"
#include "twin/branch.hpp"

namespace kontwin::evacuation {

/// A place that people may be told to leave, with where its people are. All are counted one by one.
struct Zone {
  EntityRef place;                  ///< residence, lodging, tourist site or hospital
  std::uint32_t junction = no_row;  ///< that leads to it
  std::uint64_t at_start = 0;
  std::uint64_t home = 0, moving = 0, safe = 0;
  bool told_by_water = false, told_by_order = false;
  bool warned_by_water = false;  // whom no channel told of the order, the water did
  double ordered_s = 0;
  double left_s = -1;  ///< when the last of them so far set out; below 0: nobody did
  double cut_s = -1;   ///< since when no road leads to a shelter; below 0: one does
  std::vector<std::uint32_t> parties;
};

/// The zones of a branch: every residence, by row, then the lodgings, tourist sites and hospitals
/// with people in them. Guests, visitors and patients are those of the state, or dealt out over
/// beds and capacities as the options say. Throws ScenarioError where an evacuation is ordered of a
/// place that is not there, lies outside the world or is of another kind.
std::vector<Zone> zones_of(const Branch& branch, const EvacuationOptions& options);
/// The same of a world in a state, without orders.
std::vector<Zone> zones_of(const World& world, const StateTable& state,
                           const EvacuationOptions& options);

/// `people` over places in proportion to `weights`, whole numbers that add up: largest remainders
/// first, ties by row. Throws ScenarioError where there is nothing to deal them out over.
std::vector<std::uint64_t> deal_out(std::uint64_t people, const std::vector<double>& weights,
                                    const std::string& what);

}  // namespace kontwin::evacuation
