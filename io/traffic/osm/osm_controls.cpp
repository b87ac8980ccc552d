// Lights, and who goes first.
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <queue>
#include <string_view>
#include <tuple>

#include "io/traffic/osm/osm_assembly.hpp"
#include "scenarios/traffic/world_network.hpp"

namespace kontwin::traffic {

namespace {

/// Priority of tertiary roads.
constexpr int least_main_road = 4;
/// One that bends by less merges, or goes straight on.
constexpr double merging_deg = 45;

double heading_at_end(const LinkPart& link) {
  const std::size_t last = link.shape.size() - 1;
  return std::atan2(link.shape[last].y_m - link.shape[last - 1].y_m,
                    link.shape[last].x_m - link.shape[last - 1].x_m);
}

}  // namespace

void OsmAssembly::join_lights() {
  signal_of_.resize(lights_.size());
  std::iota(signal_of_.begin(), signal_of_.end(), 0U);
  for (std::uint32_t at = 0; at < lights_.size(); ++at) {
    if (lights_[at] != 0) join_to_lights_near(at);
  }
  for (std::uint32_t at = 0; at < signal_of_.size(); ++at) {
    signal_of_[at] = first_of_signal(at);
    if (lights_[at] != 0 && signal_of_[at] != at) {
      repairs_.note("lights joined", "junction " + parts_.junctions[at].id,
                    "one signal with junction " + parts_.junctions[signal_of_[at]].id);
    }
  }
}

std::uint32_t OsmAssembly::first_of_signal(std::uint32_t at) {
  while (signal_of_[at] != at) at = signal_of_[at] = signal_of_[signal_of_[at]];
  return at;
}

void OsmAssembly::join_to_lights_near(std::uint32_t from) {
  struct Reached {
    double away_m;
    std::uint32_t at, before;
  };
  const auto later = [](const Reached& a, const Reached& b) {
    return std::tie(a.away_m, a.at, a.before) > std::tie(b.away_m, b.at, b.before);
  };
  std::priority_queue<Reached, std::vector<Reached>, decltype(later)> next(later);
  std::map<std::uint32_t, std::uint32_t> before;  // [junction] on the shortest way from here
  next.push({0, from, from});
  while (!next.empty()) {
    const Reached here = next.top();
    next.pop();
    if (!before.try_emplace(here.at, here.before).second) continue;
    if (here.at != from && lights_[here.at] != 0) {
      // What lies between is part of the junction, too.
      for (std::uint32_t at = here.at; at != from; at = before[at]) {
        within_[at] = 1;
        const std::uint32_t a = first_of_signal(from);
        const std::uint32_t b = first_of_signal(at);
        signal_of_[std::max(a, b)] = std::min(a, b);
      }
      within_[from] = 1;
      continue;
    }
    for (const std::uint32_t link : out(here.at)) {
      if (rank_of(link) == Rank::path) continue;
      const double away_m =
          here.away_m + std::max(0.1, static_cast<double>(origin_[link].length_m));
      if (away_m <= options_.one_signal_m) next.push({away_m, parts_.links[link].to, here.at});
    }
  }
}

void OsmAssembly::set_controls() {
  for (std::uint32_t at = 0; at < parts_.junctions.size(); ++at) {
    JunctionControl& control = parts_.junctions[at].control;
    const auto arriving = in(at);
    const bool all_same = std::ranges::all_of(arriving, [&](std::uint32_t link) {
      return parts_.links[link].priority == parts_.links[arriving.front()].priority;
    });
    if (lights_[at] != 0) {
      control = JunctionControl::signal;
    } else if (!is_crossing(at)) {
      control = JunctionControl::unregulated;
    } else if (on_roundabout_[at] != 0) {
      control = JunctionControl::roundabout;
    } else if (all_stop_[at] != 0) {
      control = JunctionControl::all_stop;
    } else if (small_roundabout_[at] != 0) {
      control = JunctionControl::right_first;
    } else {
      control = all_same ? control_of_equals(at) : JunctionControl::priority;
    }
  }
}

JunctionControl OsmAssembly::control_of_equals(std::uint32_t at) {
  if (is_merge(at)) return JunctionControl::unregulated;
  const auto arriving = in(at);
  // From tertiary roads up one that ends gives way to one that goes straight on: there signs say
  // so, which few maps hold.
  const int rank = arriving.empty() ? 0 : parts_.links[arriving.front()].priority;
  if (rank < least_main_road) return JunctionControl::right_first;
  std::vector<std::uint32_t> ending;
  for (const std::uint32_t link : arriving) {
    if (!goes_straight_on(link)) ending.push_back(link);
  }
  if (ending.empty() || ending.size() == arriving.size()) return JunctionControl::right_first;
  for (const std::uint32_t link : ending) --parts_.links[link].priority;
  return JunctionControl::priority;
}

bool OsmAssembly::is_merge(std::uint32_t at) const {
  const auto arriving = in(at);
  if (out(at).size() != 1 || arriving.size() < 2) return false;
  return std::ranges::all_of(arriving, [&](std::uint32_t link) {
    return origin_[link].opposite == no_row &&
           std::abs(angle_deg(link, out(at).front())) < merging_deg;
  });
}

bool OsmAssembly::goes_straight_on(std::uint32_t link) const {
  return std::ranges::any_of(out(parts_.links[link].to), [&](std::uint32_t next) {
    return next != origin_[link].opposite && std::abs(angle_deg(link, next)) < merging_deg;
  });
}

bool OsmAssembly::is_ramp_merge(std::uint32_t from, std::uint32_t to) const {
  const std::string_view ramp = extract_.roads[origin_[from].road].defaults->highway;
  const std::string_view road = extract_.roads[origin_[to].road].defaults->highway;
  const bool fast = (ramp == "motorway_link" && road == "motorway") ||
                    (ramp == "trunk_link" && (road == "trunk" || road == "motorway"));
  return fast && lights_[parts_.links[from].to] == 0 && !is_signed_down(from) &&
         std::abs(angle_deg(from, to)) < merging_deg;
}

void OsmAssembly::let_ramps_merge() {
  // What a merge carries is what the road beyond it does (Highway Capacity Manual 6, chapter 14):
  // nobody waits for gaps, and where that road is full its lanes let in one after the other.
  for (TurnPart& turn : parts_.turns) {
    if (is_ramp_merge(turn.from, turn.to)) turn.right_of_way_known = true;
  }
}

void OsmAssembly::add_signals() {
  struct Approach {
    std::uint32_t link;
    double heading;
  };
  std::map<std::uint32_t, std::vector<Approach>> groups;
  for (std::uint32_t link = 0; link < parts_.links.size(); ++link) {
    const LinkPart& part = parts_.links[link];
    if (!turns_of_.contains(link)) continue;
    const std::uint32_t group = signal_of_[part.to];
    const bool inside =
        within_[part.from] != 0 && within_[part.to] != 0 && signal_of_[part.from] == group;
    if (!inside) {
      if (lights_[part.to] != 0) groups[group].push_back({link, heading_at_end(part)});
      continue;
    }
    // Between the junctions of one signal nobody is held: they clear it.
    for (std::uint32_t turn = turns_of_[link].first; turn < turns_of_[link].second; ++turn) {
      parts_.turns[turn].right_of_way_known = true;
    }
  }
  for (const auto& [group, approaches] : groups) {
    const auto main = std::ranges::max_element(
        approaches, {}, [this](const Approach& one) { return parts_.links[one.link].priority; });
    // On the axis of the most important approach, either way, or across it.
    const auto on_axis = [&main](const Approach& one) {
      return std::abs(std::cos(one.heading - main->heading)) > std::sqrt(0.5);
    };
    SignalPart signal;
    signal.id = parts_.junctions[group].id;
    std::vector<std::uint8_t> along;
    int lanes_along = 0, lanes_across = 0;
    for (const Approach& one : approaches) {
      const bool on = on_axis(one);
      int& most = on ? lanes_along : lanes_across;
      most = std::max(most, parts_.links[one.link].lanes);
      const auto [begin, end] = turns_of_[one.link];
      for (std::uint32_t turn = begin; turn < end; ++turn) {
        signal.turns.push_back(turn);
        along.push_back(on ? 1 : 0);
      }
    }
    if (signal.turns.empty()) continue;
    // Where nobody drives across, people walk.
    const double share =
        std::clamp(static_cast<double>(lanes_along) / (lanes_along + lanes_across), 0.3, 0.7);
    const auto stage = [&](double duration_s, int axis) {
      StagePart made;
      made.duration_s = duration_s;
      for (const std::uint8_t on : along) {
        made.aspects.push_back(on == axis ? Aspect::permissive : Aspect::red);
      }
      signal.stages.push_back(std::move(made));
    };
    constexpr int nobody = 2;
    stage(default_cycle_s * share - lost_s_per_stage, 1);
    stage(lost_s_per_stage, nobody);
    stage(default_cycle_s * (1 - share) - lost_s_per_stage, lanes_across == 0 ? nobody : 0);
    stage(lost_s_per_stage, nobody);
    repairs_.tally("stages assumed", "signals",
                   "two stages in " + std::to_string(std::lround(default_cycle_s)) +
                       " s, green by the lanes of each axis");
    parts_.signals.push_back(std::move(signal));
  }
}

}  // namespace kontwin::traffic
