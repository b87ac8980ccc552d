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
    for (const OsmLeftOut& one : import_.file.restrictions_left_out()) {
      leave_out(one.why == "rule at times" ? "turn restrictions at times left out"
                                           : "turn restrictions left out",
                one.relation, one.text);
    }
    for (const OsmRestriction& rule : import_.file.restrictions()) {
      if (rule.via_ways.empty()) {
        take(rule);
      } else {
        leave_out("turn restrictions over ways left out", rule.id,
                  "'" + rule.rule + "' over ways is not carried by a world; left out");
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

  std::span<const std::uint32_t> leaving(std::uint32_t junction) {
    const auto from = [this](std::uint32_t link) { return roads_.from[link]; };
    if (by_start_.empty()) {
      by_start_.resize(roads_.links());
      std::iota(by_start_.begin(), by_start_.end(), 0U);
      std::ranges::stable_sort(by_start_, {}, from);
    }
    return std::ranges::equal_range(by_start_, junction, {}, from);
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
  std::vector<std::uint32_t> by_start_;  // links by the junction they start at
};

}  // namespace

void add_osm_turn_rules(const OsmImport& import, const OsmRoadIndex& index) {
  TurnRules(import, index).add();
}

}  // namespace kontwin
