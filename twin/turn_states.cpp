#include "twin/turn_states.hpp"

#include <algorithm>
#include <numeric>

#include "twin/entity_ref.hpp"

namespace kontwin {

namespace {

/// Links at each junction, by rising row.
class LinksAt {
 public:
  LinksAt(std::size_t junctions, std::span<const std::uint32_t> end)
      : begin_(junctions + 1, 0), links_(end.size()) {
    for (const std::uint32_t junction : end) ++begin_[junction + 1];
    std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
    std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
    for (std::uint32_t link = 0; link < end.size(); ++link) links_[next[end[link]]++] = link;
  }
  std::span<const std::uint32_t> operator[](std::uint32_t junction) const {
    return std::span(links_).subspan(begin_[junction], begin_[junction + 1] - begin_[junction]);
  }

 private:
  std::vector<std::uint32_t> begin_, links_;
};

}  // namespace

TurnStates::TurnStates(std::size_t junctions, std::span<const std::uint32_t> from,
                       std::span<const std::uint32_t> to, std::uint32_t all, const TurnKinds& kinds,
                       Apart apart)
    : of_link(from.size()) {
  const LinksAt in(junctions, to);
  const LinksAt out(junctions, from);
  std::vector<std::uint8_t> is_one(junctions);
  first.reserve(junctions + 1);
  first.push_back(0);
  for (std::uint32_t junction = 0; junction < junctions; ++junction) {
    const bool one = apart == Apart::where_needed &&
                     std::ranges::all_of(in[junction], [&](std::uint32_t before) {
                       return std::ranges::all_of(out[junction], [&](std::uint32_t after) {
                         return kinds(before, after) == all;
                       });
                     });
    is_one[junction] = one ? 1 : 0;
    std::uint32_t next = first.back();
    for (const std::uint32_t link : in[junction]) of_link[link] = one ? next : next++;
    first.push_back(one ? next + 1 : next);
  }
  edges_begin.assign(from.size() + 1, 0);
  const auto add = [this](std::uint32_t state, std::uint32_t link, std::uint32_t who) {
    edge_kinds.push_back(static_cast<std::uint8_t>(who));
    edge_from.push_back(state);
    edge_to.push_back(of_link[link]);
    edge_link.push_back(link);
  };
  for (std::uint32_t link = 0; link < from.size(); ++link) {
    if (is_one[from[link]] != 0) {
      add(first[from[link]], link, all);
    } else {
      for (const std::uint32_t before : in[from[link]]) {
        const std::uint32_t who = kinds(before, link);
        if (who != 0) add(of_link[before], link, who);
      }
    }
    edges_begin[link + 1] = static_cast<std::uint32_t>(edge_link.size());
  }
  RoadNetwork roads;
  roads.from = edge_from;
  roads.to = edge_to;
  graph = std::make_unique<const RoadGraph>(first.back(), roads);
}

std::vector<double> TurnStates::edge_costs(std::span<const double> link_cost,
                                           std::uint32_t kinds) const {
  std::vector<double> cost(edge_link.size());
  for (std::size_t edge = 0; edge < cost.size(); ++edge) {
    cost[edge] = (edge_kinds[edge] & kinds) != 0 ? link_cost[edge_link[edge]] : unreachable;
  }
  return cost;
}

}  // namespace kontwin
