#pragma once

#include "actors/rules.hpp"

namespace kontwin {

/// The rule of one live entity with the levels its watched values stand at: works out what a
/// change of the row leads to until nothing more follows.
class EntityRule {
 public:
  /// Starts from a row as it is, without saying anything about it.
  EntityRule(const World& world, EntityRef self, const Row& row);

  Rule& rule() { return *rule_; }
  /// Calls the rule for every line that the row has crossed since, and carries out its commands,
  /// until nothing follows. Throws Error when there is no end to it, or when a command concerns
  /// another entity: a live entity decides about itself only.
  void follow_up(RuleContext& context);

 private:
  int level_of(const EntityTable& table, const Row& row, std::size_t watch, int before) const;
  bool cross(RuleContext& context);

  const World& world_;
  EntityRef self_;
  std::unique_ptr<Rule> rule_;
  std::array<std::int8_t, most_watches> levels_{};
};

/// Writes the part of `edit` that concerns `row`, the row of `self`. Throws Error when it concerns
/// another entity or is not plain state.
void apply_to_row(const Edit& edit, EntityRef self, Row& row);

}  // namespace kontwin
