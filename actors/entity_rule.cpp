#include "actors/entity_rule.hpp"

#include "twin/error.hpp"

namespace kontwin {

namespace {

constexpr int max_steps = 16;

}  // namespace

EntityRule::EntityRule(const World& world, EntityRef self, const Row& row)
    : world_(world), self_(self), rule_(rule_of(self.kind).make()) {
  const auto& watches = rule_of(self.kind).watches;
  const EntityTable& table = world.entities(self.kind);
  for (std::size_t i = 0; i < watches.size(); ++i) {
    const std::size_t memory = watches[i].memory;
    const bool remembered = memory != no_column && row[memory] == row[memory];
    levels_[i] = static_cast<std::int8_t>(remembered ? static_cast<int>(row[memory])
                                                     : level_of(table, row, i, 0));
  }
}

int EntityRule::level_of(const EntityTable& table, const Row& row, std::size_t watch,
                         int before) const {
  const Watch& it = rule_of(self_.kind).watches[watch];
  std::array<double, most_lines> lines{};
  for (std::size_t i = 0; i < it.lines.size(); ++i) lines[i] = it.line(table, self_.row, i);
  return level_over(std::span(lines).first(it.lines.size()), it.hysteresis, row[it.column], before);
}

bool EntityRule::cross(RuleContext& context) {
  const auto& watches = rule_of(self_.kind).watches;
  const EntityTable& table = world_.entities(self_.kind);
  bool crossed = false;
  for (std::size_t i = 0; i < watches.size(); ++i) {
    const int before = int{levels_[i]};
    const int after = level_of(table, context.row(), i, before);
    if (after == before) continue;
    levels_[i] = static_cast<std::int8_t>(after);
    rule_->on_crossing(context, {watches[i].column, before, after});
    crossed = true;
  }
  return crossed;
}

void EntityRule::follow_up(RuleContext& context) {
  for (int step = 0; step < max_steps; ++step) {
    const bool crossed = cross(context);
    const std::vector<Edit> commands = std::exchange(context.commands(), {});
    for (const Edit& edit : commands) apply_to_row(edit, self_, context.row());
    if (!crossed && commands.empty()) return;
  }
  throw Error("the rule of " + world_.urn(self_) + " comes to no end");
}

void apply_to_row(const Edit& edit, EntityRef self, Row& row) {
  if (const auto* road = std::get_if<SetRoadOpen>(&edit);
      road != nullptr && self == EntityRef{Kind::road, road->road}) {
    row.set(road_column::open, road->open ? 1 : 0);
  } else if (const auto* shelter = std::get_if<SetShelterOpen>(&edit);
             shelter != nullptr && self == EntityRef{Kind::shelter, shelter->shelter}) {
    row.set(shelter_column::open, shelter->open ? 1 : 0);
  } else if (const auto* hospital = std::get_if<SetDiverting>(&edit);
             hospital != nullptr && self == EntityRef{Kind::hospital, hospital->hospital}) {
    row.set(hospital_column::diverting, hospital->diverting ? 1 : 0);
  } else {
    throw Error("a rule of " + std::string(names_of(self.kind).id) + " " +
                std::to_string(self.row) + " commands " + std::string(name_of(edit)) +
                ", which is not its own to do in the mirror");
  }
}

}  // namespace kontwin
