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

/// Solves |∇T| = slowness on the cells of a grid by fast marching: upwind differences of second
/// order where two cells in line are known, of first order elsewhere (Sethian 1999, SIAM Review
/// 41). Ties go to the lower cell, so that a field is the same wherever it is computed.
class WayMarcher {
 public:
  /// `slowness` [cell]: 1 where a metre counts as a metre; infinity where nobody walks.
  WayMarcher(const GroundGrid& grid, std::vector<float> slowness);
  void set_bridges(std::vector<Bridge> bridges);
  /// A cell whose distance is known beforehand and is not marched; the least one counts.
  void seed(std::size_t cell, float distance_m);
  /// The distances of all cells.
  std::vector<float> march();

  float slowness(std::size_t cell) const { return slowness_[cell]; }

 private:
  struct Candidate {
    float distance_m;
    std::uint32_t cell;
    bool operator>(const Candidate& other) const {
      return distance_m != other.distance_m ? distance_m > other.distance_m : cell > other.cell;
    }
  };
  void offer(std::size_t cell, float distance_m);
  bool known(std::size_t cell) const { return state_[cell] == State::known; }
  float solve(std::size_t cell, std::size_t columns, float width_m) const;
  void accept(std::size_t cell);
  std::size_t sheet_of(std::size_t cell) const;

  const GroundGrid& grid_;
  std::vector<float> slowness_, distance_m_;
  enum class State : std::uint8_t { unknown, seeded, known };
  std::vector<State> state_;
  std::vector<Bridge> bridges_;
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> front_;
};

}  // namespace kontwin::crowd
