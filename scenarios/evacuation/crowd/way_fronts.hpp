#pragma once

#include <span>
#include <vector>

#include "scenarios/evacuation/crowd/jam_map.hpp"
#include "scenarios/evacuation/crowd/way_basis.hpp"

namespace kontwin::crowd {

/// A way cut across into bands: cells that hang together and are as far from the goal, to a metre.
/// Of a band those whose way leads into the same queue are a front: before two doors beside each
/// other each has its own. A queue goes through its fronts one after the other, at the flow of its
/// head.
class WayFronts {
 public:
  /// Of the cells that are no farther from the goal than `reach_m`.
  WayFronts(const WayField& way, const WayBasis& basis, float reach_m);
  float reach_m() const { return reach_m_; }

  /// The slowness of all cells of the basis with the delays of a jam. All of a front are delayed
  /// alike: by as much as those on it take to go through at the flow of the head of their queue
  /// (what enters a queue, or leaves it backwards, says nothing of how long it takes). So nobody
  /// gets round a queue by coming to its head from the empty side.
  std::vector<float> delayed(const JamMap& seen, const GroundPatches& patches) const;

  /// What the way takes in metres on free ground when it is kept to, by such a slowness [cell]:
  /// down the slope of the distances d the time t grows by the delays, ∇d · ∇t = |∇d|² times
  /// slowness over slowness without a jam.
  std::vector<float> time_m(std::span<const float> delayed) const;

 private:
  void cut();
  std::uint32_t columns_at(std::uint32_t cell, std::size_t& sheet) const;
  /// The cells that a cell's way goes on to: by the grid along each axis, and through an opening.
  struct Next {
    std::uint32_t x, y, beyond;  ///< itself where there is none
    float beyond_m;              ///< through the opening
  };
  Next next(std::uint32_t cell, std::uint32_t columns) const;

  struct Front;
  /// The front of a cell, by its place in `by_band_`, among those of its band, which begin at
  /// `first`.
  std::uint32_t front_at(std::uint32_t i, std::size_t band, std::size_t first,
                         const std::vector<std::uint32_t>& front_of,
                         std::vector<Front>& fronts) const;
  /// How much a front is delayed, when those before it are known.
  static void hold_up(std::vector<Front>& fronts, std::size_t at);

  const WayField& way_;
  const WayBasis& basis_;
  float reach_m_;
  std::vector<std::uint32_t> by_distance_;  ///< cells that lead to the goal, nearest first
  std::vector<std::uint32_t> by_band_;      ///< the same, those of a band one after the other
  std::vector<std::uint32_t> on_;  ///< the place among them of the cell each goes on to, or its own
  std::vector<std::uint32_t> begin_;  ///< [band] of its cells, and the end of all
  std::vector<std::uint8_t> parts_;   ///< [band] whether ways to it come from several
};

}  // namespace kontwin::crowd
