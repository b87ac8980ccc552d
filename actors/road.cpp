#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"
#include "scenarios/flood/stability.hpp"

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

/// A link closes when the depth and speed of its water let no vehicle through any more, and opens
/// again below 0.1 m: until then the traffic engine keeps out the kinds that the water would stop,
/// each by its own limits. Where only a depth was measured, which a road in the mirror may have, it
/// closes at 0.3 m, for nobody knows how fast the water is. It closes while something lies across
/// it, and a bridge while it waits for inspection after an earthquake. What was closed by order
/// stays closed.
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
        water(
            context, crossing.before > 0,
            crossing.rising() && crossing.after >= impassable_level && !knows_who_passes(context));
        break;
      case common_column::impassable_for:
        water(context, context[common_column::water_depth_m] >= wet_m, crossing.rising());
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
  /// Water deeper than 0.2 m stops somebody: nobody stopped means that nobody worked it out.
  static bool knows_who_passes(const RuleContext& context) {
    return context[common_column::impassable_for] > 0;
  }

  void water(RuleContext& context, bool was_wet, bool closes) {
    closure_.recall(!context.is_set(road_column::open) && !is_barred(context), was_wet);
    if (closes) closure_.flood();
    if (context[common_column::water_depth_m] < wet_m &&
        !(context[common_column::impassable_for] >= flood::every_vehicle)) {
      closure_.fall_dry();
    }
    open_or_close(context);
  }

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
                      {.column = common_column::impassable_for, .lines = {flood::every_vehicle}},
                      watch_flag(road_column::open),
                      {.column = road_column::slope_level, .lines = {1, 2, 3}},
                      watch_flag(road_column::debris),
                      watch_flag(road_column::inspection),
                      {.column = road_column::queue, .lines = {0, 0}, .line_of = queue_line}},
          .make = [] { return std::unique_ptr<Rule>(std::make_unique<Road>()); }};
}

}  // namespace kontwin
