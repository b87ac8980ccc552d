// Who goes first at a junction.
#include <algorithm>
#include <cmath>

#include "scenarios/traffic/network/network_builder.hpp"

namespace kontwin::traffic {

namespace {

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
  return heading(shape[shape.size() - 2], shape.back());
}

double heading_at_start(const Network& network, std::uint32_t link) {
  const auto shape = network.shape_of(link);
  return heading(shape[0], shape[1]);
}

void find_right_of_way(const Network& network, std::uint32_t junction,
                       std::span<const std::uint32_t> turns,
                       std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs) {
  const JunctionControl control = network.junction_control[junction];
  if (control == JunctionControl::unregulated) return;
  const double side = network.drives_on_right ? 1 : -1;
  constexpr double beside_rad = 0.01;
  std::vector<Chord> chords;
  for (const std::uint32_t turn : turns) {
    chords.push_back(
        {on_circle(heading_at_end(network, network.turn_from[turn]) + M_PI + side * beside_rad),
         on_circle(heading_at_start(network, network.turn_to[turn]) - side * beside_rad)});
  }
  // A signal's stages part those on crossing roads, so that there priority is a matter of turns.
  const bool by_priority =
      control == JunctionControl::priority || control == JunctionControl::roundabout;
  for (std::size_t i = 0; i < turns.size(); ++i) {
    for (std::size_t j = 0; j < turns.size(); ++j) {
      const std::uint32_t mine = turns[i];
      const std::uint32_t theirs = turns[j];
      const std::uint32_t my_link = network.turn_from[mine];
      const std::uint32_t their_link = network.turn_from[theirs];
      if (my_link == their_link) continue;
      const bool merge = network.turn_to[mine] == network.turn_to[theirs];
      if (!merge && !cross(chords[i], chords[j])) continue;
      if (control == JunctionControl::all_stop) {
        pairs.emplace_back(mine, theirs);
        continue;
      }
      if (by_priority && network.priority[my_link] != network.priority[their_link]) {
        if (network.priority[my_link] < network.priority[their_link]) {
          pairs.emplace_back(mine, theirs);
        }
        continue;
      }
      const double my_heading = heading_at_end(network, my_link);
      const double their_heading = heading_at_end(network, their_link);
      const double between = turned(my_heading, their_heading);
      const bool oncoming = std::abs(between) > 3 * M_PI / 4;
      const int my_rank = rank_of(side * network.turn_angle[mine]);
      const int their_rank = rank_of(side * network.turn_angle[theirs]);
      if (oncoming || control != JunctionControl::right_first) {
        if (my_rank != their_rank) {
          if (my_rank < their_rank) pairs.emplace_back(mine, theirs);
          continue;
        }
      }
      if (merge) {
        // Where two like streams merge, one goes after the other.
        pairs.emplace_back(mine, theirs);
        continue;
      }
      // From my right: they head to my left.
      const bool from_my_right = side * between > 0 && !oncoming;
      const bool from_my_left = side * between < 0 && !oncoming;
      if (from_my_right || (!from_my_left && !from_my_right)) pairs.emplace_back(mine, theirs);
    }
  }
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
    const bool all_known = std::ranges::all_of(turns, [this](std::uint32_t turn) {
      return parts_.turns[part_of_turn_[turn]].right_of_way_known;
    });
    if (!all_known) find_right_of_way(network, junction, turns, found);
    for (const auto& [turn, other] : found) {
      if (!parts_.turns[part_of_turn_[turn]].right_of_way_known) pairs.emplace_back(turn, other);
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
  pairs.erase(std::ranges::unique(pairs).begin(), pairs.end());
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
