#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

/// Guests are reported once a day.
RuleType lodging_rule() {
  return {.watches = {watch_water()}, .stale_after = std::chrono::days{3}, .make = [] {
            return std::unique_ptr<Rule>(std::make_unique<FloodedPlace>());
          }};
}

}  // namespace kontwin
