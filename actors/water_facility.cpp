#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

namespace {

/// A water works stops without power and when flooded, and says how deep it stands in water.
class WaterFacility final : public PoweredThing {
 public:
  WaterFacility() : PoweredThing(water_facility_column::working, Severity::alarm) {}

  void on_crossing(RuleContext& context, const Crossing& crossing) override {
    if (crossing.column == common_column::water_depth_m) emit_water(context, crossing);
    PoweredThing::on_crossing(context, crossing);
  }
};

}  // namespace

RuleType water_facility_rule() {
  return {.watches = {watch_water(), watch_flag(water_facility_column::working)},
          .make = [] { return std::unique_ptr<Rule>(std::make_unique<WaterFacility>()); }};
}

}  // namespace kontwin
