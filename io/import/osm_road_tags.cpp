#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "io/import/osm_access.hpp"
#include "io/import/osm_tags.hpp"

namespace kontwin {

namespace {

constexpr double mph_to_mps = 0.44704;
constexpr double motorbike_width_m = 1.5;
constexpr double usual_embankment_m = 1;  ///< where a way on one does not say how high it is
constexpr double most_embankment_m = 30;

constexpr std::array<RoadDefaults, 23> table{{
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
    {"bus_guideway", RoadClass::street, 40, 1, 3.5, 600},
    {"track", RoadClass::track, 15, 1, 2.5, 200},
    {"path", RoadClass::track, 12, 1, motorbike_width_m, 200},
    {"footway", RoadClass::track, 8, 1, motorbike_width_m, 200},
    {"cycleway", RoadClass::track, 12, 1, motorbike_width_m, 200},
    {"bridleway", RoadClass::track, 8, 1, motorbike_width_m, 200},
    {"pedestrian", RoadClass::residential, 8, 1, motorbike_width_m, 200},
}};

bool one_of(std::string_view value, std::initializer_list<std::string_view> values) {
  return std::ranges::find(values, value) != values.end();
}

/// `QL.24;QL.14` gives `QL24`.
std::string number_of(std::string_view ref) {
  std::string number;
  for (const char c : ref.substr(0, ref.find(';'))) {
    if (c != '.' && c != ' ') number += c;
  }
  return number;
}

/// The limit that tags without a number stand for, km/h: `VN:urban` in a key that tells where a
/// limit comes from.
std::optional<double> implied_limit_kmh(const OsmTags& tags, bool several_lanes) {
  for (const std::string_view key :
       {"maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic"}) {
    const std::string_view value = tags.get(key);
    if (value == "VN:urban") return legal_limit_kmh(false, true, several_lanes);
    if (value == "VN:rural") return legal_limit_kmh(false, false, several_lanes);
    if (value == "VN:motorway") return legal_limit_kmh(true, false, true);
  }
  return std::nullopt;
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
  const bool several =
      road.direction != Direction::both && std::max(road.forward.lanes, road.backward.lanes) >= 2;
  // Below a limit that nobody signed, drivers go as fast as the road lets them.
  const double assumed_mps =
      std::min(road.defaults.speed_kmh,
               implied_limit_kmh(tags, several).value_or(road.defaults.speed_kmh)) /
      3.6;
  road.forward.speed_mps = forward.value_or(both.value_or(assumed_mps));
  road.backward.speed_mps = backward.value_or(both.value_or(assumed_mps));
  const bool forward_needed = road.direction != Direction::backward;
  const bool backward_needed = road.direction != Direction::forward;
  road.speed_assumed = !both && ((forward_needed && !forward) || (backward_needed && !backward));
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

double legal_limit_kmh(bool expressway, bool built_up, bool one_way_of_several_lanes) {
  if (expressway) return 120;
  if (built_up) return one_way_of_several_lanes ? 60 : 50;
  return one_way_of_several_lanes ? 90 : 80;
}

std::optional<RoadTags> read_road(const OsmTags& tags, NoRoad& why, const RoadRules& rules) {
  const std::string_view highway = tags.get("highway");
  if (highway.empty() || tags.is("area", "yes")) {
    why = NoRoad::not_a_highway;
    return std::nullopt;
  }
  const RoadDefaults* const defaults = road_defaults(highway);
  if (defaults == nullptr) {
    why = one_of(highway, {"construction", "proposed", "abandoned", "razed"})
              ? NoRoad::closed
              : NoRoad::not_for_vehicles;
    return std::nullopt;
  }
  RoadTags road;
  road.defaults = *defaults;
  const OsmAccess access = read_access(tags, rules.paths_for_motorbikes, road.unread);
  const traffic::VehicleKinds taken = rules.bicycle_ways ? traffic::all_vehicles : motor_vehicles;
  if (((access.forward | access.backward) & taken) == 0) {
    const bool foot = one_of(highway, {"path", "footway", "cycleway", "bridleway", "pedestrian"});
    why = foot ? NoRoad::not_for_vehicles : NoRoad::closed;
    return std::nullopt;
  }
  road.forward.kinds = access.forward;
  road.backward.kinds = access.backward;
  const bool engines_forward = (access.forward & taken & motor_vehicles) != 0;
  const bool engines_backward = (access.backward & taken & motor_vehicles) != 0;
  const bool only_bicycles = !engines_forward && !engines_backward;
  const bool forward = only_bicycles ? access.forward != 0 : engines_forward;
  const bool backward = only_bicycles ? access.backward != 0 : engines_backward;
  road.direction = forward && backward ? Direction::both
                   : forward           ? Direction::forward
                                       : Direction::backward;
  road.roundabout = tags.is("junction", "roundabout");
  road.motorbikes_only = ((access.forward | access.backward) & wide_vehicles) == 0;
  read_lanes(tags, road);
  read_speeds(tags, road);
  const double lanes = road.direction == Direction::both
                           ? std::max(road.forward.lanes, road.backward.lanes)
                       : road.direction == Direction::forward ? road.forward.lanes
                                                              : road.backward.lanes;
  road.width_m = road.motorbikes_only ? motorbike_width_m : defaults->lane_width_m * lanes;
  road.bridge = !tags.get("bridge").empty() && !tags.is("bridge", "no");
  read_embankment(tags, road);
  road.number = number_of(tags.get("ref"));
  road.name = tags.get("name");
  if (road.name.empty()) road.name = road.number;
  return road;
}

}  // namespace kontwin
