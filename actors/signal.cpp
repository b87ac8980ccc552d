#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

namespace {

/// A signal goes dark with its power supply, and when its cabinet stands in deep water.
class Signal final : public PoweredThing {
 public:
  Signal() : PoweredThing(signal_column::working, Severity::warning) {}
};

}  // namespace

RuleType signal_rule() {
  return {.watches = {watch_water(), watch_flag(signal_column::working)},
          .stale_after = std::chrono::minutes{15},
          .make = [] { return std::unique_ptr<Rule>(std::make_unique<Signal>()); }};
}

}  // namespace kontwin
