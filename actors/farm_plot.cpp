#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

/// A plot reports the water that stands on it; what that does to the crop is for the crop engine.
RuleType farm_plot_rule() {
  return {.watches = {watch_water()}, .stale_after = Duration{0}, .make = [] {
            return std::unique_ptr<Rule>(std::make_unique<FloodedPlace>());
          }};
}

}  // namespace kontwin
