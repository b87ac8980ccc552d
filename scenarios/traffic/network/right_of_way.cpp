// Who goes first at a junction.
#include <algorithm>
#include <cmath>

#include "scenarios/traffic/network/network_builder.hpp"

namespace kontwin::traffic {

namespace {

/// Points of a shape nearer than that have no direction, metres.
constexpr double apart_m = 0.01;

double heading(LocalPoint a, LocalPoint b) { return std::atan2(b.y_m - a.y_m, b.x_m - a.x_m); }

/// Where a turn comes in and goes out on a circle around its junction, radians from 0 to 2 pi. What
/// comes in on an arm lies beside what goes out on it, on the side on which one drives.
struct Chord {
  double in = 0, out = 0;
};

double on_circle(double angle) {
  const double whole = std::fmod(angle, 2 * M_PI);
  return whole < 0 ? whole + 2 * M_PI : whole;
}

bool cross(const Chord& a, const Chord& b) {
  const auto inside = [&a](double at) {
    const double from = std::min(a.in, a.out);
    const double to = std::max(a.in, a.out);
    return at > from && at < to;
  };
  return inside(b.in) != inside(b.out);
}

std::vector<Chord> chords_of(const Network& network, std::span<const std::uint32_t> turns) {
  const double side = network.drives_on_right ? 1 : -1;
  constexpr double beside_rad = 0.01;
  std::vector<Chord> chords;
  for (const std::uint32_t turn : turns) {
    chords.push_back(
        {on_circle(heading_at_end(network, network.turn_from[turn]) + M_PI + side * beside_rad),
         on_circle(heading_at_start(network, network.turn_to[turn]) - side * beside_rad)});
  }
  return chords;
}

/// Whether a link is part of a roundabout: between two of its junctions, one way only.
bool goes_round(const Network& network, std::uint32_t link) {
  const auto on_it = [&network](std::uint32_t junction) {
    return network.junction_control[junction] == JunctionControl::roundabout;
  };
  return on_it(network.from[link]) && on_it(network.to[link]) && network.opposite[link] == no_row;
}

/// Straight on goes before a turn to one's own side, and that before a turn across the others.
int rank_of(double inwards_rad) {
  if (std::abs(inwards_rad) <= M_PI / 4) return 2;
  return inwards_rad < 0 ? 1 : 0;
}

}  // namespace

double turned(double from_rad, double to_rad) {
  return std::remainder(to_rad - from_rad, 2 * M_PI);
}

double heading_at_end(const Network& network, std::uint32_t link) {
  const auto shape = network.shape_of(link);
  std::size_t before = shape.size() - 1;
  while (before > 0 && distance_m(shape[before], shape.back()) < apart_m) --before;
  return heading(shape[before], shape.back());
}

double heading_at_start(const Network& network, std::uint32_t link) {
  const auto shape = network.shape_of(link);
  std::size_t after = 0;
  while (after + 1 < shape.size() && distance_m(shape[0], shape[after]) < apart_m) ++after;
  return heading(shape[0], shape[after]);
}

void find_conflicts(const Network& network, std::span<const std::uint32_t> turns,
                    std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs) {
  const std::vector<Chord> chords = chords_of(network, turns);
  for (std::size_t i = 0; i < turns.size(); ++i) {
    for (std::size_t j = 0; j < turns.size(); ++j) {
      if (network.turn_from[turns[i]] == network.turn_from[turns[j]]) continue;
      const bool merge = network.turn_to[turns[i]] == network.turn_to[turns[j]];
      if (merge || cross(chords[i], chords[j])) pairs.emplace_back(turns[i], turns[j]);
    }
  }
}

bool gives_way(const Network& network, JunctionControl control, std::uint32_t mine,
               std::uint32_t theirs) {
  if (control == JunctionControl::unregulated) return false;
  if (control == JunctionControl::all_stop) return true;
  const std::uint32_t my_link = network.turn_from[mine];
  const std::uint32_t their_link = network.turn_from[theirs];
  if (control == JunctionControl::roundabout) {
    const bool am_in_it = goes_round(network, my_link);
    if (am_in_it != goes_round(network, their_link)) return !am_in_it;
  }
  // A signal's stages part those on crossing roads, so that there priority is a matter of turns.
  const bool by_priority =
      control == JunctionControl::priority || control == JunctionControl::roundabout;
  if (by_priority && network.priority[my_link] != network.priority[their_link]) {
    return network.priority[my_link] < network.priority[their_link];
  }
  const double side = network.drives_on_right ? 1 : -1;
  const double between =
      turned(heading_at_end(network, my_link), heading_at_end(network, their_link));
  const bool oncoming = std::abs(between) > 3 * M_PI / 4;
  if (oncoming || control != JunctionControl::right_first) {
    const int my_rank = rank_of(side * network.turn_angle[mine]);
    const int their_rank = rank_of(side * network.turn_angle[theirs]);
    if (my_rank != their_rank) return my_rank < their_rank;
  }
  // Where two streams from about the same side merge, one goes after the other.
  const bool merge = network.turn_to[mine] == network.turn_to[theirs];
  if (merge && std::abs(between) < M_PI / 3) return true;
  // Who comes from my right heads to my left; side by side, or head on, each waits for the other.
  const bool from_my_left = side * between < 0 && !oncoming;
  return !from_my_left;
}

bool NetworkBuilder::is_known(std::uint32_t turn) const {
  return parts_.turns[part_of_turn_[turn]].right_of_way_known;
}

void NetworkBuilder::add_right_of_way() {
  Network& network = *network_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
  std::vector<std::uint32_t> turns;
  for (std::uint32_t junction = 0; junction < network.junctions(); ++junction) {
    turns.clear();
    for (const std::uint32_t link : network.in_links(junction)) {
      for (std::uint32_t turn = network.turn_begin[link]; turn < network.turn_begin[link + 1];
           ++turn) {
        turns.push_back(turn);
      }
    }
    found.clear();
    const bool all_known = std::ranges::all_of(
        turns, [this](std::uint32_t turn) { return is_known(turn) && never_green_[turn] == 0; });
    if (!all_known) find_conflicts(network, turns, found);
    for (const auto& [turn, other] : found) {
      const bool waits =
          never_green_[turn] != 0
              ? never_green_[other] == 0
              : !is_known(turn) &&
                    gives_way(network, network.junction_control[junction], turn, other);
      if (waits) pairs.emplace_back(turn, other);
    }
    for (const std::uint32_t turn : turns) {
      const TurnPart& part = parts_.turns[part_of_turn_[turn]];
      if (!part.right_of_way_known) continue;
      for (const std::uint32_t other : part.gives_way_to) {
        const std::uint32_t before = place_of_part_[other];
        if (before != no_row && before != turn) pairs.emplace_back(turn, before);
      }
    }
  }
  std::ranges::sort(pairs);
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  network.give_way_begin.assign(network.turns() + 1, 0);
  network.goes_first.assign(network.turns(), 0);
  for (const auto& [turn, other] : pairs) {
    ++network.give_way_begin[turn + 1];
    network.give_way.push_back(other);
    network.goes_first[other] = 1;
  }
  for (std::size_t turn = 0; turn < network.turns(); ++turn) {
    network.give_way_begin[turn + 1] += network.give_way_begin[turn];
  }
}

}  // namespace kontwin::traffic
