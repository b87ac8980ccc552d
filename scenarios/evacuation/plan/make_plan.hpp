#pragma once

#include <cstdint>
#include <span>

#include "scenarios/evacuation/plan/planned_evacuation.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// Plans the evacuation of residences (rows): who goes to which shelter, by which way, when, with
/// what. Those with vehicles get routes and departures within the capacities of the roads as they
/// stand in `state` (evacuation::plan_routes); those without walk, or are fetched by bus.
/// `shelters` (rows): none means all that are open and can be reached.
///
/// Everyone at home is in the plan, or listed with a reason. The lower bound is of those with a
/// vehicle: it is reached by no way of moving them over the roads, turned ones included, whatever
/// shelters they go to.
///
/// Throws ScenarioError where a residence or shelter is not in the world, is named twice or lies
/// outside, where a shelter has less than no room, and where an option is out of its range.
PlannedEvacuation make_plan(const World& world, const StateTable& state,
                            std::span<const std::uint32_t> residences,
                            std::span<const std::uint32_t> shelters, const PlanOptions& options);

}  // namespace kontwin
