#include "io/flood/case_times.hpp"

#include <algorithm>
#include <numeric>

namespace kontwin::flood {

Duration whole_part(Duration length, Duration most) {
  const Duration::rep parts = (length.count() + most.count() - 1) / most.count();
  for (Duration::rep divisor = std::max<Duration::rep>(parts, 1); divisor < length.count();
       ++divisor) {
    if (length.count() % divisor == 0) return Duration{length.count() / divisor};
  }
  return Duration{1};
}

Duration usual_window(const FloodCase& flood_case) {
  Duration::rep common = std::gcd(flood_case.length.count(), flood_case.every.count());
  for (const Duration length : {flood_case.maps_every, flood_case.record_every}) {
    if (length.count() > 0) common = std::gcd(common, length.count());
  }
  return whole_part(Duration{common}, std::chrono::seconds{60});
}

}  // namespace kontwin::flood
