#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "scenarios/flood/hazard.hpp"

namespace kontwin::flood {

/// Who may be on a flooded road. The order is that of the bits of an impassable_for column.
enum class Traveller : std::uint8_t {
  child,
  adult,
  motorbike,
  small_car,
  large_car,
  four_wheel_drive,
  bus,
  lorry,
};
inline constexpr std::size_t traveller_count = 8;

/// The bits of all that drive, from motorbikes on; they are the highest, so that a mask that has
/// all of them, and no other, is this or more.
inline constexpr unsigned every_vehicle = 0b1111'1100;

/// Where the limits of a traveller come from.
enum class LimitOrigin : std::uint8_t { published, extrapolated };

/// Up to these limits, all at once, a traveller keeps its stand. `head_m` limits the total head
/// depth + speed²/2g. What does not apply is infinite.
struct StabilityLimits {
  std::string_view id;  ///< `small_car`
  double depth_m;
  double speed_mps;
  double depth_velocity_m2ps;
  double head_m;
  LimitOrigin origin;
};

/// By traveller. Child (height x mass 25 to 50 m kg) and adult: the low hazard of Cox, Shand and
/// Blacka 2010, Australian Rainfall and Runoff project 10, Appropriate safety criteria for people.
/// Cars and four-wheel drive: Shand, Cox, Blacka and Smith 2011, the same project, Appropriate
/// safety criteria for vehicles (standing vehicles). Lorry: the emergency vehicles of Kramer,
/// Terheiden and Wieprecht 2016, Int. J. Disaster Risk Reduction 17. Motorbike and bus are not
/// published: docs/flood-hazard.md says what they rest on.
const StabilityLimits& limits_of(Traveller traveller);

/// Whether a traveller gets through water of a depth and speed.
bool passes(Traveller traveller, double depth_m, double speed_mps);

/// A bit mask with bit i set when Traveller i does not get through.
unsigned impassable_for(double depth_m, double speed_mps);
constexpr bool stops(unsigned impassable, Traveller traveller) {
  return (impassable >> static_cast<unsigned>(traveller) & 1U) != 0;
}

/// What water does to people who walk in it.
enum class PersonHazard : std::uint8_t { none, low, moderate, significant, extreme };

/// Cox, Shand and Blacka 2010: by depth x speed to 0.6, 0.8 and 1.2 m²/s for adults (low, dangerous
/// to some, to most, to all), 0.4 and 0.6 m²/s for children (low, to most, to all); beyond their
/// depth or 3 m/s extreme. Asks for Traveller::adult or child; anyone else throws Error.
PersonHazard person_hazard(Traveller person, double depth_m, double speed_mps);

}  // namespace kontwin::flood
