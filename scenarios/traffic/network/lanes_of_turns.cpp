// Which lanes a turn is made from.
#include <algorithm>
#include <cmath>

#include "scenarios/traffic/network/lane_kinds.hpp"
#include "scenarios/traffic/network/network_builder.hpp"

namespace kontwin::traffic {

void NetworkBuilder::choose_lanes() {
  std::vector<std::vector<std::uint32_t>> leaving(network_->links());
  for (const std::uint32_t part : part_of_turn_) leaving[parts_.turns[part].from].push_back(part);
  // Towards the middle of the road: left where one drives on the right.
  const double inwards = network_->drives_on_right ? 1 : -1;
  constexpr double straight = M_PI / 4;
  for (std::uint32_t link = 0; link < network_->links(); ++link) {
    const std::uint32_t count = network_->lanes_of(link);
    const std::uint32_t all = (1U << count) - 1;
    const auto angle = [&](std::uint32_t part) { return inwards * angle_of(parts_.turns[part]); };
    const auto some = [&](auto&& holds) { return std::ranges::any_of(leaving[link], holds); };
    const bool any_straight =
        some([&](std::uint32_t part) { return std::abs(angle(part)) <= straight; });
    const bool any_inner = some([&](std::uint32_t part) { return angle(part) > straight; });
    const bool any_outer = some([&](std::uint32_t part) { return angle(part) < -straight; });
    std::uint32_t used = 0;
    for (const std::uint32_t part : leaving[link]) {
      std::uint32_t& lanes = parts_.turns[part].lanes;
      if ((lanes & ~all) != 0) {
        note("lanes of a turn", turn_name(parts_.turns[part]), "lanes beyond those there left out");
      }
      lanes &= all;
      if (lanes == 0) {
        const std::uint32_t inner_half = all & ~((1U << (count / 2)) - 1);
        const double at = angle(part);
        if (count == 1) {
          lanes = all;
        } else if (std::abs(at) <= straight) {
          lanes = any_inner && count > 2 ? all & ~(1U << (count - 1)) : all;
        } else if (at > 0) {
          lanes =
              any_straight || !any_outer ? (any_straight ? 1U << (count - 1) : all) : inner_half;
        } else {
          lanes = any_straight || !any_inner ? (any_straight ? 1U : all) : all & ~inner_half;
        }
      }
      used |= lanes;
    }
    if (used == all || leaving[link].empty()) continue;
    // A lane that leads nowhere leads where the one beside it does.
    for (std::uint32_t lane = 0; lane < count; ++lane) {
      if (((used >> lane) & 1U) != 0) continue;
      std::uint32_t beside = lane;
      for (std::uint32_t by = 1; by < count && beside == lane; ++by) {
        if (lane >= by && ((used >> (lane - by)) & 1U) != 0) beside = lane - by;
        if (lane + by < count && ((used >> (lane + by)) & 1U) != 0) beside = lane + by;
      }
      for (const std::uint32_t part : leaving[link]) {
        if (((parts_.turns[part].lanes >> beside) & 1U) != 0)
          parts_.turns[part].lanes |= 1U << lane;
      }
      note(
          "lanes of a turn", "link " + network_->link_id[link],
          "lane " + std::to_string(lane) + " leads where lane " + std::to_string(beside) + " does");
    }
  }
}

void NetworkBuilder::complete_lanes() {
  for (const std::uint32_t part : part_of_turn_) {
    TurnPart& turn = parts_.turns[part];
    const unsigned both =
        unsigned{network_->allowed[turn.from]} & network_->allowed[turn.to] & turn.allowed;
    const std::uint32_t first = network_->lane_begin[turn.from];
    const auto kinds =
        std::span(network_->lane_kinds).subspan(first, network_->lanes_of(turn.from));
    const std::uint32_t lanes = lanes_for_all(turn.lanes, kinds, static_cast<VehicleKinds>(both));
    if (lanes == turn.lanes) continue;
    turn.lanes = lanes;
    note("lanes of a turn", turn_name(turn),
         "those whom none of its lanes lets in make it from the nearest that does");
  }
}

}  // namespace kontwin::traffic
