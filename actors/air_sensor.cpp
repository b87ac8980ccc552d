#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

/// Air quality is an hourly mean.
RuleType air_sensor_rule() {
  return {.watches = {}, .stale_after = std::chrono::hours{3}, .make = [] {
            return std::unique_ptr<Rule>(std::make_unique<PlainSensor>());
          }};
}

}  // namespace kontwin
