#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

namespace {

/// A commune health station says when its commune is on its own.
class HealthStation final : public Rule {
 public:
  void on_crossing(RuleContext& context, const Crossing& crossing) override {
    if (crossing.column == health_station_column::cut_off) {
      emit_cut_off(context, crossing, Severity::warning);
    } else {
      emit_water(context, crossing);
    }
  }
};

}  // namespace

RuleType health_station_rule() {
  return {.watches = {watch_water(), watch_flag(health_station_column::cut_off)},
          .make = [] { return std::unique_ptr<Rule>(std::make_unique<HealthStation>()); }};
}

}  // namespace kontwin
