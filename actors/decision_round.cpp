#include "actors/decision_round.hpp"

#include "twin/error.hpp"

namespace kontwin {

namespace {

std::vector<std::size_t> begins_of(const std::vector<Wake>& wakes) {
  std::vector<std::size_t> begins;
  for (std::size_t i = 0; i < wakes.size(); ++i) {
    if (i == 0 || wakes[i].entity != wakes[i - 1].entity) begins.push_back(i);
  }
  begins.push_back(wakes.size());
  return begins;
}

struct Call {
  Rule& rule;
  RuleContext& context;

  void operator()(const Edited& it) const { rule.on_edit(context, *it.edit); }
  void operator()(const Stepped& it) const { rule.on_reading(context, it.column); }
  void operator()(const Crossing& it) const { rule.on_crossing(context, it); }
  void operator()(const Event& it) const { rule.on_heard(context, it); }
};

/// In a branch engines own columns too, and what a rule writes there would be lost.
void check_ownership(const World& world, EntityRef entity,
                     const std::vector<LiveState::Cell>& cells) {
  for (const LiveState::Cell& cell : cells) {
    const ColumnSpec& spec = schema_of(entity.kind).columns[cell.column];
    if (spec.branch_owner != Owner::actors) {
      throw Error("the rule of " + world.urn(entity) + " writes " + std::string(spec.id) +
                  ", which belongs to an engine");
    }
  }
}

}  // namespace

DecisionRound::DecisionRound(const World& world, const StateTable& state, Instant now,
                             std::vector<Wake> wakes)
    : world_(world),
      state_(state),
      now_(now),
      wakes_(std::move(wakes)),
      begin_(begins_of(wakes_)),
      decisions_(begin_.size() - 1),
      left_(static_cast<std::ptrdiff_t>(decisions_.size())) {
  for (std::size_t share = 0; share < shares(); ++share) {
    decisions_[share].entity = wakes_[begin_[share]].entity;
  }
}

void DecisionRound::decide(std::size_t share, Rule& rule) noexcept {
  try {
    if (!published_.load(std::memory_order_acquire)) throw Error("a round decided too early");
    call(rule, share);
  } catch (...) {
    decisions_[share].failure = std::current_exception();
  }
  left_.count_down();
}

void DecisionRound::call(Rule& rule, std::size_t share) {
  const EntityRef self = entity(share);
  RuleContext context(world_, self, now_,
                      Row::copy_of(schema_of(self.kind).columns.size(),
                                   [&](std::size_t column) { return state_.at(self, column); }));
  for (std::size_t i = begin_[share]; i != begin_[share + 1]; ++i) {
    std::visit(Call{rule, context}, wakes_[i].why);
  }
  EntityDecision& decision = decisions_[share];
  decision.cells = context.row().changes();
  check_ownership(world_, self, decision.cells);
  decision.events = std::move(context.events());
  decision.commands = std::move(context.commands());
}

}  // namespace kontwin
