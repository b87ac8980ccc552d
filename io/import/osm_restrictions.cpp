#include "io/import/osm_restrictions.hpp"

#include <algorithm>
#include <cmath>
#include <osmium/osm/relation.hpp>
#include <string_view>

#include "io/import/osm_access.hpp"

namespace kontwin {

namespace {

using traffic::VehicleKinds;

VehicleKinds kinds_named(std::string_view list) {
  VehicleKinds kinds = 0;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(';'), list.size());
    std::string_view key = list.substr(0, end);
    while (key.starts_with(' ')) key.remove_prefix(1);
    while (key.ends_with(' ')) key.remove_suffix(1);
    kinds |= kinds_of_access_key(key == "ambulance" ? "emergency" : key);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return kinds;
}

std::string_view tag(const osmium::Relation& relation, const char* key) {
  return relation.tags().get_value_by_key(key, "");
}

/// Sets the members; false where they are not those of a turn.
bool read_members(const osmium::Relation& relation, OsmRestriction& rule) {
  std::size_t via_nodes = 0;
  for (const osmium::RelationMember& member : relation.members()) {
    const std::string_view role = member.role();
    const bool is_way = member.type() == osmium::item_type::way;
    if (role == "from" && is_way) rule.from.push_back(member.ref());
    if (role == "to" && is_way) rule.to.push_back(member.ref());
    if (role == "via" && is_way) rule.via_ways.push_back(member.ref());
    if (role == "via" && member.type() == osmium::item_type::node) {
      rule.via_node = member.ref();
      ++via_nodes;
    }
  }
  const bool by_node = via_nodes == 1 && rule.via_ways.empty();
  const bool by_ways = via_nodes == 0 && !rule.via_ways.empty();
  return !rule.from.empty() && !rule.to.empty() && (by_node || by_ways);
}

/// Whether a turn is what the name of a rule says.
bool is_called(const std::string& rule, double angle_deg) {
  if (rule.find("left") != std::string::npos) return angle_deg > 20;
  if (rule.find("right") != std::string::npos) return angle_deg < -20;
  if (rule.find("straight") != std::string::npos) return std::abs(angle_deg) < 45;
  return true;
}

}  // namespace

std::vector<OsmRestriction> read_osm_restrictions(const osmium::Relation& relation,
                                                  const OsmRestrictionLeftOut& left_out) {
  std::vector<OsmRestriction> found;
  if (!tag(relation, "type").starts_with("restriction")) return found;
  const bool at_times = !tag(relation, "day_on").empty() || !tag(relation, "hour_on").empty();
  for (const osmium::Tag& pair : relation.tags()) {
    const std::string_view key = pair.key();
    const std::string_view value = pair.value();
    if (!key.starts_with("restriction")) continue;
    std::string words(1, '\'');
    words.append(key).append("=").append(value).append("' left out");
    if (at_times || key.find("conditional") != std::string::npos) {
      left_out("rule at times", relation.id(), words);
      continue;
    }
    OsmRestriction one;
    one.id = relation.id();
    one.rule.assign(value.begin(), std::ranges::find(value, ' '));
    if (key != "restriction") {
      one.kinds = kinds_of_access_key(key.substr(key.find(':') + 1));
      if (one.kinds == 0) {
        left_out("restriction", relation.id(), words + ": not for vehicles known here");
        continue;
      }
    }
    one.kinds = static_cast<VehicleKinds>(one.kinds & ~kinds_named(tag(relation, "except")));
    if (one.kinds == 0) continue;
    if (!one.rule.starts_with("no_") && !one.rule.starts_with("only_")) {
      left_out("restriction", relation.id(), words + ": not understood");
      continue;
    }
    if (!read_members(relation, one)) {
      left_out("restriction", relation.id(), "left out: it names no from, via and to");
      continue;
    }
    found.push_back(std::move(one));
  }
  return found;
}

std::vector<OsmTurn> turns_meant(const OsmRestriction& rule, std::vector<OsmTurn> turns) {
  const bool back = rule.rule.find("u_turn") != std::string::npos;
  const bool many = rule.rule == "no_entry" || rule.rule == "no_exit";
  const bool alone = turns.size() == 1;
  std::erase_if(turns, [&](const OsmTurn& turn) { return turn.back != back && !(back && alone); });
  if (many || back) return turns;
  if (turns.size() > 1) {
    std::erase_if(turns,
                  [&](const OsmTurn& turn) { return !is_called(rule.rule, turn.angle_deg); });
  }
  if (turns.size() > 1) turns.clear();
  return turns;
}

}  // namespace kontwin
