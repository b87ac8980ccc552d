#include "actors/shared_rules.hpp"

namespace kontwin {

Watch watch_water() {
  return {.column = common_column::water_depth_m, .lines = {wet_m, impassable_m, deep_m}};
}

void emit_water(RuleContext& context, const Crossing& crossing) {
  const Severity severity = !crossing.rising()                   ? Severity::notice
                            : crossing.after >= deep_level       ? Severity::alarm
                            : crossing.after >= impassable_level ? Severity::warning
                                                                 : Severity::notice;
  context.emit(EventType::water_depth_crossed, context[common_column::water_depth_m], severity);
}

void emit_open(RuleContext& context, const Crossing& crossing) {
  context.emit(EventType::open_changed, crossing.after,
               crossing.after == 0 ? Severity::warning : Severity::notice);
}

void emit_cut_off(RuleContext& context, const Crossing& crossing, Severity severity) {
  context.emit(EventType::cut_off_changed, crossing.after,
               crossing.after == 1 ? severity : Severity::notice);
}

void emit_working(RuleContext& context, const Crossing& crossing, Severity failure) {
  context.emit(EventType::working_changed, crossing.after,
               crossing.after == 0 ? failure : Severity::notice);
}

void FloodedPlace::on_crossing(RuleContext& context, const Crossing& crossing) {
  if (crossing.column == common_column::water_depth_m) emit_water(context, crossing);
}

void WaterClosure::order(bool open) {
  known_ = true;
  ordered_ = !open;
  if (open) flooded_ = false;
}

void WaterClosure::water(const Crossing& crossing, int closing_level, bool shut_already) {
  recall(shut_already, crossing.before > 0);
  if (crossing.rising() && crossing.after >= closing_level) flood();
  if (crossing.after == 0) fall_dry();
}

void WaterClosure::recall(bool shut_already, bool was_wet) {
  if (!known_ && shut_already) (was_wet ? flooded_ : ordered_) = true;
  known_ = true;
}

void PoweredThing::on_crossing(RuleContext& context, const Crossing& crossing) {
  if (crossing.column == working_) {
    emit_working(context, crossing, failure_);
  } else if (crossing.column == common_column::water_depth_m) {
    flooded_.water(crossing, deep_level, powered_ && !context.is_set(working_));
    work(context);
  }
}

void PoweredThing::on_heard(RuleContext& context, const Event& event) {
  if (event.type != EventType::working_changed) return;
  powered_ = event.value >= 0.5;
  work(context);
}

void PoweredThing::work(RuleContext& context) {
  context.set(working_, powered_ && !flooded_.closed() ? 1 : 0);
}

}  // namespace kontwin
