#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

namespace {

/// An office closes to the public when the flood is too deep to get there, until it is dry.
class Office final : public Rule {
 public:
  void on_reading(RuleContext& context, std::size_t column) override {
    if (column == office_column::open) closure_.order(context.is_set(office_column::open));
  }

  void on_crossing(RuleContext& context, const Crossing& crossing) override {
    if (crossing.column == office_column::open) {
      emit_open(context, crossing);
      return;
    }
    emit_water(context, crossing);
    closure_.water(crossing, impassable_level, !context.is_set(office_column::open));
    context.set(office_column::open, closure_.closed() ? 0 : 1);
  }

 private:
  WaterClosure closure_;
};

}  // namespace

RuleType office_rule() {
  return {.watches = {watch_water(), watch_flag(office_column::open)},
          .make = [] { return std::unique_ptr<Rule>(std::make_unique<Office>()); }};
}

}  // namespace kontwin
