// How many lanes a road has, where they lead and who may use them.
#include <algorithm>
#include <array>

#include "io/import/osm_access.hpp"
#include "io/import/osm_tags.hpp"

namespace kontwin {

using traffic::VehicleKinds;

namespace {

constexpr double most_lanes = 16;

std::vector<std::string_view> by_lane(std::string_view text) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t bar = text.find('|');
    parts.push_back(text.substr(0, bar));
    if (bar == std::string_view::npos) return parts;
    text.remove_prefix(bar + 1);
  }
}

std::optional<double> count_of(const OsmTags& tags, const std::string& key, RoadTags& road) {
  const std::string_view text = tags.get(key);
  if (text.empty()) return std::nullopt;
  const auto count = leading_number(text);
  if (count && *count >= 1 && *count <= most_lanes) return count;
  if (count != 0.0) road.unread.push_back(key + "=" + std::string(text));
  return std::nullopt;
}

constexpr std::array<std::string_view, 11> lane_keys{
    "access", "vehicle", "motor_vehicle", "motorcar", "motorcycle", "goods",
    "hgv",    "psv",     "bus",           "bicycle",  "emergency"};

/// The list of a key for one direction: `key:forward`, or plain `key` on a one-way road.
std::string_view list_of(const OsmTags& tags, std::string key, bool forward, bool one_way,
                         std::string& used) {
  const std::string directed = key + (forward ? ":forward" : ":backward");
  if (const std::string_view text = tags.get(directed); !text.empty()) {
    used = directed;
    return text;
  }
  used = std::move(key);
  return one_way ? tags.get(used) : std::string_view();
}

/// How many lanes the lists of a direction tell of, the first that is there.
std::optional<double> counted_by_lists(const OsmTags& tags, bool forward, bool one_way) {
  std::string used;
  std::string_view text = list_of(tags, "turn:lanes", forward, one_way, used);
  for (const std::string_view key : lane_keys) {
    if (text.empty()) text = list_of(tags, std::string(key) + ":lanes", forward, one_way, used);
  }
  if (text.empty()) return std::nullopt;
  return std::min(most_lanes, static_cast<double>(by_lane(text).size()));
}

/// Lanes at the kerb for buses alone.
std::size_t bus_lanes(const OsmTags& tags, bool forward, bool one_way) {
  std::string used;
  for (const char* key : {"lanes:bus", "lanes:psv"}) {
    const auto count = leading_number(list_of(tags, key, forward, one_way, used));
    if (count && *count >= 1 && *count <= most_lanes) return static_cast<std::size_t>(*count);
  }
  const std::string_view side = forward ? "busway:right" : "busway:left";
  return tags.is("busway", "lane") || tags.is(side, "lane") || tags.is("busway:both", "lane") ? 1
                                                                                              : 0;
}

void read_lists(const OsmTags& tags, RoadTags& road, bool forward) {
  RoadWay& way = forward ? road.forward : road.backward;
  if (way.kinds == 0) return;
  const bool one_way = road.direction != Direction::both;
  const auto count = static_cast<std::size_t>(way.lanes);
  std::string used;
  const auto list = [&](const std::string& key) {
    const std::string_view text = list_of(tags, key, forward, one_way, used);
    std::vector<std::string_view> parts;
    if (!text.empty()) parts = by_lane(text);
    if (!parts.empty() && parts.size() != count) {
      road.unread.push_back(used + "=" + std::string(text) + " on lanes=" + std::to_string(count));
      parts.clear();
    }
    return parts;
  };
  if (!list("turn:lanes").empty()) way.turn_lanes = tags.get(used);

  std::vector<VehicleKinds> kinds(count, way.kinds);  // the leftmost first
  const std::size_t for_buses = std::min(bus_lanes(tags, forward, one_way), count - 1);
  const VehicleKinds buses = kinds_of_access_key("bus") | kinds_of_access_key("emergency");
  for (std::size_t i = 0; i < for_buses; ++i) {
    kinds[count - 1 - i] = static_cast<VehicleKinds>(way.kinds & buses);
  }
  bool differ = for_buses > 0;
  for (const std::string_view key : lane_keys) {
    const auto parts = list(std::string(key) + ":lanes");
    for (std::size_t lane = 0; lane < parts.size(); ++lane) {
      if (parts[lane].empty()) continue;
      bool known = true;
      const bool opens = access_opens(parts[lane], known);
      if (!known) continue;
      const VehicleKinds named = kinds_of_access_key(key);
      // A lane designated for some alone shuts out the others only where a list says so.
      kinds[lane] = static_cast<VehicleKinds>(opens ? kinds[lane] | (named & way.kinds)
                                                    : kinds[lane] & ~named);
      differ = true;
    }
  }
  if (!differ) return;
  std::ranges::reverse(kinds);
  const bool same =
      std::ranges::all_of(kinds, [&way](VehicleKinds lane) { return lane == way.kinds; });
  if (!same) way.lane_kinds = std::move(kinds);
}

}  // namespace

void read_lanes(const OsmTags& tags, RoadTags& road) {
  const auto all = count_of(tags, "lanes", road);
  auto forward = count_of(tags, "lanes:forward", road);
  auto backward = count_of(tags, "lanes:backward", road);
  const bool two_ways = road.direction == Direction::both;
  if (!forward) {
    const auto listed = counted_by_lists(tags, true, road.direction == Direction::forward);
    if (two_ways || !all) forward = listed;
  }
  if (!backward) {
    const auto listed = counted_by_lists(tags, false, road.direction == Direction::backward);
    if (two_ways || !all) backward = listed;
  }
  // The middle lane of both ways is for those who turn off.
  const double middle = leading_number(tags.get("lanes:both_ways")).value_or(0);
  double each = road.defaults.lanes;
  if (all && !two_ways) each = *all;
  if (all && two_ways) each = std::max(1.0, (*all - middle) / 2);
  const auto rest = [&](double other) { return std::max(1.0, *all - middle - other); };
  road.forward.lanes = forward.value_or(all && two_ways && backward ? rest(*backward) : each);
  road.backward.lanes = backward.value_or(all && two_ways && forward ? rest(*forward) : each);
  const bool forward_needed = road.direction != Direction::backward;
  const bool backward_needed = road.direction != Direction::forward;
  road.lanes_assumed = !all && ((forward_needed && !forward) || (backward_needed && !backward));
  read_lists(tags, road, true);
  read_lists(tags, road, false);
}

}  // namespace kontwin
