#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "io/import/osm_tags.hpp"

namespace kontwin {

namespace {

constexpr double mph_to_mps = 0.44704;
constexpr double motorbike_width_m = 1.5;
constexpr double usual_embankment_m = 1;  ///< where a way on one does not say how high it is
constexpr double most_embankment_m = 30;

constexpr std::array<RoadDefaults, 20> table{{
    {"motorway", RoadClass::national, 90, 2, 3.75, 2000},
    {"motorway_link", RoadClass::national, 50, 1, 3.75, 1500},
    {"trunk", RoadClass::national, 70, 1, 3.5, 1700},
    {"trunk_link", RoadClass::national, 40, 1, 3.5, 1200},
    {"primary", RoadClass::provincial, 60, 1, 3.5, 1400},
    {"primary_link", RoadClass::provincial, 40, 1, 3.5, 1000},
    {"secondary", RoadClass::provincial, 50, 1, 3.25, 1200},
    {"secondary_link", RoadClass::provincial, 35, 1, 3.25, 900},
    {"tertiary", RoadClass::district, 40, 1, 3.0, 1000},
    {"tertiary_link", RoadClass::district, 30, 1, 3.0, 800},
    {"unclassified", RoadClass::commune, 35, 1, 2.75, 800},
    {"road", RoadClass::commune, 30, 1, 2.75, 600},
    {"residential", RoadClass::residential, 30, 1, 2.75, 600},
    {"living_street", RoadClass::residential, 15, 1, 2.5, 400},
    {"service", RoadClass::residential, 15, 1, 2.5, 300},
    {"busway", RoadClass::street, 40, 1, 3.5, 600},
    {"track", RoadClass::track, 15, 1, 2.5, 200},
    {"path", RoadClass::track, 12, 1, motorbike_width_m, 200},
    {"footway", RoadClass::track, 8, 1, motorbike_width_m, 200},
    {"cycleway", RoadClass::track, 12, 1, motorbike_width_m, 200},
}};

bool one_of(std::string_view value, std::initializer_list<std::string_view> values) {
  return std::ranges::find(values, value) != values.end();
}

bool allowed(std::string_view value) {
  return one_of(value, {"yes", "designated", "permissive", "private", "destination"});
}

/// `QL.24;QL.14` gives `QL24`.
std::string number_of(std::string_view ref) {
  std::string number;
  for (const char c : ref.substr(0, ref.find(';'))) {
    if (c != '.' && c != ' ') number += c;
  }
  return number;
}

Direction direction_of(const OsmTags& tags, RoadTags& road) {
  const std::string_view oneway = tags.get("oneway");
  if (one_of(oneway, {"yes", "true", "1"})) return Direction::forward;
  if (one_of(oneway, {"-1", "reverse"})) return Direction::backward;
  if (one_of(oneway, {"no", "false", "0"})) return Direction::both;
  if (!oneway.empty()) road.unread.push_back("oneway=" + std::string(oneway));
  if (one_of(tags.get("junction"), {"roundabout", "circular"}) ||
      one_of(tags.get("highway"), {"motorway", "motorway_link"})) {
    return Direction::forward;
  }
  return Direction::both;
}

void read_speeds(const OsmTags& tags, RoadTags& road) {
  const auto speed = [&](std::string_view key) -> std::optional<double> {
    const std::string_view text = tags.get(key);
    if (text.empty()) return std::nullopt;
    const auto mps = parse_maxspeed(text);
    if (!mps) road.unread.push_back(std::string(key) + "=" + std::string(text));
    return mps;
  };
  const auto both = speed("maxspeed");
  const auto forward = speed("maxspeed:forward");
  const auto backward = speed("maxspeed:backward");
  const double assumed_mps = road.defaults.speed_kmh / 3.6;
  road.forward_mps = forward.value_or(both.value_or(assumed_mps));
  road.backward_mps = backward.value_or(both.value_or(assumed_mps));
  if (!both && !(forward && backward)) road.assumed = true;
}

void read_lanes(const OsmTags& tags, RoadTags& road) {
  const auto lanes = [&](std::string_view key) -> std::optional<double> {
    const std::string_view text = tags.get(key);
    if (text.empty()) return std::nullopt;
    const auto count = leading_number(text);
    if (count && *count >= 1 && *count <= 16) return count;
    road.unread.push_back(std::string(key) + "=" + std::string(text));
    return std::nullopt;
  };
  const auto all = lanes("lanes");
  const auto forward = lanes("lanes:forward");
  const auto backward = lanes("lanes:backward");
  double each = road.defaults.lanes;
  if (all) each = road.direction == Direction::both ? std::max(1.0, *all / 2) : *all;
  road.forward_lanes = forward.value_or(each);
  road.backward_lanes = backward.value_or(each);
  if (!all && !(forward && backward)) road.assumed = true;
}

/// Of the carriageway over the ground; 0 where it is on no embankment.
void read_embankment(const OsmTags& tags, RoadTags& road) {
  const std::string_view embankment = tags.get("embankment");
  if (embankment.empty() || embankment == "no") return;
  const std::string_view height = tags.get("height");
  const auto height_m = leading_number(height);
  const bool usable = height_m && *height_m >= 0 && *height_m <= most_embankment_m;
  if (!height.empty() && !usable) road.unread.push_back("height=" + std::string(height));
  road.deck_height_m = usable ? *height_m : usual_embankment_m;
}

}  // namespace

std::string_view OsmTags::get(std::string_view key) const {
  for (const auto& [name, value] : pairs_) {
    if (name == key) return value;
  }
  return {};
}

std::optional<double> leading_number(std::string_view text) {
  double value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || !std::isfinite(value)) return std::nullopt;
  return value;
}

const RoadDefaults* road_defaults(std::string_view highway) {
  const auto found = std::ranges::find(table, highway, &RoadDefaults::highway);
  return found == table.end() ? nullptr : &*found;
}

std::optional<double> parse_maxspeed(std::string_view text) {
  if (text == "walk" || text == "VN:living_street") return 7 / 3.6;
  if (text == "VN:urban") return 50 / 3.6;
  if (text == "VN:rural") return 80 / 3.6;
  if (text == "VN:motorway" || text == "none") return 120 / 3.6;
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || !(value > 0) || value > 200) return std::nullopt;
  std::string_view unit(rest, static_cast<std::size_t>(end - rest));
  while (unit.starts_with(' ')) unit.remove_prefix(1);
  if (unit.empty() || unit == "km/h" || unit == "kmh" || unit == "kph") return value / 3.6;
  if (unit == "mph") return value * mph_to_mps;
  return std::nullopt;
}

std::optional<RoadTags> read_road(const OsmTags& tags, NoRoad& why) {
  const std::string_view highway = tags.get("highway");
  if (highway.empty() || tags.is("area", "yes")) {
    why = NoRoad::not_a_highway;
    return std::nullopt;
  }
  const RoadDefaults* const defaults = road_defaults(highway);
  const bool narrow = one_of(highway, {"path", "footway", "cycleway"});
  const bool for_motorbikes = allowed(tags.get("motorcycle"));
  if (defaults == nullptr || (narrow && !for_motorbikes)) {
    why = one_of(highway, {"construction", "proposed", "abandoned", "razed"})
              ? NoRoad::closed
              : NoRoad::not_for_vehicles;
    return std::nullopt;
  }
  // The more special key wins: motor_vehicle over vehicle over access.
  std::string_view access = tags.get("access");
  for (const std::string_view key : {"vehicle", "motor_vehicle"}) {
    if (!tags.get(key).empty()) access = tags.get(key);
  }
  if (access == "no" && !for_motorbikes) {
    why = NoRoad::closed;
    return std::nullopt;
  }
  RoadTags road;
  road.defaults = *defaults;
  road.motorbikes_only = narrow || access == "no";
  road.direction = direction_of(tags, road);
  read_speeds(tags, road);
  read_lanes(tags, road);
  const double lanes = road.direction == Direction::both
                           ? std::max(road.forward_lanes, road.backward_lanes)
                           : road.forward_lanes;
  road.width_m = road.motorbikes_only ? motorbike_width_m : defaults->lane_width_m * lanes;
  road.bridge = !tags.get("bridge").empty() && !tags.is("bridge", "no");
  read_embankment(tags, road);
  road.number = number_of(tags.get("ref"));
  road.name = tags.get("name");
  if (road.name.empty()) road.name = road.number;
  return road;
}

}  // namespace kontwin
