#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

namespace {

constexpr double closing_alarm_level = 2;

/// A school sends the children home when water reaches its yard, or when a river gauge of its
/// commune stands at BĐ2 or above; it opens again when it is dry and the river is below BĐ1.
class School final : public Rule {
 public:
  void on_reading(RuleContext& context, std::size_t column) override {
    if (column == school_column::open) closure_.order(context.is_set(school_column::open));
  }

  void on_crossing(RuleContext& context, const Crossing& crossing) override {
    if (crossing.column == school_column::open) {
      emit_open(context, crossing);
      return;
    }
    emit_water(context, crossing);
    closure_.water(crossing, 1, !river_high_ && !context.is_set(school_column::open));
    open_or_close(context);
  }

  void on_heard(RuleContext& context, const Event& event) override {
    if (event.type != EventType::alarm_level_changed) return;
    if (event.value >= closing_alarm_level) river_high_ = true;
    if (event.value < 1) river_high_ = false;
    open_or_close(context);
  }

 private:
  void open_or_close(RuleContext& context) {
    context.set(school_column::open, river_high_ || closure_.closed() ? 0 : 1);
  }

  WaterClosure closure_;
  bool river_high_ = false;
};

}  // namespace

RuleType school_rule() {
  return {.watches = {watch_water(), watch_flag(school_column::open)},
          .make = [] { return std::unique_ptr<Rule>(std::make_unique<School>()); }};
}

}  // namespace kontwin
