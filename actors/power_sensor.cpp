#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

/// Meters report every five minutes; silence is often the first sign of a power cut.
RuleType power_sensor_rule() {
  return {.watches = {}, .stale_after = std::chrono::minutes{15}, .make = [] {
            return std::unique_ptr<Rule>(std::make_unique<PlainSensor>());
          }};
}

}  // namespace kontwin
