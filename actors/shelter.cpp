#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

namespace {

double places(const EntityTable& table, std::size_t row, std::size_t) {
  return table.attribute(shelter_attribute::places, row);
}

/// A shelter says when its places are taken, and closes when the flood reaches it.
class Shelter final : public Rule {
 public:
  void on_reading(RuleContext& context, std::size_t column) override {
    if (column == shelter_column::open) closure_.order(context.is_set(shelter_column::open));
  }

  void on_edit(RuleContext&, const Edit& edit) override {
    if (const auto* set = std::get_if<SetShelterOpen>(&edit)) closure_.order(set->open);
  }

  void on_crossing(RuleContext& context, const Crossing& crossing) override {
    switch (crossing.column) {
      case shelter_column::occupants:
        if (crossing.rising()) {
          context.emit(EventType::shelter_full, context[shelter_column::occupants],
                       Severity::warning);
        }
        break;
      case shelter_column::open:
        emit_open(context, crossing);
        break;
      case shelter_column::cut_off:
        emit_cut_off(context, crossing, Severity::alarm);
        break;
      case common_column::water_depth_m:
        emit_water(context, crossing);
        closure_.water(crossing, impassable_level, !context.is_set(shelter_column::open));
        if (closure_.closed() == context.is_set(shelter_column::open)) {
          context.command(SetShelterOpen{context.self().row, !closure_.closed()});
        }
        break;
      default:
        break;
    }
  }

 private:
  WaterClosure closure_;
};

}  // namespace

RuleType shelter_rule() {
  return {.watches = {watch_water(),
                      watch_flag(shelter_column::open),
                      {.column = shelter_column::occupants, .lines = {0}, .line_of = places},
                      watch_flag(shelter_column::cut_off)},
          .make = [] { return std::unique_ptr<Rule>(std::make_unique<Shelter>()); }};
}

}  // namespace kontwin
