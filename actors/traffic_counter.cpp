#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

/// Counters report every five minutes.
RuleType traffic_counter_rule() {
  return {.watches = {}, .stale_after = std::chrono::minutes{15}, .make = [] {
            return std::unique_ptr<Rule>(std::make_unique<PlainSensor>());
          }};
}

}  // namespace kontwin
