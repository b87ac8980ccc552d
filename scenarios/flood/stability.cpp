#include "scenarios/flood/stability.hpp"

#include <limits>
#include <string>

#include "scenarios/flood/inertial_kernels.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

constexpr double no_limit = std::numeric_limits<double>::infinity();

constexpr std::array<StabilityLimits, traveller_count> limits{{
    {"child", 0.5, 3.0, 0.4, no_limit, LimitOrigin::published},
    {"adult", 1.2, 3.0, 0.6, no_limit, LimitOrigin::published},
    {"motorbike", 0.2, 3.0, 0.2, no_limit, LimitOrigin::extrapolated},
    {"small_car", 0.3, 3.0, 0.3, no_limit, LimitOrigin::published},
    {"large_car", 0.4, 3.0, 0.45, no_limit, LimitOrigin::published},
    {"four_wheel_drive", 0.5, 3.0, 0.6, no_limit, LimitOrigin::published},
    {"bus", 0.5, 3.0, 0.6, no_limit, LimitOrigin::extrapolated},
    {"lorry", no_limit, no_limit, no_limit, 0.6, LimitOrigin::published},
}};

}  // namespace

const StabilityLimits& limits_of(Traveller traveller) {
  return limits[static_cast<std::size_t>(traveller)];
}

bool passes(Traveller traveller, double depth_m, double speed_mps) {
  if (!(depth_m > 0)) return true;
  const StabilityLimits& up_to = limits_of(traveller);
  return depth_m <= up_to.depth_m && speed_mps <= up_to.speed_mps &&
         depth_m * speed_mps <= up_to.depth_velocity_m2ps &&
         depth_m + speed_mps * speed_mps / (2 * gravity_mps2) <= up_to.head_m;
}

unsigned impassable_for(double depth_m, double speed_mps) {
  unsigned mask = 0;
  for (unsigned i = 0; i < traveller_count; ++i) {
    if (!passes(static_cast<Traveller>(i), depth_m, speed_mps)) mask |= 1U << i;
  }
  return mask;
}

PersonHazard person_hazard(Traveller person, double depth_m, double speed_mps) {
  if (person != Traveller::adult && person != Traveller::child) {
    throw Error("flood: a " + std::string(limits_of(person).id) + " is not a person");
  }
  if (!(depth_m > 0)) return PersonHazard::none;
  const StabilityLimits& up_to = limits_of(person);
  const double force = depth_m * speed_mps;
  if (depth_m > up_to.depth_m || speed_mps > up_to.speed_mps) return PersonHazard::extreme;
  if (force <= up_to.depth_velocity_m2ps) return PersonHazard::low;
  if (person == Traveller::child) {
    return force <= 0.6 ? PersonHazard::significant : PersonHazard::extreme;
  }
  if (force <= 0.8) return PersonHazard::moderate;
  return force <= 1.2 ? PersonHazard::significant : PersonHazard::extreme;
}

}  // namespace kontwin::flood
