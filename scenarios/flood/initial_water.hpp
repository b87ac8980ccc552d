#pragma once

#include "scenarios/flood/entity_depths.hpp"
#include "scenarios/flood/inlets.hpp"
#include "scenarios/flood/shallow_water_solver.hpp"
#include "twin/branch.hpp"

namespace kontwin::flood {

/// Puts water at rest into the rivers of the grid: downstream of an inlet as deep as its discharge
/// runs when it is steady (backwater.hpp), drawn to the gauges on the grid that know their stage;
/// in rivers that nothing comes into, as deep over the bed as at the gauge (between two gauges, in
/// proportion). Rivers that nothing is known of stay dry.
void fill_rivers(const Branch& branch, const EntityDepths& entities, const Inlets& inlets,
                 ShallowWaterSolver& solver);

/// Lets rivers leave the grid on their own bed's fall where they cross its edge, and lets no water
/// out where they come in.
void open_river_mouths(const World& world, ShallowWaterSolver& solver);

}  // namespace kontwin::flood
