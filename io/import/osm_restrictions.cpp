#include "io/import/osm_restrictions.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
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

/// What one relation's tags say, those at times by the moment.
class RuleReader {
 public:
  RuleReader(const osmium::Relation& relation, const std::optional<LocalMoment>& at,
             const OsmRestrictionNote& note)
      : relation_(relation), at_(at), note_(note) {}

  void take(const osmium::Tag& pair) {
    std::string_view key = pair.key();
    const std::string_view value = pair.value();
    std::string words(1, '\'');
    words.append(key).append("=").append(value).append("'");
    const bool conditional = key.ends_with(at_times);
    if (conditional) key.remove_suffix(at_times.size());
    VehicleKinds kinds = traffic::all_vehicles;
    if (key != "restriction") {
      kinds = kinds_of_access_key(key.substr(key.find(':') + 1));
      if (kinds == 0) {
        note_("restriction", relation_.id(), words + " left out: not for vehicles known here");
        return;
      }
    }
    kinds = static_cast<VehicleKinds>(kinds & ~kinds_named(tag(relation_, "except")));
    if (kinds == 0) return;
    if (conditional) {
      take_conditional(value, kinds, words);
    } else if (always_or_now(words)) {
      add(value, kinds, words, false);
    }
  }

  std::vector<OsmRestriction> finish() {
    // What holds at the moment stands in for what holds else, for the same vehicles.
    for (const OsmRestriction& now : now_) {
      for (OsmRestriction& one : found_) {
        one.kinds = static_cast<VehicleKinds>(one.kinds & ~now.kinds);
      }
    }
    std::erase_if(found_, [](const OsmRestriction& one) { return one.kinds == 0; });
    std::erase_if(now_, [](const OsmRestriction& one) { return one.rule == "none"; });
    std::ranges::move(now_, std::back_inserter(found_));
    return std::move(found_);
  }

 private:
  static constexpr std::string_view at_times = ":conditional";

  void told_at_times(const std::string& words, std::optional<bool> holds) {
    note_("rule at times", relation_.id(),
          words + (!at_     ? " left out: no moment is given"
                   : !holds ? " left out: its condition is not understood"
                   : *holds ? " holds at the moment given, and is taken for the whole run"
                            : " does not hold at the moment given"));
  }

  /// A relation's own hours, in the tags of old.
  bool always_or_now(const std::string& words) {
    const auto value = [this](const char* key) { return tag(relation_, key); };
    const auto old = {value("day_on"), value("day_off"), value("hour_on"), value("hour_off")};
    if (std::ranges::all_of(old, [](std::string_view one) { return one.empty(); })) return true;
    std::optional<bool> holds;
    if (at_) {
      holds =
          hours_hold(value("day_on"), value("day_off"), value("hour_on"), value("hour_off"), *at_);
    }
    told_at_times(words, holds);
    return holds.value_or(false);
  }

  /// `no_left_turn @ (Mo-Fr 07:00-09:00); no_u_turn @ (22:00-05:00)`
  void take_conditional(std::string_view value, VehicleKinds kinds, const std::string& words) {
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t sign = rest.find('@');
      if (sign == std::string_view::npos) {
        told_at_times(words, std::nullopt);
        return;
      }
      const std::string_view rule = rest.substr(0, sign);
      rest.remove_prefix(sign + 1);
      const std::size_t open = rest.find_first_not_of(' ');
      const bool in_brackets = open != std::string_view::npos && rest[open] == '(';
      const std::size_t end = rest.find(in_brackets ? ')' : ';');
      std::string_view hours = rest.substr(0, end);
      if (in_brackets) hours.remove_prefix(open + 1);
      rest.remove_prefix(std::min(rest.size(), end == std::string_view::npos ? end : end + 1));
      rest.remove_prefix(std::min(rest.size(), rest.find_first_not_of("; ")));
      const auto holds = at_ ? hours_hold(hours, *at_) : std::nullopt;
      told_at_times(words, holds);
      if (holds.value_or(false)) add(rule, kinds, words, true);
    }
  }

  void add(std::string_view rule, VehicleKinds kinds, const std::string& words, bool now) {
    OsmRestriction one;
    one.id = relation_.id();
    one.kinds = kinds;
    rule.remove_prefix(std::min(rule.size(), rule.find_first_not_of(' ')));
    one.rule.assign(rule.begin(), std::ranges::find(rule, ' '));
    const bool none = now && one.rule == "none";
    if (!one.rule.starts_with("no_") && !one.rule.starts_with("only_") && !none) {
      note_("restriction", relation_.id(), words + " left out: not understood");
      return;
    }
    if (!none && !read_members(relation_, one)) {
      note_("restriction", relation_.id(), "left out: it names no from, via and to");
      return;
    }
    (now ? now_ : found_).push_back(std::move(one));
  }

  const osmium::Relation& relation_;
  const std::optional<LocalMoment>& at_;
  const OsmRestrictionNote& note_;
  std::vector<OsmRestriction> found_, now_;
};

/// More links than that between the ends of a rule are none.
constexpr std::size_t longest_chain = 8;

std::vector<std::uint32_t> chain_over_ways(std::span<const std::uint32_t> from,
                                           std::span<const std::uint32_t> via,
                                           std::span<const std::uint32_t> to,
                                           const OsmLinksOnward& onward) {
  const auto is_of = [](std::span<const std::uint32_t> links, std::uint32_t link) {
    return std::ranges::find(links, link) != links.end();
  };
  std::deque<std::vector<std::uint32_t>> open;
  for (const std::uint32_t link : from) open.push_back({link});
  while (!open.empty()) {
    const std::vector<std::uint32_t> so_far = std::move(open.front());
    open.pop_front();
    for (const std::uint32_t next : onward(so_far.back())) {
      auto longer = so_far;
      longer.push_back(next);
      if (so_far.size() > 1 && is_of(to, next)) return longer;
      if (is_of(via, next) && !is_of(so_far, next) && so_far.size() < longest_chain) {
        open.push_back(std::move(longer));
      }
    }
  }
  return {};
}

}  // namespace

std::vector<OsmRestriction> read_osm_restrictions(const osmium::Relation& relation,
                                                  const std::optional<LocalMoment>& at,
                                                  const OsmRestrictionNote& note) {
  if (!tag(relation, "type").starts_with("restriction")) return {};
  RuleReader reader(relation, at, note);
  for (const osmium::Tag& pair : relation.tags()) {
    if (std::string_view(pair.key()).starts_with("restriction")) reader.take(pair);
  }
  return reader.finish();
}

std::vector<std::vector<std::uint32_t>> chains_of(const OsmRestriction& rule,
                                                  const OsmLinksOfWays& links_of,
                                                  const OsmLinksOnward& onward) {
  std::vector<std::vector<std::uint32_t>> chains;
  const std::vector<std::uint32_t> via = links_of(rule.via_ways);
  const auto add = [&](std::span<const std::int64_t> from, std::span<const std::int64_t> to) {
    auto chain = chain_over_ways(links_of(from), via, links_of(to), onward);
    if (!chain.empty()) chains.push_back(std::move(chain));
  };
  if (rule.rule == "no_entry" || rule.rule == "no_exit") {
    for (const std::int64_t& from : rule.from) {
      for (const std::int64_t& to : rule.to) add(std::span(&from, 1), std::span(&to, 1));
    }
  } else {
    add(rule.from, rule.to);
  }
  return chains;
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
