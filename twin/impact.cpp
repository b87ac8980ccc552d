#include "twin/impact.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace kontwin {

namespace {

constexpr std::array<ImpactNames, impact_kind_count> names{
    {{"wet", "ngập nước", "in water"},
     {"no_hospital", "không đến được bệnh viện", "cut off from hospitals"},
     {"no_seat", "không đến được trụ sở xã, phường", "cut off from commune seats"}}};

}  // namespace

const ImpactNames& names_of(ImpactKind kind) { return names[static_cast<std::size_t>(kind)]; }

std::vector<ImpactLine> summarise_impacts(std::span<const ImpactSpell> spells, Instant run_end) {
  struct Sum {
    ImpactLine line;
    std::map<std::uint32_t, double> people_at;  // by row
    bool over = true;
  };
  std::map<std::pair<ImpactKind, Kind>, Sum> sums;
  for (const ImpactSpell& spell : spells) {
    Sum& sum = sums[{spell.kind, spell.entity.kind}];
    ImpactLine& line = sum.line;
    const Instant until = spell.until.value_or(run_end);
    if (sum.people_at.empty() || spell.from < line.first) line.first = spell.from;
    if (!line.last || until > *line.last) line.last = until;
    sum.over &= spell.until.has_value();
    line.longest = std::max(line.longest, until - spell.from);
    line.deepest_m = std::max(line.deepest_m, spell.deepest_m);
    double& people = sum.people_at[spell.entity.row];
    people = std::max(people, spell.people);
  }
  std::vector<ImpactLine> lines;
  for (auto& [key, sum] : sums) {
    ImpactLine line = sum.line;
    line.what = key.first;
    line.kind = key.second;
    line.places = sum.people_at.size();
    for (const auto& [row, people] : sum.people_at) line.people += people;
    if (!sum.over) line.last.reset();
    lines.push_back(line);
  }
  return lines;
}

}  // namespace kontwin
