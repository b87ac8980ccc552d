#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "twin/road_graph.hpp"

namespace kontwin {

/// Lower bounds on the cost between any two junctions of a graph, from the costs between all of
/// them and a few that lie far apart (the landmarks of Goldberg and Harrelson 2005, Computing the
/// shortest path: A* search meets graph theory). Immutable; any thread may ask.
class Landmarks {
 public:
  static constexpr std::size_t count = 8;

  /// `least_cost`: [link] what it costs at the least, whenever the bounds are used; `unreachable`
  /// for a link that can never be used.
  Landmarks(const RoadGraph& graph, std::span<const double> least_cost);

  /// Bounds on the way to the nearest of some targets. The landmarks must outlive it.
  class Bounds {
   public:
    /// At least so much is to go from a junction; `unreachable` where there is no way at all.
    double to_go(std::uint32_t junction) const;

   private:
    friend class Landmarks;
    const Landmarks* landmarks_ = nullptr;
    std::array<float, count> from_{}, to_{};
  };
  Bounds towards(std::span<const std::uint32_t> targets) const;

 private:
  /// Costs from and to each landmark, one junction in one cache line.
  struct alignas(64) Costs {
    std::array<float, count> from, to;
  };
  std::vector<Costs> costs_;  // [junction]
};

}  // namespace kontwin
