#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

/// Automatic rain gauges report every 10 to 20 minutes. What the rain does is for rivers and slopes
/// to say.
RuleType rain_gauge_rule() {
  return {.watches = {}, .stale_after = std::chrono::hours{1}, .make = [] {
            return std::unique_ptr<Rule>(std::make_unique<PlainSensor>());
          }};
}

}  // namespace kontwin
