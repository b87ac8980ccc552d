#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "io/import/osm_builders.hpp"

namespace kontwin {

namespace {

double heading_rad(LocalPoint from, LocalPoint to) {
  return std::atan2(to.y_m - from.y_m, to.x_m - from.x_m);
}

class TurnRules {
 public:
  TurnRules(const OsmImport& import, const OsmRoadIndex& index)
      : import_(import), roads_(import.parts.roads), index_(index) {}

  void add() {
    for (const OsmRuleNote& one : import_.file.restriction_notes()) {
      leave_out(
          one.why == "rule at times" ? "turn restrictions at times" : "turn restrictions left out",
          one.relation, one.text);
    }
    for (const OsmRestriction& rule : import_.file.restrictions()) {
      if (rule.via_ways.empty()) {
        take(rule);
      } else {
        take_over_ways(rule);
      }
    }
    merge();
  }

 private:
  void leave_out(std::string_view what, std::int64_t relation, const std::string& text) {
    import_.report.note(what,
                        import_.path + ": relation " + std::to_string(relation) + ": " + text);
  }

  std::vector<std::uint32_t> links_of(const std::vector<std::int64_t>& ways,
                                      const std::vector<std::uint32_t>& end,
                                      std::uint32_t junction) const {
    std::vector<std::uint32_t> links;
    for (const std::int64_t way : ways) {
      const auto found = index_.links_of_way.find(way);
      if (found == index_.links_of_way.end()) continue;
      for (const std::uint32_t link : found->second) {
        if (end[link] == junction) links.push_back(link);
      }
    }
    return links;
  }

  void take(const OsmRestriction& rule) {
    const auto at = index_.junctions.find(rule.via_node);
    std::vector<OsmTurn> turns;
    if (at != index_.junctions.end()) {
      for (const std::uint32_t from : links_of(rule.from, roads_.to, at->second)) {
        for (const std::uint32_t to : links_of(rule.to, roads_.from, at->second)) {
          turns.push_back({from, to, roads_.opposite[from] == to, angle_deg(from, to)});
        }
      }
    }
    if (turns.empty()) {
      leave_out(
          "turn restrictions left out", rule.id,
          "no roads of it meet at node " + std::to_string(rule.via_node) + " that way; left out");
      return;
    }
    turns = turns_meant(rule, std::move(turns));
    if (turns.empty()) {
      leave_out("turn restrictions left out", rule.id,
                "it is not clear which turn is meant; left out");
      return;
    }
    import_.report.count("turn restrictions");
    for (const OsmTurn& turn : turns) {
      if (rule.rule.starts_with("no_")) {
        forbid(turn.from, turn.to, rule.kinds);
      } else {
        for (const std::uint32_t other : leaving(roads_.to[turn.from])) {
          if (other != turn.to) forbid(turn.from, other, rule.kinds);
        }
      }
    }
  }

  std::vector<std::uint32_t> onward(std::uint32_t link) {
    const auto there = leaving(roads_.to[link]);
    std::vector<std::uint32_t> links(there.begin(), there.end());
    std::erase(links, roads_.opposite[link]);
    return links;
  }

  void take_over_ways(const OsmRestriction& rule) {
    const auto links_of = [this](std::span<const std::int64_t> ways) {
      std::vector<std::uint32_t> links;
      for (const std::int64_t way : ways) {
        const auto found = index_.links_of_way.find(way);
        if (found == index_.links_of_way.end()) continue;
        links.insert(links.end(), found->second.begin(), found->second.end());
      }
      return links;
    };
    const auto chains =
        chains_of(rule, links_of, [this](std::uint32_t link) { return onward(link); });
    if (chains.empty()) {
      leave_out("turn restrictions left out", rule.id,
                "its ways do not follow each other; left out");
    }
    for (const auto& chain : chains) {
      if (forbid_chain(rule, chain)) {
        import_.report.count("turn restrictions");
      } else {
        leave_out("turn restrictions over ways left out", rule.id,
                  "'" + rule.rule +
                      "' over ways that others use too is more than a world can say; left out");
      }
    }
  }

  /// Says it as one turn, where that forbids neither more nor less; else false.
  bool forbid_chain(const OsmRestriction& rule, const std::vector<std::uint32_t>& chain) {
    const std::uint32_t before = chain[chain.size() - 2];
    const std::uint32_t last = chain.back();
    bool shared = false;
    for (std::size_t i = 1; i + 1 < chain.size(); ++i) {
      for (const std::uint32_t other : arriving(roads_.from[chain[i]])) {
        shared = shared || (other != chain[i - 1] && other != roads_.opposite[chain[i]]);
      }
    }
    const bool only = rule.rule.starts_with("only_");
    if (!shared && only) {
      for (const std::uint32_t other : leaving(roads_.to[before])) {
        if (other != last) forbid(before, other, rule.kinds);
      }
    } else if (!shared) {
      forbid(before, last, rule.kinds);
    } else if (!only && chain.size() == 3 && onward(before).size() == 1) {
      // There is no other way on, so nobody who comes from there needs to drive in.
      forbid(chain[0], chain[1], rule.kinds);
    } else {
      return false;
    }
    return true;
  }

  std::span<const std::uint32_t> arriving(std::uint32_t junction) {
    return at_end(by_end_, roads_.to, junction);
  }

  std::span<const std::uint32_t> leaving(std::uint32_t junction) {
    return at_end(by_start_, roads_.from, junction);
  }

  static std::span<const std::uint32_t> at_end(std::vector<std::uint32_t>& sorted,
                                               const std::vector<std::uint32_t>& end,
                                               std::uint32_t junction) {
    const auto junction_of = [&end](std::uint32_t link) { return end[link]; };
    if (sorted.empty()) {
      sorted.resize(end.size());
      std::iota(sorted.begin(), sorted.end(), 0U);
      std::ranges::stable_sort(sorted, {}, junction_of);
    }
    const auto first = std::ranges::lower_bound(sorted, junction, {}, junction_of);
    const auto last = std::ranges::upper_bound(sorted, junction, {}, junction_of);
    return {first, last};
  }

  void forbid(std::uint32_t from, std::uint32_t to, traffic::VehicleKinds kinds) {
    roads_.forbidden_turns.push_back({from, to, kinds});
  }

  double angle_deg(std::uint32_t from, std::uint32_t to) const {
    const auto before = roads_.shape_of(from);
    const auto after = roads_.shape_of(to);
    const double turn = heading_rad(after[0], after[1]) -
                        heading_rad(before[before.size() - 2], before[before.size() - 1]);
    return std::remainder(turn, 2 * M_PI) * 180 / M_PI;
  }

  /// Several rules may speak of one turn, each for other vehicles.
  void merge() {
    std::vector<ForbiddenTurn>& turns = roads_.forbidden_turns;
    std::ranges::sort(turns);
    std::size_t kept = 0;
    for (const ForbiddenTurn& turn : turns) {
      if (kept > 0 && turns[kept - 1].from == turn.from && turns[kept - 1].to == turn.to) {
        turns[kept - 1].kinds |= turn.kinds;
      } else {
        turns[kept++] = turn;
      }
    }
    turns.resize(kept);
  }

  const OsmImport& import_;
  RoadNetwork& roads_;
  const OsmRoadIndex& index_;
  std::vector<std::uint32_t> by_start_, by_end_;  // links by the junction at that end
};

}  // namespace

void add_osm_turn_rules(const OsmImport& import, const OsmRoadIndex& index) {
  TurnRules(import, index).add();
}

}  // namespace kontwin
