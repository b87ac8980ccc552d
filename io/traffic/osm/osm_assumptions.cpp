#include "io/traffic/osm/osm_assumptions.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kontwin::traffic {

namespace {

constexpr std::int16_t least_priority = 4;  ///< of tertiary
constexpr int farthest_pieces = 20;         ///< one looks on along a road so many ways

/// A road's end at a node.
struct End {
  std::uint32_t node, road;
  bool last;
};

/// What a piece of the road tells, seen along the road that asks.
struct Told {
  std::uint8_t lanes_forward = 0, lanes_backward = 0;
  float speed_forward = 0, speed_backward = 0;
};

class Neighbours {
 public:
  explicit Neighbours(const OsmExtract& extract) : extract_(extract) {
    for (std::uint32_t row = 0; row < extract.roads.size(); ++row) {
      const OsmRoad& road = extract.roads[row];
      if (!takes_part(road)) continue;
      const auto nodes = extract.nodes_of(road);
      ends_.push_back({nodes.front(), row, false});
      ends_.push_back({nodes.back(), row, true});
    }
    std::ranges::stable_sort(ends_, {}, &End::node);
  }

  static bool takes_part(const OsmRoad& road) {
    return road.priority >= least_priority && !road.roundabout;
  }

  /// Of the first piece beyond an end whose `known` holds.
  template <class Known>
  std::optional<Told> beyond(std::uint32_t from, bool last, Known&& known) const {
    bool along = true;  // whether the piece looked at runs the way the asking one does
    for (int pieces = 0; pieces < farthest_pieces; ++pieces) {
      const std::optional<End> next = only_other(from, last);
      if (!next) return std::nullopt;
      // Last meets first: it runs on the same way.
      along = along == (next->last != last);
      const OsmRoad& road = extract_.roads[next->road];
      if (known(road)) {
        Told told{road.forward.lanes, road.backward.lanes, road.forward.speed_mps,
                  road.backward.speed_mps};
        if (!along) {
          std::swap(told.lanes_forward, told.lanes_backward);
          std::swap(told.speed_forward, told.speed_backward);
        }
        return told;
      }
      from = next->road;
      last = !next->last;
    }
    return std::nullopt;
  }

 private:
  /// The end of the one road of the same class and name that goes on there, in the same directions.
  std::optional<End> only_other(std::uint32_t from, bool last) const {
    const OsmRoad& road = extract_.roads[from];
    const auto nodes = extract_.nodes_of(road);
    const std::uint32_t node = last ? nodes.back() : nodes.front();
    std::optional<End> found;
    const auto first = std::ranges::lower_bound(ends_, node, {}, &End::node);
    for (auto at = first; at != ends_.end() && at->node == node; ++at) {
      const End& end = *at;
      const OsmRoad& other = extract_.roads[end.road];
      const bool along = end.last != last;
      const VehicleKinds there = along ? other.forward.kinds : other.backward.kinds;
      const VehicleKinds back = along ? other.backward.kinds : other.forward.kinds;
      const bool same = end.road != from && other.defaults == road.defaults &&
                        other.name == road.name && (there != 0) == (road.forward.kinds != 0) &&
                        (back != 0) == (road.backward.kinds != 0);
      if (!same) continue;
      if (found) return std::nullopt;
      found = end;
    }
    return found;
  }

  const OsmExtract& extract_;
  std::vector<End> ends_;
};

bool take_lanes(OsmRoad& road, const std::optional<Told>& before,
                const std::optional<Told>& behind) {
  const bool one_way = road.forward.kinds == 0 || road.backward.kinds == 0;
  if (before && behind) {
    road.forward.lanes = std::min(before->lanes_forward, behind->lanes_forward);
    road.backward.lanes = std::min(before->lanes_backward, behind->lanes_backward);
    return true;
  }
  if (!one_way || (!before && !behind)) return false;
  constexpr std::uint8_t most = 2;
  const Told& told = before ? *before : *behind;
  road.forward.lanes = std::min(told.lanes_forward, most);
  road.backward.lanes = std::min(told.lanes_backward, most);
  return true;
}

bool take_speed(OsmRoad& road, const std::optional<Told>& before,
                const std::optional<Told>& behind) {
  const auto same = [](float a, float b) { return std::abs(a - b) < 0.01F; };
  // Where one direction was given it stays.
  if (!same(road.forward.speed_mps, road.backward.speed_mps)) return false;
  if (!before || !behind || !same(before->speed_forward, behind->speed_forward) ||
      !same(before->speed_backward, behind->speed_backward)) {
    return false;
  }
  road.forward.speed_mps = before->speed_forward;
  road.backward.speed_mps = before->speed_backward;
  return true;
}

}  // namespace

void assume_lanes_and_speeds(OsmExtract& extract, RepairBook& repairs) {
  const Neighbours neighbours(extract);
  const auto lanes_known = [](const OsmRoad& road) { return !road.lanes_assumed; };
  const auto speed_known = [](const OsmRoad& road) { return !road.speed_assumed; };
  for (std::uint32_t row = 0; row < extract.roads.size(); ++row) {
    OsmRoad& road = extract.roads[row];
    const std::string ways = "ways of highway=" + std::string(road.defaults->highway);
    const bool main_road = Neighbours::takes_part(road);
    if (road.lanes_assumed) {
      // What was assumed of others is no answer: theirs stay marked as assumed.
      const bool taken = main_road && take_lanes(road, neighbours.beyond(row, false, lanes_known),
                                                 neighbours.beyond(row, true, lanes_known));
      repairs.tally("lanes assumed", ways,
                    taken ? "as many as the road has before and behind"
                          : std::to_string(std::lround(road.defaults->lanes)) + " a direction");
    }
    if (road.speed_assumed) {
      const bool taken = main_road && take_speed(road, neighbours.beyond(row, false, speed_known),
                                                 neighbours.beyond(row, true, speed_known));
      const float most_mps = std::max(road.forward.speed_mps, road.backward.speed_mps);
      repairs.tally(
          "speed assumed", ways,
          taken ? "as on the road before and behind"
                : std::to_string(std::lround(3.6 * static_cast<double>(most_mps))) + " km/h");
    }
  }
}

}  // namespace kontwin::traffic
