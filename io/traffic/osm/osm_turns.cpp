// Turns where not every one is allowed, and the lanes they are made from.
#include <algorithm>
#include <array>
#include <cmath>

#include "io/traffic/osm/osm_assembly.hpp"

namespace kontwin::traffic {

namespace {

struct Arrow {
  std::string_view name;
  double angle_deg;  ///< left above 0
};
constexpr std::array<Arrow, 11> arrows{{{"through", 0},
                                        {"left", 90},
                                        {"slight_left", 40},
                                        {"sharp_left", 140},
                                        {"right", -90},
                                        {"slight_right", -40},
                                        {"sharp_right", -140},
                                        {"reverse", 180},
                                        {"merge_to_left", 0},
                                        {"merge_to_right", 0},
                                        {"none", 0}}};
/// An arrow that points so far from every turn is for none of them.
constexpr double farthest_deg = 70;

double between_deg(double a, double b) { return std::abs(std::remainder(a - b, 360)); }

double heading(LocalPoint a, LocalPoint b) { return std::atan2(b.y_m - a.y_m, b.x_m - a.x_m); }

}  // namespace

double OsmAssembly::angle_deg(std::uint32_t from, std::uint32_t to) const {
  const std::vector<LocalPoint>& before = parts_.links[from].shape;
  const std::vector<LocalPoint>& after = parts_.links[to].shape;
  const double turn =
      heading(after[0], after[1]) - heading(before[before.size() - 2], before[before.size() - 1]);
  return std::remainder(turn, 2 * M_PI) * 180 / M_PI;
}

void OsmAssembly::choose_explicit_junctions() {
  for (std::uint32_t link = 0; link < parts_.links.size(); ++link) {
    const LinkPart& part = parts_.links[link];
    const LinkOrigin& origin = origin_[link];
    if (lights_[part.to] != 0 || within_[part.to] != 0) explicit_[part.to] = 1;
    const OsmRoad& road = extract_.roads[origin.road];
    const OsmRoadWay& way = origin.forward ? road.forward : road.backward;
    if (origin.last && way.turn_lanes != 0 && is_crossing(part.to)) explicit_[part.to] = 1;
    // Who cannot go on where others can has to turn back.
    VehicleKinds onwards = 0;
    bool any = false;
    for (const std::uint32_t next : out(part.to)) {
      if (next == origin.opposite) continue;
      if (is_ramp_merge(link, next)) explicit_[part.to] = 1;
      onwards |= parts_.links[next].allowed;
      any = true;
    }
    if (any && (part.allowed & ~onwards) != 0) explicit_[part.to] = 1;
  }
}

void OsmAssembly::add_turns() {
  for (std::uint32_t at = 0; at < explicit_.size(); ++at) {
    if (explicit_[at] == 0) continue;
    for (const std::uint32_t link : in(at)) add_turns_of(link);
    const auto copies = copies_to_.find(at);
    if (copies == copies_to_.end()) continue;
    for (const std::uint32_t link : copies->second) add_turns_of(link);
  }
}

void OsmAssembly::add_turns_of(std::uint32_t link) {
  const std::size_t first = parts_.turns.size();
  VehicleKinds stuck = parts_.links[link].allowed;
  const std::uint32_t back = origin_[link].opposite;
  for (const std::uint32_t next : out(parts_.links[link].to)) {
    if (next == back) continue;
    const auto kinds = static_cast<VehicleKinds>(all_vehicles & ~banned(link, next));
    if (kinds == 0) continue;
    add_turn(link, next, kinds);
    stuck &= static_cast<VehicleKinds>(~(kinds & parts_.links[next].allowed));
  }
  for (std::uint32_t at = link; at != no_row; at = origin_[at].original) {
    const auto extra = extra_turns_.find(at);
    if (extra == extra_turns_.end()) continue;
    for (const Extra& turn : extra->second) {
      add_turn(link, turn.to, turn.kinds);
      stuck &= static_cast<VehicleKinds>(~(turn.kinds & parts_.links[turn.to].allowed));
    }
  }
  if (stuck != 0 && back != no_row) {
    const auto kinds = static_cast<VehicleKinds>(stuck & ~banned(link, back));
    if (kinds != 0) add_turn(link, back, kinds);
  }
  if (parts_.turns.size() == first) return;
  turns_of_[link] = {static_cast<std::uint32_t>(first),
                     static_cast<std::uint32_t>(parts_.turns.size())};
  read_turn_lanes(link, first);
}

void OsmAssembly::add_turn(std::uint32_t from, std::uint32_t to, VehicleKinds kinds) {
  TurnPart turn;
  turn.from = from;
  turn.to = to;
  turn.allowed = kinds;
  parts_.turns.push_back(std::move(turn));
}

void OsmAssembly::read_turn_lanes(std::uint32_t link, std::size_t first_turn) {
  const LinkOrigin& origin = origin_[link];
  const OsmRoad& road = extract_.roads[origin.road];
  const OsmRoadWay& way = origin.forward ? road.forward : road.backward;
  if (!origin.last || way.turn_lanes == 0 || !is_crossing(parts_.links[link].to)) return;
  std::string_view text = extract_.texts[way.turn_lanes];
  const int count = parts_.links[link].lanes;
  std::size_t lost = 0;
  for (int lane = count - 1; lane >= 0; --lane) {
    const std::size_t bar = std::min(text.find('|'), text.size());
    std::string_view marks = text.substr(0, bar);
    text.remove_prefix(std::min(bar + 1, text.size()));
    do {
      const std::size_t end = std::min(marks.find(';'), marks.size());
      const std::string_view name = marks.substr(0, end);
      marks.remove_prefix(std::min(end + 1, marks.size()));
      const auto arrow = std::ranges::find(arrows, name.empty() ? "none" : name, &Arrow::name);
      std::size_t best = parts_.turns.size();
      double least = farthest_deg;
      for (std::size_t turn = first_turn; arrow != arrows.end() && turn < parts_.turns.size();
           ++turn) {
        const double off = between_deg(angle_deg(link, parts_.turns[turn].to), arrow->angle_deg);
        if (off < least) {
          least = off;
          best = turn;
        }
      }
      if (best < parts_.turns.size()) {
        const int bit = extract_.drives_on_right ? lane : count - 1 - lane;
        parts_.turns[best].lanes |= 1U << static_cast<unsigned>(bit);
      } else if (!name.empty() && name != "none") {
        ++lost;
      }
    } while (!marks.empty());
  }
  if (lost > 0) {
    repairs_.note("turn lanes", "link " + parts_.links[link].id,
                  std::to_string(lost) + " arrows of '" + extract_.texts[way.turn_lanes] +
                      "' point to no turn");
  }
}

}  // namespace kontwin::traffic
