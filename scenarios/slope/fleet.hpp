#pragma once

#include "scenarios/slope/flood_vehicles.hpp"
#include "twin/random.hpp"

namespace kontwin::slope {

/// Draws a kind of vehicle from our fleet, for of traffic only numbers are known: of those that
/// water did not stop already (`stopped`, bits of flood::Traveller), or of all where it stopped
/// all.
FloodVehicle draw_kind(unsigned stopped, double motorbike_share, RandomStream& random);

}  // namespace kontwin::slope
