#include <algorithm>
#include <deque>

#include "actors/rules.hpp"

namespace kontwin {

namespace {

constexpr std::chrono::hours rise_span{3};
constexpr std::chrono::hours shortest_span{1};  // below it, noise passes for a flood

double alarm_line(const EntityTable& table, std::size_t row, std::size_t line) {
  return table.attribute(river_gauge_attribute::bd1_m + line, row);
}

/// A gauge compares the stage with the flood alarm levels BĐ1 to BĐ3 (báo động; Decision
/// 05/2020/QĐ-TTg) and works out how fast the river rises.
class RiverGauge final : public Rule {
 public:
  void on_reading(RuleContext& context, std::size_t column) override {
    if (column != river_gauge_column::stage_m) return;
    const double stage_m = context[river_gauge_column::stage_m];
    // A correction of the same moment; or a logger that says its last value again and again.
    if (!history_.empty() && history_.back().at == context.now()) history_.pop_back();
    history_.push_back({context.now(), stage_m});
    // One reading older than the span stays, so that the span's beginning lies between two.
    while (history_.size() > 2 && history_[1].at <= context.now() - rise_span) {
      history_.pop_front();
    }
    const Instant from = std::max(history_.front().at, context.now() - rise_span);
    const double hours = to_seconds(context.now() - from) / 3600;
    if (context.now() - from < shortest_span) return;
    context.set(river_gauge_column::rise_mph, (stage_m - stage_at(from)) / hours);
  }

  void on_crossing(RuleContext& context, const Crossing& crossing) override {
    context.set(river_gauge_column::alarm_level, crossing.after);
    if (!crossing.rising()) {
      context.emit(EventType::alarm_level_changed, crossing.after,
                   crossing.after == 0 ? Severity::notice : Severity::warning);
      return;
    }
    // A river that jumps two levels between readings still passed both.
    for (int level = crossing.before + 1; level <= crossing.after; ++level) {
      context.emit(EventType::alarm_level_changed, level,
                   level == 1 ? Severity::warning : Severity::alarm);
    }
  }

 private:
  struct Stage {
    Instant at;
    double m;
  };

  double stage_at(Instant at) const {
    const auto next = std::ranges::lower_bound(history_, at, {}, &Stage::at);
    if (next->at == at || next == history_.begin()) return next->m;
    const Stage& last = *std::prev(next);
    return last.m +
           (next->m - last.m) * (to_seconds(at - last.at) / to_seconds(next->at - last.at));
  }

  std::deque<Stage> history_;
};

}  // namespace

RuleType river_gauge_rule() {
  return {.watches = {{.column = river_gauge_column::stage_m,
                       .lines = {0, 0, 0},
                       .line_of = alarm_line,
                       .hysteresis = 0.05,
                       .memory = river_gauge_column::alarm_level,
                       .step = 0.1}},
          .stale_after = std::chrono::hours{6},
          .make = [] { return std::unique_ptr<Rule>(std::make_unique<RiverGauge>()); }};
}

}  // namespace kontwin
