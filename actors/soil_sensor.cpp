#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

/// Soil moisture moves slowly: an hourly value.
RuleType soil_sensor_rule() {
  return {.watches = {}, .stale_after = std::chrono::hours{3}, .make = [] {
            return std::unique_ptr<Rule>(std::make_unique<PlainSensor>());
          }};
}

}  // namespace kontwin
