#pragma once

namespace kontwin::traffic {

/// Level of service of an urban street, `A` to `F`, by the share of its free-flow speed at which it
/// is driven: Highway Capacity Manual 6 (2016), exhibit 18-1: above 80 % A, 67 % B, 50 % C, 40 % D,
/// 30 % E, else F. A share that is not known (nobody drove) is A.
inline char level_of_service(double speed_share) {
  if (!(speed_share <= 0.80)) return 'A';
  if (speed_share > 0.67) return 'B';
  if (speed_share > 0.50) return 'C';
  if (speed_share > 0.40) return 'D';
  if (speed_share > 0.30) return 'E';
  return 'F';
}

}  // namespace kontwin::traffic
