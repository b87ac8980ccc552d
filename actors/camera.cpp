#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

namespace {

/// A camera that has been silent too long counts as off line.
class Camera final : public Rule {
 public:
  void on_crossing(RuleContext& context, const Crossing& crossing) override {
    emit_working(context, crossing, Severity::notice);
  }
  void on_stale(RuleContext& context) override { context.set(camera_column::online, 0); }
};

}  // namespace

RuleType camera_rule() {
  return {.watches = {watch_flag(camera_column::online)},
          .stale_after = std::chrono::minutes{15},
          .make = [] { return std::unique_ptr<Rule>(std::make_unique<Camera>()); }};
}

}  // namespace kontwin
