#include "twin/forcing.hpp"

#include <algorithm>

namespace kontwin {

double TimeSeries::value_at(Instant moment) const {
  if (at.empty()) return 0;
  const auto next = std::ranges::upper_bound(at, moment);
  if (next == at.begin()) return value.front();
  const auto i = static_cast<std::size_t>(next - at.begin());
  if (next == at.end() || between == Between::hold) return value[i - 1];
  const double share = to_seconds(moment - at[i - 1]) / to_seconds(at[i] - at[i - 1]);
  return value[i - 1] + share * (value[i] - value[i - 1]);
}

}  // namespace kontwin
