#include "twin/driving_graph.hpp"

#include <algorithm>
#include <span>

#include "twin/error.hpp"

namespace kontwin {

DrivingGraph::DrivingGraph(std::size_t junctions, const RoadNetwork& roads, std::uint32_t kinds)
    : from_(roads.from) {
  if ((kinds & every_vehicle) == 0) throw WorldError("driving graph: for no kind of vehicle");
  std::vector<std::pair<std::uint32_t, std::uint32_t>> forbidden;
  for (const ForbiddenTurn& turn : roads.forbidden_turns) {
    if ((kinds & every_vehicle & ~turn.kinds) == 0) forbidden.emplace_back(turn.from, turn.to);
  }
  if (forbidden.empty()) {
    plain_.emplace(junctions, roads);
    return;
  }
  states_.emplace(junctions, roads.from, roads.to, 1,
                  [&forbidden](std::uint32_t before, std::uint32_t after) -> std::uint32_t {
                    return std::ranges::binary_search(forbidden, std::pair(before, after)) ? 0 : 1;
                  });
}

/// The states that are reached from some, or, backward, from which some are reached.
std::vector<std::uint8_t> DrivingGraph::spread(std::vector<std::uint32_t> states, bool forward,
                                               std::span<const std::uint8_t> usable) const {
  const RoadGraph& on = graph();
  std::vector<std::uint8_t> reached(on.junctions(), 0);
  for (const std::uint32_t state : states) reached[state] = 1;
  while (!states.empty()) {
    const std::uint32_t state = states.back();
    states.pop_back();
    for (const std::uint32_t edge : forward ? on.out_links(state) : on.in_links(state)) {
      if (usable[states_ ? states_->edge_link[edge] : edge] == 0) continue;
      const std::uint32_t next = forward ? on.to(edge) : on.from(edge);
      if (reached[next] != 0) continue;
      reached[next] = 1;
      states.push_back(next);
    }
  }
  return reached;
}

std::vector<std::uint8_t> DrivingGraph::reaching(std::span<const std::uint32_t> targets,
                                                 std::span<const std::uint8_t> usable) const {
  if (!states_) return spread({targets.begin(), targets.end()}, false, usable);
  std::vector<std::uint32_t> ends;
  for (const std::uint32_t target : targets) {
    for (auto state = states_->first[target]; state < states_->first[target + 1]; ++state) {
      ends.push_back(state);
    }
  }
  const auto from_end = spread(std::move(ends), false, usable);
  std::vector<std::uint8_t> reaches(states_->first.size() - 1, 0);
  for (const std::uint32_t target : targets) reaches[target] = 1;
  for (std::uint32_t link = 0; link < from_.size(); ++link) {
    if (usable[link] != 0 && from_end[states_->of_link[link]] != 0) reaches[from_[link]] = 1;
  }
  return reaches;
}

std::vector<std::uint32_t> DrivingGraph::components(std::span<const double> cost) const {
  if (!states_) return plain_->components(cost);
  const std::vector<std::uint32_t> part =
      states_->graph->components(states_->edge_costs(cost, every_vehicle));

  std::vector<std::uint8_t> usable(cost.size());
  std::ranges::transform(cost, usable.begin(),
                         [](double one) { return one < unreachable ? 1 : 0; });
  std::vector<std::uint32_t> largest;
  for (std::uint32_t state = 0; state < part.size(); ++state) {
    if (part[state] == 0) largest.push_back(state);
  }
  const auto leaves_it = spread(largest, true, usable);
  const auto leads_to_it = spread(std::move(largest), false, usable);
  const std::size_t junctions = states_->first.size() - 1;
  std::vector<std::uint8_t> returns(junctions, 0);
  for (std::uint32_t link = 0; link < from_.size(); ++link) {
    if (usable[link] != 0 && leads_to_it[states_->of_link[link]] != 0) returns[from_[link]] = 1;
  }
  std::vector<std::uint32_t> number(junctions);
  for (std::uint32_t junction = 0; junction < junctions; ++junction) {
    const std::uint32_t begin = states_->first[junction];
    const auto leaves = std::span(leaves_it).subspan(begin, states_->first[junction + 1] - begin);
    const bool come_by = std::ranges::any_of(leaves, [](std::uint8_t left) { return left != 0; });
    number[junction] = come_by && returns[junction] != 0 ? 0 : part[begin];
  }
  return number;
}

}  // namespace kontwin
