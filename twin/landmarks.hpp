#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twin/road_graph.hpp"

namespace kontwin {

/// Lower bounds on the cost between any two junctions, from the costs to and from a few landmarks
/// by the triangle inequality (ALT: Goldberg and Harrelson 2005, Computing the shortest path: A*
/// search meets graph theory). Landmarks are chosen one after the other, each the junction farthest
/// from those before. Immutable; any thread may ask.
///
/// The bounds hold for the costs they were made with, and so for all that are nowhere less.
class Landmarks {
 public:
  static constexpr std::size_t most = 8;

  /// `least_cost`: a cost a link that no driver ever stays below; 0 or more, or `unreachable`.
  Landmarks(const RoadGraph& graph, std::span<const double> least_cost);

  /// Not more than the least cost from `from` to `to`.
  double bound(std::uint32_t from, std::uint32_t to) const {
    const float* here = &costs_[from * width];
    const float* there = &costs_[to * width];
    float best = 0;
    for (std::size_t i = 0; i < most; ++i) {
      // Rounded to single precision, both may be off by 2^-24 of themselves.
      const float to_landmark = here[i] - there[i] - margin * (here[i] + there[i]);
      const float from_landmark =
          there[most + i] - here[most + i] - margin * (here[most + i] + there[most + i]);
      // Neither is taken where it is no number: both cannot reach the landmark.
      best = to_landmark > best ? to_landmark : best;
      best = from_landmark > best ? from_landmark : best;
    }
    return static_cast<double>(best);
  }

 private:
  static constexpr std::size_t width = 2 * most;
  static constexpr float margin = 1.3e-7F;

  // [junction]: the costs to each landmark, then from each; in one line of the cache.
  std::vector<float> costs_;
};

}  // namespace kontwin
