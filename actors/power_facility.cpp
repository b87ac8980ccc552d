#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

namespace {

/// A substation or power station is switched off in deep water and comes back when it is dry.
class PowerFacility final : public Rule {
 public:
  void on_crossing(RuleContext& context, const Crossing& crossing) override {
    if (crossing.column == power_facility_column::working) {
      if (crossing.after == 0) context.set(power_facility_column::output_kw, 0);
      emit_working(context, crossing, Severity::alarm);
      return;
    }
    emit_water(context, crossing);
    flooded_.water(crossing, deep_level, !context.is_set(power_facility_column::working));
    context.set(power_facility_column::working, flooded_.closed() ? 0 : 1);
  }

  void on_reading(RuleContext& context, std::size_t column) override {
    if (column == power_facility_column::working) {
      flooded_.order(context.is_set(power_facility_column::working));
    }
  }

 private:
  WaterClosure flooded_;
};

}  // namespace

RuleType power_facility_rule() {
  return {.watches = {watch_water(), watch_flag(power_facility_column::working)},
          .make = [] { return std::unique_ptr<Rule>(std::make_unique<PowerFacility>()); }};
}

}  // namespace kontwin
