// Relations that forbid turns, or allow one alone.
#include <algorithm>
#include <set>

#include "io/traffic/osm/osm_assembly.hpp"

namespace kontwin::traffic {

namespace {

std::uint64_t key(std::uint32_t from, std::uint32_t to) {
  return (std::uint64_t{from} << 32U) | to;
}
std::string place_of(const OsmRestriction& rule) { return "relation " + std::to_string(rule.id); }

}  // namespace

void OsmAssembly::ban(std::uint32_t from, std::uint32_t to, VehicleKinds kinds) {
  banned_[key(from, to)] |= kinds;
  explicit_[parts_.links[from].to] = 1;
}

void OsmAssembly::ban_all_but(std::uint32_t from, std::span<const std::uint32_t> to,
                              VehicleKinds kinds) {
  for (const std::uint32_t other : out(parts_.links[from].to)) {
    if (std::ranges::find(to, other) == to.end()) ban(from, other, kinds);
  }
}

VehicleKinds OsmAssembly::banned(std::uint32_t from, std::uint32_t to) const {
  VehicleKinds kinds = 0;
  for (; from != no_row; from = origin_[from].original) {
    const auto found = banned_.find(key(from, to));
    if (found != banned_.end()) kinds |= found->second;
  }
  return kinds;
}

std::vector<std::uint32_t> OsmAssembly::links_of(std::span<const std::int64_t> ways) const {
  std::vector<std::uint32_t> links;
  for (const std::int64_t way : ways) {
    auto at = std::ranges::lower_bound(links_of_ways_, std::pair(way, 0U));
    for (; at != links_of_ways_.end() && at->first == way; ++at) links.push_back(at->second);
  }
  return links;
}

void OsmAssembly::resolve_restrictions() {
  for (const OsmRestriction& rule : extract_.restrictions) {
    if (rule.via_ways.empty()) resolve_at_node(rule);
  }
  for (const OsmRestriction& rule : extract_.restrictions) {
    if (!rule.via_ways.empty()) resolve_over_ways(rule);
  }
}

void OsmAssembly::resolve_at_node(const OsmRestriction& rule) {
  const auto node = std::ranges::lower_bound(extract_.node_ids, rule.via_node);
  const bool there = node != extract_.node_ids.end() && *node == rule.via_node;
  const std::uint32_t at =
      there ? junction_of_node_[static_cast<std::size_t>(node - extract_.node_ids.begin())]
            : no_row;
  std::vector<std::uint32_t> from = links_of(rule.from);
  std::vector<std::uint32_t> to = links_of(rule.to);
  std::erase_if(from, [&](std::uint32_t link) { return parts_.links[link].to != at; });
  std::erase_if(to, [&](std::uint32_t link) { return parts_.links[link].from != at; });
  if (at == no_row || from.empty() || to.empty()) {
    repairs_.note("restriction", place_of(rule), "left out: no roads of it meet there that way");
    return;
  }
  std::vector<OsmTurn> turns;
  for (const std::uint32_t a : from) {
    for (const std::uint32_t b : to) {
      turns.push_back({a, b, origin_[a].opposite == b, angle_deg(a, b)});
    }
  }
  turns = turns_meant(rule, std::move(turns));
  if (turns.empty()) {
    repairs_.note("restriction", place_of(rule), "left out: it is not clear which turn is meant");
    return;
  }
  for (const OsmTurn& turn : turns) {
    if (rule.rule.starts_with("no_")) {
      ban(turn.from, turn.to, rule.kinds);
    } else {
      ban_all_but(turn.from, std::span(&turn.to, 1), rule.kinds);
    }
  }
}

void OsmAssembly::resolve_over_ways(const OsmRestriction& rule) {
  const auto chains = chains_of(
      rule, [this](std::span<const std::int64_t> ways) { return links_of(ways); },
      [this](std::uint32_t link) {
        const auto leaving = out(parts_.links[link].to);
        std::vector<std::uint32_t> onward(leaving.begin(), leaving.end());
        std::erase(onward, origin_[link].opposite);
        return onward;
      });
  if (chains.empty()) {
    repairs_.note("restriction", place_of(rule), "left out: its ways do not follow each other");
  }
  for (const auto& chain : chains) forbid_chain(rule, chain);
}

void OsmAssembly::forbid_chain(const OsmRestriction& rule, std::span<const std::uint32_t> chain) {
  // Where nothing else is left at the end of the chain, nobody who comes from its start drives in.
  const bool only = rule.rule.starts_with("only_");
  const std::uint32_t end = chain[chain.size() - 2];
  const bool other_way = std::ranges::any_of(out(parts_.links[end].to), [&](std::uint32_t link) {
    return link != chain.back() && link != origin_[end].opposite;
  });
  if (!only && !other_way) {
    ban(chain[0], chain[1], rule.kinds);
    return;
  }
  // Those who come from the first link get links of their own on the way, where others use it too.
  std::uint32_t before = chain.front();
  bool shared = rule.kinds != all_vehicles;
  std::size_t copies = 0;
  for (std::size_t i = 1; i + 1 < chain.size(); ++i) {
    const std::uint32_t link = chain[i];
    for (const std::uint32_t other : in(parts_.links[link].from)) {
      const bool leads_in = other != chain[i - 1] && other != origin_[link].opposite;
      shared = shared || leads_in;
    }
    if (!shared) {
      before = link;
      continue;
    }
    const std::uint32_t copy = copy_link(link, rule.id);
    ++copies;
    ban(before, link, rule.kinds);
    extra_turns_[before].push_back({copy, rule.kinds});
    before = copy;
  }
  const std::uint32_t last = chain.back();
  if (only) {
    ban_all_but(before, std::span(&last, 1), rule.kinds);
  } else {
    ban(before, last, rule.kinds);
  }
  if (copies > 0) {
    repairs_.note("restriction over ways", place_of(rule),
                  std::to_string(copies) + " links have a double for those it is for");
  }
}

std::uint32_t OsmAssembly::copy_link(std::uint32_t link, std::int64_t relation) {
  LinkPart part = parts_.links[link];
  const auto copy = static_cast<std::uint32_t>(parts_.links.size());
  part.id += "~" + std::to_string(relation);
  // Several rules may share a link, and one may pass it twice.
  if (!copies_to_[part.to].empty()) part.id += "." + std::to_string(copies_to_[part.to].size());
  copies_to_[part.to].push_back(copy);
  explicit_[part.from] = explicit_[part.to] = 1;
  LinkOrigin origin = origin_[link];
  origin.original = link;
  origin_.push_back(origin);
  parts_.links.push_back(std::move(part));
  return copy;
}

}  // namespace kontwin::traffic
