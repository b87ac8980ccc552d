// Who goes first at a junction, and when a signal lets whom go.
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

void NetworkBuilder::add_signals() {
  Network& network = *network_;
  for (SignalPart& part : parts_.signals) {
    Signal signal;
    signal.id = part.id;
    signal.kind = part.kind;
    signal.offset = to_micros(part.offset_s);
    // Turns that were dropped take their aspects along; the rest by rising turn.
    std::vector<std::pair<std::uint32_t, std::size_t>> kept;
    for (std::size_t i = 0; i < part.turns.size(); ++i) {
      const std::uint32_t turn = place_of_part_[part.turns[i]];
      if (turn != no_row) kept.emplace_back(turn, i);
    }
    std::ranges::sort(kept);
    for (const StagePart& stage : part.stages) {
      if (!(stage.duration_s > 0)) continue;
      Signal::Stage made{to_micros(stage.duration_s),
                         to_micros(std::max(0.0, stage.least_s)),
                         to_micros(std::max(stage.least_s, stage.most_s)),
                         {}};
      for (const auto& [turn, index] : kept) made.aspects.push_back(stage.aspects[index]);
      signal.cycle += made.duration;
      signal.stages.push_back(std::move(made));
    }
    if (signal.stages.empty() || kept.empty()) {
      note("no cycle", "signal " + part.id, "taken away");
      continue;
    }
    std::vector<std::pair<std::uint32_t, std::size_t>> ruled;
    for (std::size_t i = 0; i < kept.size(); ++i) {
      const bool goes = std::ranges::any_of(signal.stages, [i](const Signal::Stage& stage) {
        return stage.aspects[i] != Aspect::red;
      });
      if (goes) {
        ruled.emplace_back(kept[i].first, i);
      } else {
        note("no green",
             "signal " + part.id + ", " + turn_name(parts_.turns[part_of_turn_[kept[i].first]]),
             "gives way instead");
      }
    }
    for (Signal::Stage& stage : signal.stages) {
      std::vector<Aspect> aspects;
      for (const auto& [turn, index] : ruled) aspects.push_back(stage.aspects[index]);
      stage.aspects = std::move(aspects);
    }
    for (const auto& [turn, index] : ruled) {
      signal.turns.push_back(turn);
      network.turn_signal[turn] = static_cast<std::uint32_t>(network.signals.size());
    }
    network.signals.push_back(std::move(signal));
  }
}

void append_greens(const Signal& signal, std::uint32_t turn, std::vector<Network::Green>& green) {
  const auto place = std::ranges::lower_bound(signal.turns, turn) - signal.turns.begin();
  const std::size_t first = green.size();
  Micros at = 0;
  for (const Signal::Stage& stage : signal.stages) {
    const Aspect aspect = stage.aspects[static_cast<std::size_t>(place)];
    if (aspect != Aspect::red) {
      const bool permissive = aspect == Aspect::permissive;
      const bool goes_on =
          green.size() > first && green.back().end == at && green.back().permissive == permissive;
      if (goes_on) {
        green.back().end = at + stage.duration;
      } else {
        green.push_back({at, at + stage.duration, permissive});
      }
    }
    at += stage.duration;
  }
}

void NetworkBuilder::add_greens() {
  Network& network = *network_;
  network.green_begin.push_back(0);
  for (std::uint32_t turn = 0; turn < network.turns(); ++turn) {
    if (network.turn_signal[turn] != no_row) {
      append_greens(network.signals[network.turn_signal[turn]], turn, network.green);
    }
    network.green_begin.push_back(static_cast<std::uint32_t>(network.green.size()));
  }
}

}  // namespace kontwin::traffic
