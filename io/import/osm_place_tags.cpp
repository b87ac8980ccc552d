#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "io/import/osm_tags.hpp"

namespace kontwin {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

struct PlaceRule {
  std::string_view key;
  std::string_view value;
  Kind kind;
};

/// Which tags make which kind of entity. The first rule that fits counts.
constexpr std::array<PlaceRule, 31> rules{{
    {"amenity", "hospital", Kind::hospital},
    {"amenity", "clinic", Kind::health_station},
    {"amenity", "doctors", Kind::health_station},
    {"healthcare", "centre", Kind::health_station},
    {"emergency", "assembly_point", Kind::shelter},
    {"social_facility", "shelter", Kind::shelter},
    {"amenity", "school", Kind::school},
    {"amenity", "kindergarten", Kind::school},
    {"amenity", "college", Kind::school},
    {"amenity", "university", Kind::school},
    {"amenity", "parking", Kind::parking},
    {"amenity", "motorcycle_parking", Kind::parking},
    {"tourism", "hotel", Kind::lodging},
    {"tourism", "motel", Kind::lodging},
    {"tourism", "guest_house", Kind::lodging},
    {"tourism", "hostel", Kind::lodging},
    {"tourism", "chalet", Kind::lodging},
    {"tourism", "camp_site", Kind::lodging},
    {"tourism", "attraction", Kind::tourist_site},
    {"tourism", "viewpoint", Kind::tourist_site},
    {"tourism", "museum", Kind::tourist_site},
    {"tourism", "theme_park", Kind::tourist_site},
    {"waterway", "waterfall", Kind::tourist_site},
    {"amenity", "townhall", Kind::office},
    {"office", "government", Kind::office},
    {"power", "plant", Kind::power_facility},
    {"power", "substation", Kind::power_facility},
    {"man_made", "water_works", Kind::water_facility},
    {"man_made", "water_tower", Kind::water_facility},
    {"man_made", "pumping_station", Kind::water_facility},
    {"man_made", "wastewater_plant", Kind::water_facility},
}};

double number_or_unknown(const OsmTags& tags, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    const auto value = leading_number(tags.get(key));
    if (value && *value >= 0) return *value;
  }
  return unknown;
}

/// `7.5 MW`, `630 kW`; nothing else says how much.
double kilowatts(std::string_view text) {
  const auto value = leading_number(text);
  if (!value) return unknown;
  if (text.ends_with("MW")) return *value * 1000;
  if (text.ends_with("kW")) return *value;
  return unknown;
}

/// Of a building that says it in `building:levels`, 1 to 60.
double storeys_or_unknown(const OsmTags& tags) {
  const auto levels = leading_number(tags.get("building:levels"));
  return levels && *levels >= 1 && *levels <= 60 ? *levels : unknown;
}

std::vector<double> attributes_of(Kind kind, const OsmTags& tags) {
  const double storeys = storeys_or_unknown(tags);
  switch (kind) {
    case Kind::hospital:
      return {number_or_unknown(tags, {"beds", "capacity:beds"}), unknown, 0, storeys};
    case Kind::health_station:
    case Kind::office:
      return {unknown, storeys};
    case Kind::school:
      return {number_or_unknown(tags, {"capacity", "capacity:pupils"}), unknown, storeys};
    case Kind::shelter:
      return {number_or_unknown(tags, {"capacity", "capacity:persons"}), unknown};
    case Kind::parking:
      return {number_or_unknown(tags, {"capacity"}), unknown};
    case Kind::lodging:
      return {number_or_unknown(tags, {"rooms"}), number_or_unknown(tags, {"beds", "capacity"}),
              unknown, storeys};
    case Kind::power_facility:
      return {kilowatts(tags.get("plant:output:electricity"))};
    default:
      return std::vector<double>(schema_of(kind).attributes.size(), unknown);
  }
}

}  // namespace

bool is_home(const OsmTags& tags, double footprint_m2, double largest_home_m2, double& floors) {
  static constexpr std::array<std::string_view, 12> homes{
      "residential", "house", "detached", "semidetached_house", "terrace", "apartments",
      "bungalow",    "cabin", "hut",      "dormitory",          "farm",    "stilt_house"};
  const std::string_view building = tags.get("building");
  const bool named_home = std::ranges::find(homes, building) != homes.end();
  // A plain `yes` is a home unless something else is said to be in it.
  const bool plain_home = building == "yes" && footprint_m2 <= largest_home_m2 &&
                          tags.get("amenity").empty() && tags.get("shop").empty() &&
                          tags.get("tourism").empty() && tags.get("office").empty() &&
                          tags.get("man_made").empty();
  if (!named_home && !plain_home) return false;
  const double storeys = storeys_or_unknown(tags);
  floors = std::isfinite(storeys) ? storeys : building == "apartments" ? 4 : 1;
  return true;
}

std::optional<PlaceTags> read_place(const OsmTags& tags, bool& unnamed) {
  unnamed = false;
  const auto rule =
      std::ranges::find_if(rules, [&tags](const PlaceRule& r) { return tags.is(r.key, r.value); });
  if (rule == rules.end()) return std::nullopt;
  std::string_view name = tags.get("name");
  if (name.empty()) name = tags.get("name:vi");
  if (name.empty()) {
    unnamed = true;
    return std::nullopt;
  }
  return PlaceTags{rule->kind, attributes_of(rule->kind, tags), std::string(name)};
}

}  // namespace kontwin
