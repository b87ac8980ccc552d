#pragma once

#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/evacuation/crowd/way_basis.hpp"

namespace kontwin::crowd {

/// Who a way is for: everybody on foot, or wheels, which take no stairs and need room.
enum class Means : std::uint8_t { foot, wheels };

/// The ways to all goals of a run, kept up with a ground that changes.
class WayBook {
 public:
  /// Wheels are 0.7 m wide and go through nothing narrower; ways for them are computed when
  /// `wheels`.
  WayBook(std::vector<Goal> goals, bool wheels) : goals_(std::move(goals)), wheels_(wheels) {}

  bool has_wheels() const { return wheels_; }
  /// From the next `renew` on.
  void add_wheels() { wheels_ = true; }
  /// Computes all ways again. `water` (empty: dry) is a factor on speed a cell of the ground's
  /// grid.
  void renew(const Ground& ground, std::span<const float> water, ComputeArena& arena);
  /// The way to a goal, by its index.
  const WayField& to(std::size_t goal, Means means) const { return fields_[index(goal, means)]; }
  /// Among all ways, of all means.
  std::size_t index(std::size_t goal, Means means) const {
    return goal + (means == Means::wheels ? goals_.size() : 0);
  }
  std::size_t size() const { return fields_.size(); }
  const WayField& at(std::size_t index) const { return fields_[index]; }
  const Goal& goal_at(std::size_t index) const { return goals_[index % goals_.size()]; }
  /// What the ways of an index go by, until the next `renew`.
  const WayBasis& basis_at(std::size_t index) const {
    return bases_[index < goals_.size() || !wheels_ ? 0 : 1];
  }

 private:
  std::vector<Goal> goals_;
  bool wheels_;
  std::vector<WayBasis> bases_;   ///< on foot, then on wheels
  std::vector<WayField> fields_;  ///< on foot, then on wheels
};

/// The ways of wheelchairs to every exit as the ground is now, by exit.
std::vector<WayField> ways_for_wheels(const Ground& ground);

}  // namespace kontwin::crowd
