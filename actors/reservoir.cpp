#include "actors/rules.hpp"

namespace kontwin {

namespace {

double full_level(const EntityTable& table, std::size_t row, std::size_t) {
  return table.attribute(reservoir_attribute::full_level_m, row);
}

/// A reservoir raises an alarm when it stands above its full supply level (mực nước dâng bình
/// thường), and says when it no longer does.
class Reservoir final : public Rule {
 public:
  void on_crossing(RuleContext& context, const Crossing& crossing) override {
    context.emit(
        EventType::level_above_full,
        context[reservoir_column::level_m] - context.attribute(reservoir_attribute::full_level_m),
        crossing.rising() ? Severity::alarm : Severity::notice);
  }
};

}  // namespace

RuleType reservoir_rule() {
  return {.watches = {{.column = reservoir_column::level_m,
                       .lines = {0},
                       .line_of = full_level,
                       .hysteresis = 0.02}},
          .stale_after = std::chrono::hours{6},
          .make = [] { return std::unique_ptr<Rule>(std::make_unique<Reservoir>()); }};
}

}  // namespace kontwin
