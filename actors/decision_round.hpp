#pragma once

#include <atomic>
#include <exception>
#include <latch>
#include <vector>

#include "actors/wake.hpp"
#include "twin/state_table.hpp"

namespace kontwin {

/// What the rule of one entity answered.
struct EntityDecision {
  EntityRef entity;
  std::vector<LiveState::Cell> cells;  ///< of its own row
  std::vector<Event> events;
  std::vector<Edit> commands;
  std::exception_ptr failure;  ///< what the rule threw instead
};

/// One round of decisions in a branch: the wakes of all entities concerned, cut into one share an
/// entity, and a place for each answer. Shares may be decided on any threads at the same time; the
/// state is only read meanwhile. The answers lie in entity order, whoever was first.
class DecisionRound {
 public:
  /// `wakes` sorted. World and state must stay as they are until wait() has returned.
  DecisionRound(const World& world, const StateTable& state, Instant now, std::vector<Wake> wakes);

  std::size_t shares() const { return decisions_.size(); }
  EntityRef entity(std::size_t share) const { return decisions_[share].entity; }
  /// Call it when every entity has its actor, before the first is told to decide: makes what was
  /// written until then visible to them, where a thread sanitizer can see it.
  void publish() { published_.store(true, std::memory_order_release); }
  /// Lets `rule` decide about a share. Once for each share; never throws.
  void decide(std::size_t share, Rule& rule) noexcept;
  /// Waits until all shares are decided.
  void wait() const { left_.wait(); }
  std::vector<EntityDecision>& decisions() { return decisions_; }

 private:
  void call(Rule& rule, std::size_t share);

  const World& world_;
  const StateTable& state_;
  Instant now_;
  std::vector<Wake> wakes_;
  std::vector<std::size_t> begin_;  ///< first wake of each share, and an end
  std::vector<EntityDecision> decisions_;
  std::atomic<bool> published_{false};
  std::latch left_;
};

}  // namespace kontwin
