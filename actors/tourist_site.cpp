#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

/// Visitors are counted by the quarter of an hour.
RuleType tourist_site_rule() {
  return {.watches = {watch_water()}, .stale_after = std::chrono::minutes{45}, .make = [] {
            return std::unique_ptr<Rule>(std::make_unique<FloodedPlace>());
          }};
}

}  // namespace kontwin
