#pragma once

#include <cstdint>
#include <span>

#include "scenarios/evacuation/plan/planned_evacuation.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// Plans the evacuation of homes, lodgings and tourist sites: who goes to which shelter, by which
/// way, when, with what. Those with vehicles get routes and departures within the capacities of the
/// roads as they stand in `state` (evacuation::plan_routes), and none before they are ordered;
/// those without walk, or are fetched by bus; those to whom no road leads, or none for long enough,
/// by boat. `shelters` (rows): none means all that are open and can be reached.
///
/// Everyone who complies is in the plan, or listed with a reason; the others are counted. The lower
/// bound is of those who drive a vehicle of their own and always have a way out, from the first
/// order on: it is beaten by no way of moving them over the roads, turned ones included, whatever
/// shelters they go to.
///
/// Throws ScenarioError where a home or shelter is not in the world, is named twice or lies
/// outside, where a shelter has less than no room, and where an option is out of its range.
PlannedEvacuation make_plan(const World& world, const StateTable& state,
                            std::span<const OrderedHome> homes,
                            std::span<const std::uint32_t> shelters, const PlanOptions& options);

}  // namespace kontwin
