#pragma once

#include <queue>
#include <span>
#include <vector>

#include "scenarios/evacuation/crowd/ground_grid.hpp"

namespace kontwin::crowd {

/// A straight way between two cells that the grid does not join: across an opening.
struct Bridge {
  std::uint32_t from, to;
  float length_m;
};

/// A cell whose distance to the goal is known beforehand and not marched.
struct WaySeed {
  std::uint32_t cell;
  float distance_m;
};

/// Solves |∇T| = slowness on the cells of a grid by fast marching: upwind differences of second
/// order where two cells in line are known, of first order elsewhere (Sethian 1999, SIAM Review
/// 41). Ties go to the lower cell, so that a field is the same wherever it is computed.
class WayMarcher {
 public:
  /// `slowness` [cell]: 1 where a metre counts as a metre; infinity where nobody walks. `bridges`
  /// by the cell they begin at; they must outlive the marcher.
  WayMarcher(const GroundGrid& grid, std::vector<float> slowness, std::span<const Bridge> bridges);
  /// From now on `slowness` counts for who walks down the slope of `distance_m` [cell] only, and
  /// less the more somebody walks across or up it, where it is `across` [cell]: how one gets on in
  /// a queue, and out of it. Both must outlive the marcher.
  void let_across(std::span<const float> distance_m, std::span<const float> across) {
    down_ = distance_m.data();
    across_ = across.data();
  }
  /// The distances of all cells. Of several seeds of a cell the least counts.
  std::vector<float> march(std::span<const WaySeed> seeds);
  /// The same, but no farther than until these cells are known; others may be infinite or too far.
  std::vector<float> march(std::span<const WaySeed> seeds, std::span<const std::uint32_t> wanted);

 private:
  struct Candidate {
    float distance_m;
    std::uint32_t cell;
    bool operator>(const Candidate& other) const {
      return distance_m != other.distance_m ? distance_m > other.distance_m : cell > other.cell;
    }
  };
  void start(std::span<const WaySeed> seeds);
  void offer(std::size_t cell, float distance_m);
  bool known(std::size_t cell) const { return state_[cell] == State::known; }
  float solve(std::size_t cell, std::size_t columns, float width_m) const;
  /// Of a step from a cell by its neighbours; itself where none is on an axis.
  float slowness_towards(std::size_t cell, std::size_t x, std::size_t y, float width_m) const;
  void accept(std::size_t cell);
  std::size_t sheet_of(std::size_t cell) const;

  const GroundGrid& grid_;
  std::vector<float> slowness_, distance_m_;
  enum class State : std::uint8_t { unknown, seeded, known };
  std::vector<State> state_;
  std::span<const Bridge> bridges_;
  const float *down_ = nullptr, *across_ = nullptr;
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> front_;
};

}  // namespace kontwin::crowd
