#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace kontwin::flood {

/// Up to these limits, all three at once, water belongs to a hazard class.
struct HazardLimits {
  double depth_velocity_m2ps;
  double depth_m;
  double speed_mps;
};

/// Of H1 to H5; what is past the last is H6. Smith, Davey and Cox 2014 (WRL TR2014/07, Flood
/// Hazard), as in Australian Disaster Resilience Guideline 7-3 (AIDR 2017), tables 1 and 2, and
/// Australian Rainfall and Runoff 2019, book 6, chapter 7.
inline constexpr std::array<HazardLimits, 5> hazard_limits{
    {{0.3, 0.3, 2.0}, {0.6, 0.5, 2.0}, {0.6, 1.2, 2.0}, {1.0, 2.0, 2.0}, {4.0, 4.0, 4.0}}};

/// The hazard class of water: 0 dry; 1 generally safe; 2 unsafe for small vehicles; 3 unsafe for
/// vehicles, children and the elderly; 4 unsafe for vehicles and people; 5 buildings need special
/// design; 6 all buildings may fail. The limits belong to the lower class. Depth in m, speed in
/// m/s. The classes of the maxima of depth, speed and their product give the maximum of the class,
/// since each limit rises with the class.
constexpr int hazard_class(double depth_m, double speed_mps, double depth_velocity_m2ps) {
  if (!(depth_m > 0)) return 0;
  int number = 1;
  for (const HazardLimits& limits : hazard_limits) {
    if (depth_velocity_m2ps <= limits.depth_velocity_m2ps && depth_m <= limits.depth_m &&
        speed_mps <= limits.speed_mps) {
      return number;
    }
    ++number;
  }
  return number;
}
constexpr int hazard_class(double depth_m, double speed_mps) {
  return hazard_class(depth_m, speed_mps, depth_m * speed_mps);
}
inline constexpr int highest_hazard_class = 6;

/// What stands round the flow, from which debris may come; `unknown` is the cautious choice for
/// planning.
enum class DebrisSource : std::uint8_t { pasture, woodland, urban, unknown };

/// What floating debris adds to the hazard rating: Defra and Environment Agency 2006, Flood Risks
/// to People, FD2321/TR1, table 3.1; `unknown` as in FD2320/TR2, table 13.1, and its supplementary
/// note (May 2008).
constexpr double debris_factor(double depth_m, double speed_mps, DebrisSource source) {
  const bool shallow = depth_m <= 0.25;
  const bool deep_or_fast = depth_m > 0.75 || speed_mps > 2.0;
  switch (source) {
    case DebrisSource::pasture:
      return deep_or_fast ? 0.5 : 0.0;
    case DebrisSource::woodland:
      return deep_or_fast ? 1.0 : shallow ? 0.0 : 0.5;
    case DebrisSource::urban:
      return deep_or_fast || !shallow ? 1.0 : 0.0;
    case DebrisSource::unknown:
      break;
  }
  return shallow ? 0.5 : 1.0;
}

/// The flood hazard rating d (v + 0.5) + DF of FD2321, 0 where it is dry.
constexpr double hazard_rating(double depth_m, double speed_mps, DebrisSource source) {
  if (!(depth_m > 0)) return 0;
  return depth_m * (speed_mps + 0.5) + debris_factor(depth_m, speed_mps, source);
}

/// Caution; danger for some (children, the elderly); for most; for all (emergency services too).
enum class HazardRatingClass : std::uint8_t { low, moderate, significant, extreme };

/// FD2320/TR2: below 0.75, to 1.25, to 2.0, above. A rating of 0.75 is moderate, one of 1.25
/// significant, one of 2.0 still is.
constexpr HazardRatingClass hazard_rating_class(double rating) {
  if (rating < 0.75) return HazardRatingClass::low;
  if (rating < 1.25) return HazardRatingClass::moderate;
  return rating <= 2.0 ? HazardRatingClass::significant : HazardRatingClass::extreme;
}

}  // namespace kontwin::flood
