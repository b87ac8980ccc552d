#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

/// Occupancy counters report every five minutes; parked cars are lost where it floods.
RuleType parking_rule() {
  return {.watches = {watch_water()}, .stale_after = std::chrono::minutes{15}, .make = [] {
            return std::unique_ptr<Rule>(std::make_unique<FloodedPlace>());
          }};
}

}  // namespace kontwin
