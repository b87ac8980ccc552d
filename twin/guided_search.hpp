#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "twin/entity_ref.hpp"
#include "twin/road_graph.hpp"
#include "twin/waiting_heap.hpp"

namespace kontwin {

/// The labels of a search from one junction, kept from one search to the next so that none has to
/// clear or allocate them. One thread at a time.
class SearchLabels {
 public:
  /// Forgets the last search.
  void begin(std::size_t junctions) {
    if (labels_.size() < junctions) labels_.resize(junctions);
    heap_.clear();
    if (++round_ == 0) {
      for (Label& label : labels_) label.round = 0;
      round_ = 1;
    }
  }
  /// The links of the way found to a junction, in driving order.
  void way_to(const RoadGraph& graph, std::uint32_t junction,
              std::vector<std::uint32_t>& links) const {
    links.clear();
    for (std::uint32_t link = labels_[junction].link; link != no_row;
         link = labels_[graph.from(link)].link) {
      links.push_back(link);
    }
    for (std::size_t i = 0, j = links.size(); i + 1 < j; ++i) std::swap(links[i], links[--j]);
  }

 private:
  template <typename Cost, typename Bound>
  friend std::uint32_t guided_search(const RoadGraph& graph, std::uint32_t from, double start,
                                     std::span<const std::uint32_t> targets, double limit,
                                     const Cost& cost, const Bound& bound, SearchLabels& labels,
                                     double& reached);
  struct Label {
    double cost = 0;
    float bound = 0;
    std::uint32_t link = no_row;
    std::uint32_t round = 0;
  };
  std::vector<Label> labels_;
  WaitingHeap heap_;
  std::uint32_t round_ = 0;
};

/// The cheapest way from a junction to the nearest of some, guided by lower bounds on what is left
/// (A*: Hart, Nilsson and Raphael 1968), along costs that may depend on when a link is driven into.
/// Gives the target that was reached first, and what it cost in `reached`; no_row where there is no
/// way that costs `limit` or less. Ties are broken by junction and link row.
///
/// `cost(link, at)`: when its end is reached by who is at its start at `at`: not before `at`, and
/// nobody who comes later is there earlier. `bound(junction)`: the least that the rest can cost.
/// Settled junctions are opened again where the bounds, for their rounding, misled the search.
template <typename Cost, typename Bound>
std::uint32_t guided_search(const RoadGraph& graph, std::uint32_t from, double start,
                            std::span<const std::uint32_t> targets, double limit, const Cost& cost,
                            const Bound& bound, SearchLabels& labels, double& reached) {
  labels.begin(graph.junctions());
  const auto is_target = [&targets](std::uint32_t junction) {
    for (const std::uint32_t target : targets) {
      if (target == junction) return true;
    }
    return false;
  };
  auto& all = labels.labels_;
  const std::uint32_t round = labels.round_;
  all[from] = {start, static_cast<float>(bound(from)), no_row, round};
  labels.heap_.push({start + static_cast<double>(all[from].bound), from});
  while (!labels.heap_.empty()) {
    const auto [key, junction] = labels.heap_.pop();
    const SearchLabels::Label here = all[junction];
    // A cheaper way was found since.
    if (key > here.cost + static_cast<double>(here.bound)) continue;
    if (key > limit) break;
    if (is_target(junction)) {
      reached = here.cost;
      return junction;
    }
    for (const RoadGraph::Edge edge : graph.edges_out(junction)) {
      const double at = cost(edge.road, here.cost);
      if (!(at < unreachable)) continue;
      SearchLabels::Label& there = all[edge.next];
      if (there.round != round) {
        there = {at, static_cast<float>(bound(edge.next)), edge.road, round};
      } else if (at < there.cost) {
        there.cost = at;
        there.link = edge.road;
      } else {
        if (at == there.cost && edge.road < there.link && there.link != no_row && at > here.cost) {
          there.link = edge.road;
        }
        continue;
      }
      if (there.bound < std::numeric_limits<float>::infinity()) {
        labels.heap_.push({at + static_cast<double>(there.bound), edge.next});
      }
    }
  }
  reached = unreachable;
  return no_row;
}

}  // namespace kontwin
