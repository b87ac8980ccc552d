#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

namespace {

/// A hospital sends ambulances elsewhere while it cannot be reached or stands in water, and runs on
/// its generator while its power supply is out.
class Hospital final : public Rule {
 public:
  void on_crossing(RuleContext& context, const Crossing& crossing) override {
    if (crossing.column == hospital_column::cut_off) {
      emit_cut_off(context, crossing, Severity::alarm);
    } else if (crossing.column == common_column::water_depth_m) {
      emit_water(context, crossing);
    }
    const bool diverting = context.is_set(hospital_column::diverting);
    const double depth_m = context[common_column::water_depth_m];
    const bool flooded = depth_m >= impassable_m || (diverting && depth_m >= wet_m);
    const bool divert = context.is_set(hospital_column::cut_off) || flooded;
    if (divert != diverting) {
      context.command(SetDiverting{context.self().row, divert});
    }
  }

  void on_heard(RuleContext& context, const Event& event) override {
    if (event.type != EventType::working_changed) return;
    context.set(hospital_column::on_backup, event.value >= 0.5 ? 0 : 1);
  }
};

}  // namespace

RuleType hospital_rule() {
  return {.watches = {watch_water(), watch_flag(hospital_column::cut_off)},
          .stale_after = std::chrono::days{3},
          .make = [] { return std::unique_ptr<Rule>(std::make_unique<Hospital>()); }};
}

}  // namespace kontwin
