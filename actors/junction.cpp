#include "actors/rules.hpp"
#include "actors/shared_rules.hpp"

namespace kontwin {

/// A junction decides nothing: links and signals do. Its row shows what was measured there.
RuleType junction_rule() {
  return {.watches = {},
          .make = [] { return std::unique_ptr<Rule>(std::make_unique<PlainSensor>()); }};
}

}  // namespace kontwin
