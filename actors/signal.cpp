#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

namespace {

/// A signal goes dark with its power supply, and when its cabinet stands in deep water.
class Signal final : public Rule {
 public:
  void on_crossing(RuleContext& context, const Crossing& crossing) override {
    if (crossing.column == signal_column::working) {
      emit_working(context, crossing, Severity::warning);
    } else if (crossing.column == common_column::water_depth_m) {
      cabinet_.water(crossing, deep_level, powered_ && !context.is_set(signal_column::working));
      work(context);
    }
  }

  void on_heard(RuleContext& context, const Event& event) override {
    if (event.type != EventType::working_changed) return;
    powered_ = event.value >= 0.5;
    work(context);
  }

 private:
  void work(RuleContext& context) {
    context.set(signal_column::working, powered_ && !cabinet_.closed() ? 1 : 0);
  }

  WaterClosure cabinet_;
  bool powered_ = true;
};

}  // namespace

RuleType signal_rule() {
  return {.watches = {watch_water(), watch_flag(signal_column::working)},
          .stale_after = std::chrono::minutes{15},
          .make = [] { return std::unique_ptr<Rule>(std::make_unique<Signal>()); }};
}

}  // namespace kontwin
