#include "scenarios/traffic/micro/zone_map.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "scenarios/traffic/network/lane_kinds.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::micro {

namespace {

/// Maps cut links where junctions begin, which leaves some of less than a metre between two of
/// them: a car has to have room there, and comes onto no link faster than it can stop on it.
constexpr double shortest_m = 10;

/// Towards the middle of the road positive, whichever side one drives on.
double inwards(const Network& network, std::uint32_t turn) {
  const double angle = static_cast<double>(network.turn_angle[turn]);
  return network.drives_on_right ? angle : -angle;
}

bool goes_first(const Network& network, std::uint32_t turn, std::uint32_t other) {
  const auto before = network.gives_way_to(turn);
  return std::ranges::find(before, other) != before.end();
}

}  // namespace

std::uint32_t target_lane(const Network& network, std::uint32_t turn, std::uint32_t beside,
                          std::uint32_t made_from, std::uint32_t open) {
  const auto nth_open = [open](std::uint32_t which) {
    std::uint32_t lanes = open;
    for (; which > 0; --which) lanes &= lanes - 1;
    return static_cast<std::uint32_t>(std::countr_zero(lanes));
  };
  const auto count = static_cast<std::uint32_t>(std::popcount(made_from));
  const auto last = static_cast<std::uint32_t>(std::popcount(open)) - 1;
  const std::uint32_t outer = made_from & ((1U << beside) - 1);
  const std::uint32_t rank =
      std::min(static_cast<std::uint32_t>(std::popcount(outer)), count == 0 ? 0 : count - 1);
  if (inwards(network, turn) > M_PI / 4) {
    const std::uint32_t from_inner = count == 0 ? 0 : count - 1 - rank;
    return nth_open(last - std::min(from_inner, last));
  }
  if (std::bit_width(made_from) <= std::bit_width(open) && ((made_from >> beside) & 1U) != 0) {
    return static_cast<std::uint32_t>(std::countr_zero(nearest_lane(open, 1U << beside)));
  }
  return nth_open(std::min(rank, last));
}

std::uint32_t target_lane(const Network& network, std::uint32_t turn, std::uint32_t beside) {
  return target_lane(network, turn, beside, network.turn_lanes[turn],
                     all_lanes(network.lanes_of(network.turn_to[turn])));
}

double turn_speed_mps(const Network& network, std::uint32_t turn, const JunctionOptions& options) {
  const double angle = inwards(network, turn);
  constexpr double hardly = M_PI / 9;
  if (std::abs(angle) < hardly || !(options.side_acceleration_mps2 > 0)) {
    return std::numeric_limits<double>::infinity();
  }
  const double radius_m = angle > 0 ? options.inner_radius_m : options.outer_radius_m;
  return std::sqrt(options.side_acceleration_mps2 * radius_m) * std::sin(M_PI / 4) /
         std::sin(std::min(std::abs(angle), M_PI) / 2);
}

ZoneMap::ZoneMap(std::shared_ptr<const Network> network, std::vector<std::uint32_t> links,
                 const JunctionOptions& options, std::vector<BorrowedLanes> borrowed)
    : network_(std::move(network)), links_(std::move(links)), borrowed_(std::move(borrowed)) {
  if (links_.empty()) throw ScenarioError("microscopic zone: it has no links");
  std::ranges::sort(links_);
  for (std::size_t i = 0; i < links_.size(); ++i) {
    if (links_[i] >= network_->links()) {
      throw ScenarioError("microscopic zone: link row " + std::to_string(links_[i]) +
                          " is not in the network");
    }
    if (i > 0 && links_[i] == links_[i - 1]) {
      throw ScenarioError("microscopic zone: link " + network_->link_id[links_[i]] +
                          " is named twice");
    }
  }
  add_lanes();
  add_movements(options);
  find_foes();
}

void ZoneMap::add_lanes() {
  first_lane_of_link_.assign(network_->links(), no_row);
  std::unordered_map<std::uint32_t, std::uint32_t> junction_row;
  for (const std::uint32_t link : links_) {
    first_lane_of_link_[link] = static_cast<std::uint32_t>(lane.size());
    const std::uint32_t own = network_->lanes_of(link);
    const std::uint32_t count = own + borrowed_by(link);
    for (std::uint32_t beside = 0; beside < count; ++beside) {
      const std::uint32_t beyond = beside < own ? 0 : beside - own + 1;
      ZoneLane made;
      made.network_lane = network_->lane_begin[link] + beside - beyond;
      made.shift_m = beyond * network_->lane_width_m[link];
      made.closed = beyond > 0;
      made.link = link;
      made.junction =
          junction_row
              .try_emplace(network_->to[link], static_cast<std::uint32_t>(junction_row.size()))
              .first->second;
      made.beside = beside;
      made.lanes = count;
      made.length_m = std::max(network_->length_m[link], shortest_m);
      made.width_m = network_->lane_width_m[link];
      lane.push_back(made);
    }
  }
  inside_ = lane.size();
  junctions_ = junction_row.size();
}

std::uint32_t ZoneMap::outside_lane(std::uint32_t network_lane) {
  const auto [known, fresh] =
      outside_row_.try_emplace(network_lane, static_cast<std::uint32_t>(lane.size()));
  if (!fresh) return known->second;
  ZoneLane made;
  made.network_lane = network_lane;
  made.link = network_->lane_link[network_lane];
  made.beside = network_lane - network_->lane_begin[made.link];
  made.lanes = network_->lanes_of(made.link);
  made.length_m = network_->length_m[made.link];
  made.width_m = network_->lane_width_m[made.link];
  made.inside = false;
  lane.push_back(made);
  return known->second;
}

void ZoneMap::add_movements(const JunctionOptions& options) {
  for (std::uint32_t from = 0; from < inside_; ++from) {
    const std::uint32_t link = lane[from].link;
    lane[from].first_movement = static_cast<std::uint32_t>(movement.size());
    for (std::uint32_t turn = network_->turn_begin[link]; turn < network_->turn_begin[link + 1];
         ++turn) {
      const JunctionControl control = network_->junction_control[network_->to[link]];
      Movement made;
      made.lane = from;
      made.turn = turn;
      choose_lanes(made);
      made.target = target_of(made);
      made.speed_mps = turn_speed_mps(*network_, turn, options);
      made.first_come = control == JunctionControl::right_first ||
                        control == JunctionControl::all_stop ||
                        control == JunctionControl::unregulated;
      made.must_stop = control == JunctionControl::all_stop;
      movement.push_back(made);
    }
  }
}

void ZoneMap::find_foes() {
  foe_.clear();
  for (ZoneLane& one : lane) one.others_wait = false;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> at_junction;
  for (std::uint32_t which = 0; which < movement.size(); ++which) {
    at_junction[network_->to[lane[movement[which].lane].link]].push_back(which);
  }
  for (std::uint32_t which = 0; which < movement.size(); ++which) {
    add_foes_of(which, at_junction[network_->to[lane[movement[which].lane].link]]);
  }
}

void ZoneMap::add_foes_of(std::uint32_t which, std::span<const std::uint32_t> at_junction) {
  Movement& mine = movement[which];
  const ZoneLane& my_lane = lane[mine.lane];
  mine.first_foe = static_cast<std::uint32_t>(foe_.size());
  mine.crosses = false;
  for (const std::uint32_t other : at_junction) {
    const Movement& theirs = movement[other];
    const ZoneLane& their_lane = lane[theirs.lane];
    if (theirs.lane == mine.lane) continue;
    Foe foe{other, false, false};
    const bool same_end = theirs.target == mine.target;
    if (their_lane.link == my_lane.link) {
      // Ways from lanes side by side cross where the outer one bends further inwards.
      const bool outer = my_lane.beside < their_lane.beside;
      const double bend = inwards(*network_, mine.turn) - inwards(*network_, theirs.turn);
      foe.crosses = mine.turn != theirs.turn && (outer ? bend > 0 : bend < 0);
      if (!foe.crosses && !same_end) continue;
      foe.goes_first = theirs.proper && !mine.proper;
    } else {
      const bool first = goes_first(*network_, mine.turn, theirs.turn);
      const bool last = goes_first(*network_, theirs.turn, mine.turn);
      const bool merges = network_->turn_to[mine.turn] == network_->turn_to[theirs.turn];
      if (merges ? !same_end : !first && !last) continue;
      foe.crosses = !merges;
      foe.goes_first = first;
    }
    if (foe.goes_first) lane[theirs.lane].others_wait = true;
    mine.crosses |= foe.crosses;
    foe_.push_back(foe);
  }
  mine.foes = static_cast<std::uint32_t>(foe_.size()) - mine.first_foe;
}

}  // namespace kontwin::traffic::micro
