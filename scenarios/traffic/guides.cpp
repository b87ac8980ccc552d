#include "scenarios/traffic/guides.hpp"

#include "twin/error.hpp"

namespace kontwin::traffic {

std::uint32_t Guides::add_route(std::span<const std::uint32_t> links) {
  if (links.empty()) throw ScenarioError("traffic: a route without links");
  const std::size_t begin = routes_.size();
  // A vehicle at the roadside stands before its first turn, so that driving in brings it there.
  routes_.push_back(no_way);
  for (std::size_t i = 0; i + 1 < links.size(); ++i) {
    const std::uint32_t turn = network_->find_turn(links[i], links[i + 1]);
    if (turn == no_row) {
      routes_.resize(begin);
      throw ScenarioError("traffic: a route goes from link " + network_->link_id[links[i]] +
                          " to link " + network_->link_id[links[i + 1]] +
                          ", between which there is no turn");
    }
    routes_.push_back(turn);
  }
  routes_.push_back(arrives);
  return static_cast<std::uint32_t>(begin);
}

std::uint32_t Guides::add_tree() {
  trees_.emplace_back(network_->links(), no_way);
  return static_cast<std::uint32_t>(trees_.size() - 1);
}

std::vector<std::uint32_t> Guides::links_ahead(const Vehicle& vehicle, std::size_t most) const {
  std::vector<std::uint32_t> links;
  std::uint32_t turn = vehicle.turn;
  std::uint32_t position = vehicle.position;
  while (turn < network_->turns() && links.size() < most) {
    const std::uint32_t link = network_->turn_to[turn];
    links.push_back(link);
    turn = vehicle.tree != own_route ? trees_[vehicle.tree][link] : routes_[++position];
  }
  return links;
}

}  // namespace kontwin::traffic
