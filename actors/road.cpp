#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

namespace {

constexpr double vehicle_space_m = 7.5;     // a standing car with its gap
constexpr double too_short_to_matter = 10;  // vehicles: on shorter links every red light fills them

/// Line 0: half the storage of the link, where a queue counts as gone; line 1: nine tenths, where
/// the next vehicle stands in the junction upstream.
double queue_line(const EntityTable& table, std::size_t row, std::size_t line) {
  const double storage = table.attribute(road_attribute::length_m, row) *
                         table.attribute(road_attribute::lanes, row) / vehicle_space_m;
  if (!(storage >= too_short_to_matter)) return std::numeric_limits<double>::quiet_NaN();
  return storage * (line == 0 ? 0.5 : 0.9);
}

/// A link closes under 0.3 m of water and opens again below 0.1 m; it closes while something lies
/// across it, and a bridge while it waits for inspection after an earthquake. What was closed by
/// order stays closed.
class Road final : public Rule {
 public:
  void on_reading(RuleContext& context, std::size_t column) override {
    if (column == road_column::open) closure_.order(context.is_set(road_column::open));
  }

  void on_edit(RuleContext&, const Edit& edit) override {
    if (const auto* set = std::get_if<SetRoadOpen>(&edit)) closure_.order(set->open);
  }

  void on_crossing(RuleContext& context, const Crossing& crossing) override {
    switch (crossing.column) {
      case common_column::water_depth_m:
        emit_water(context, crossing);
        closure_.water(crossing, impassable_level,
                       !context.is_set(road_column::open) && !is_barred(context));
        open_or_close(context);
        break;
      case road_column::debris:
        context.emit(EventType::debris_changed, crossing.after,
                     crossing.after == 1 ? Severity::alarm : Severity::notice);
        open_or_close(context);
        break;
      case road_column::inspection:
        open_or_close(context);
        break;
      case road_column::slope_level:
        context.emit(EventType::slope_level_changed, crossing.after, Severity::notice);
        break;
      case road_column::open:
        emit_open(context, crossing);
        break;
      case road_column::queue:
        queue(context, crossing);
        break;
      default:
        break;
    }
  }

 private:
  static bool is_barred(const RuleContext& context) {
    return context.is_set(road_column::debris) || context.is_set(road_column::inspection);
  }

  void open_or_close(RuleContext& context) {
    const bool close = closure_.closed() || is_barred(context);
    if (close == context.is_set(road_column::open)) {
      context.command(SetRoadOpen{context.self().row, !close});
    }
  }

  void queue(RuleContext& context, const Crossing& crossing) {
    if (crossing.after == 0) spilled_back_ = false;
    if (crossing.after < 2 || spilled_back_) return;
    spilled_back_ = true;
    context.emit(EventType::queue_spilled_back, context[road_column::queue], Severity::notice);
  }

  WaterClosure closure_;
  bool spilled_back_ = false;
};

}  // namespace

RuleType road_rule() {
  return {.watches = {watch_water(),
                      watch_flag(road_column::open),
                      {.column = road_column::slope_level, .lines = {1, 2, 3}},
                      watch_flag(road_column::debris),
                      watch_flag(road_column::inspection),
                      {.column = road_column::queue, .lines = {0, 0}, .line_of = queue_line}},
          .make = [] { return std::unique_ptr<Rule>(std::make_unique<Road>()); }};
}

}  // namespace kontwin
