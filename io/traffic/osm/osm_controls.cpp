// Signs, lights, and who goes first.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "io/traffic/osm/osm_assembly.hpp"
#include "scenarios/traffic/world_network.hpp"

namespace kontwin::traffic {

namespace {

/// What a give-way or stop sign takes off a link's priority: more than classes differ by.
constexpr int signed_down = 100;

double heading_at_end(const LinkPart& link) {
  const std::size_t last = link.shape.size() - 1;
  return std::atan2(link.shape[last].y_m - link.shape[last - 1].y_m,
                    link.shape[last].x_m - link.shape[last - 1].x_m);
}

}  // namespace

void OsmAssembly::read_signs() {
  for (const Spot& spot : spots_) {
    const OsmSign& sign = extract_.signs[spot.sign];
    double nearest_m = options_.sign_reach_m;
    std::uint32_t nearest = no_row;
    if (sign.direction >= 0) take_spot(spot.forward, spot.to_end_m, nearest_m, nearest);
    if (sign.direction <= 0) take_spot(spot.backward, spot.to_start_m, nearest_m, nearest);
    obey(sign, nearest);
  }
  spots_ = {};
  for (const OsmSign& sign : extract_.signs) {
    const std::uint32_t at = junction_of_node_[sign.node];
    if (at != no_row) sign_at_junction(sign, at);
  }
}

void OsmAssembly::take_spot(std::uint32_t link, double to_end_m, double& nearest_m,
                            std::uint32_t& nearest) {
  if (link == no_row) return;
  double away_m = to_end_m;
  const std::uint32_t last = follow(link, away_m);
  if (last == no_row || away_m > nearest_m) return;
  nearest_m = away_m;
  nearest = last;
}

std::uint32_t OsmAssembly::follow(std::uint32_t link, double& distance_m) const {
  while (distance_m <= options_.sign_reach_m) {
    const std::uint32_t at = parts_.links[link].to;
    if (is_crossing(at)) return link;
    std::uint32_t next = no_row;
    for (const std::uint32_t onward : out(at)) {
      if (onward != origin_[link].opposite) next = onward;
    }
    if (next == no_row) return no_row;
    // A loop of roads that meets nothing ends by its length; one without any by this.
    distance_m += std::max(0.1, static_cast<double>(origin_[next].length_m));
    link = next;
  }
  return no_row;
}

void OsmAssembly::obey(const OsmSign& sign, std::uint32_t link) {
  const std::string place = "node " + std::to_string(extract_.node_ids[sign.node]);
  if (sign.what == OsmSign::What::mini_roundabout) {
    repairs_.note("small roundabout", place, "left out: it is at no junction");
    return;
  }
  if (link == no_row) {
    const bool light = sign.what == OsmSign::What::signal;
    repairs_.note(light ? "lights away" : "sign away", place,
                  "left out: no junction within " +
                      std::to_string(std::lround(options_.sign_reach_m)) + " m");
    return;
  }
  switch (sign.what) {
    case OsmSign::What::signal:
      lights_[parts_.links[link].to] = 1;
      break;
    case OsmSign::What::all_stop:
      all_stop_[parts_.links[link].to] = 1;
      break;
    case OsmSign::What::stop:
    case OsmSign::What::give_way:
      // Two signs, one at the lane and one at the line, are one.
      if (parts_.links[link].priority > -signed_down / 2) {
        parts_.links[link].priority -= signed_down;
      }
      break;
    default:
      break;
  }
}

void OsmAssembly::sign_at_junction(const OsmSign& sign, std::uint32_t at) {
  const std::string place = "node " + std::to_string(extract_.node_ids[sign.node]);
  if (sign.what == OsmSign::What::barrier) {
    repairs_.note("barrier", place, "left out: several roads meet there");
    return;
  }
  if (is_crossing(at)) {
    switch (sign.what) {
      case OsmSign::What::signal:
        lights_[at] = 1;
        break;
      case OsmSign::What::all_stop:
        all_stop_[at] = 1;
        break;
      case OsmSign::What::mini_roundabout:
        small_roundabout_[at] = 1;
        repairs_.tally("small roundabout", "small roundabouts", "the right goes first");
        break;
      default:
        repairs_.note("sign away", place, "left out: it stands on the junction, for no one road");
    }
    return;
  }
  // Where one road goes over into the next: the sign is for the nearest junction either way.
  double nearest_m = options_.sign_reach_m;
  std::uint32_t nearest = no_row;
  for (const std::uint32_t link : out(at)) {
    const bool meant = sign.direction == 0 || (sign.direction > 0) == origin_[link].forward;
    if (meant) {
      take_spot(link, static_cast<double>(origin_[link].length_m), nearest_m, nearest);
    }
  }
  obey(sign, nearest);
}

void OsmAssembly::join_lights() {
  signal_of_.resize(lights_.size());
  std::iota(signal_of_.begin(), signal_of_.end(), 0U);
  const auto first = [this](std::uint32_t at) {
    while (signal_of_[at] != at) at = signal_of_[at] = signal_of_[signal_of_[at]];
    return at;
  };
  for (std::uint32_t link = 0; link < parts_.links.size(); ++link) {
    const LinkPart& part = parts_.links[link];
    const bool both = lights_[part.from] != 0 && lights_[part.to] != 0;
    if (!both || static_cast<double>(origin_[link].length_m) > options_.one_signal_m) continue;
    const std::uint32_t a = first(part.from);
    const std::uint32_t b = first(part.to);
    signal_of_[std::max(a, b)] = std::min(a, b);
  }
  for (std::uint32_t at = 0; at < signal_of_.size(); ++at) {
    signal_of_[at] = first(at);
    if (lights_[at] != 0 && signal_of_[at] != at) {
      repairs_.note("lights joined", "junction " + parts_.junctions[at].id,
                    "one signal with junction " + parts_.junctions[signal_of_[at]].id);
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
    } else {
      control = all_same || small_roundabout_[at] != 0 ? JunctionControl::right_first
                                                       : JunctionControl::priority;
    }
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
    if (lights_[part.to] == 0 || !turns_of_.contains(link)) continue;
    const std::uint32_t group = signal_of_[part.to];
    const bool inside = lights_[part.from] != 0 && signal_of_[part.from] == group;
    if (!inside) {
      groups[group].push_back({link, heading_at_end(part)});
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
    const double share =
        lanes_across == 0
            ? 0.5
            : std::clamp(static_cast<double>(lanes_along) / (lanes_along + lanes_across), 0.3, 0.7);
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
