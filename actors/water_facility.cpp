#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

namespace {

/// A water works stops without power and when flooded, and starts again when neither holds.
class WaterFacility final : public Rule {
 public:
  void on_crossing(RuleContext& context, const Crossing& crossing) override {
    if (crossing.column == water_facility_column::working) {
      emit_working(context, crossing, Severity::alarm);
      return;
    }
    emit_water(context, crossing);
    flooded_.water(crossing, deep_level,
                   powered_ && !context.is_set(water_facility_column::working));
    work(context);
  }

  void on_heard(RuleContext& context, const Event& event) override {
    if (event.type != EventType::working_changed) return;
    powered_ = event.value >= 0.5;
    work(context);
  }

 private:
  void work(RuleContext& context) {
    context.set(water_facility_column::working, powered_ && !flooded_.closed() ? 1 : 0);
  }

  WaterClosure flooded_;
  bool powered_ = true;
};

}  // namespace

RuleType water_facility_rule() {
  return {.watches = {watch_water(), watch_flag(water_facility_column::working)},
          .make = [] { return std::unique_ptr<Rule>(std::make_unique<WaterFacility>()); }};
}

}  // namespace kontwin
