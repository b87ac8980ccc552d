#pragma once

#include <memory>
#include <span>
#include <vector>

#include "actors/branch_crew.hpp"
#include "actors/line_scan.hpp"
#include "actors/neighbours.hpp"
#include "actors/reach.hpp"
#include "scenarios/engine.hpp"

namespace kontwin {

/// What happens between two windows of a branch, at one moment: edits that are due are made; what
/// crossed a line wakes the entities concerned; their rows are written and their commands made, in
/// entity order; and so on until nothing follows.
class Exchange {
 public:
  Exchange(caf::actor_system& system, const World& world,
           std::span<const std::unique_ptr<Engine>> engines, const StateTable& start);

  /// A scenario's edit with its position in the branch.
  struct DueEdit {
    const TimedEdit* edit = nullptr;
    std::size_t index = 0;
  };

  /// Brings everything to rest at the moment `now`; the events in their order (see `before`), valid
  /// until the next call. An edit says `edit_applied` at the entity it concerns, and nothing where
  /// it concerns none (a barrier, the demand). Throws Error when it comes to no end, and what an
  /// engine or a rule throws.
  std::span<const Event> settle(StateTable& state, Instant now, std::span<const DueEdit> due);

  std::size_t commands() const { return commands_; }
  std::size_t actors_spawned() const { return crew_.spawned(); }

 private:
  void make(const Edit& edit, StateTable& state, Instant now);
  void make_due(std::span<const DueEdit> due, StateTable& state, Instant now);
  void make_commands(StateTable& state, Instant now);
  void look(StateTable& state);
  void work_out_reach(StateTable& state);
  void decide(StateTable& state, Instant now);

  const World& world_;
  std::span<const std::unique_ptr<Engine>> engines_;
  BranchCrew crew_;
  LineScan scan_;
  Reach reach_;
  bool reach_known_ = false;
  Neighbours neighbours_;

  std::vector<Command> pending_;
  std::vector<Command> made_;  ///< alive while the entities they concern hear of them
  std::vector<Wake> wakes_;
  std::vector<Event> events_;
  std::size_t commands_ = 0;
};

/// The entities an edit names.
std::vector<EntityRef> targets_of(const Edit& edit);

}  // namespace kontwin
