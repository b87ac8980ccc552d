#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

namespace {

/// Homes say when they were told to leave, and when the water comes.
class Residence final : public Rule {
 public:
  void on_crossing(RuleContext& context, const Crossing& crossing) override {
    if (crossing.column == common_column::water_depth_m) {
      emit_water(context, crossing);
    } else if (crossing.rising()) {
      context.emit(EventType::evacuation_ordered, context[residence_column::people_home],
                   Severity::warning);
    }
  }
};

}  // namespace

RuleType residence_rule() {
  return {.watches = {watch_water(), watch_flag(residence_column::ordered)},
          .make = [] { return std::unique_ptr<Rule>(std::make_unique<Residence>()); }};
}

}  // namespace kontwin
