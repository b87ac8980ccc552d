#include "io/report/evacuation_lists.hpp"

#include <algorithm>
#include <array>

namespace kontwin {

std::vector<NotOut> not_out_of(const EvacuationRecord& record) {
  std::map<std::pair<EntityRef, EvacueeFate>, NotOut> groups;
  for (const EvacuationParty& party : record.parties) {
    if (party.fate == EvacueeFate::safe) continue;
    NotOut& group = groups[{party.home, party.fate}];
    group.home = party.home;
    group.fate = party.fate;
    group.people += party.people;
    group.needing_help += party.needing_help;
    group.hazard_class = std::max<int>(group.hazard_class, party.hazard_class);
  }
  std::vector<NotOut> sorted;
  for (const auto& [key, group] : groups) sorted.push_back(group);
  std::ranges::stable_sort(sorted, [](const NotOut& a, const NotOut& b) {
    const bool a_stays = a.fate == EvacueeFate::stayed;
    const bool b_stays = b.fate == EvacueeFate::stayed;
    if (a_stays != b_stays) return b_stays;
    if (a.hazard_class != b.hazard_class) return a.hazard_class > b.hazard_class;
    return a.people > b.people;
  });
  return sorted;
}

std::vector<WaterSpot> water_spots(const EvacuationRecord& record, int lowest) {
  std::map<EntityRef, WaterSpot> spots;
  for (const EvacuationParty& party : record.parties) {
    if (party.hazard_class < lowest || party.hazard_at.row == no_row) continue;
    WaterSpot& spot = spots[party.hazard_at];
    spot.place = party.hazard_at;
    spot.people += party.people;
    spot.hazard_class = std::max<int>(spot.hazard_class, party.hazard_class);
    if (!spot.from || (party.hazard_from && *party.hazard_from < *spot.from)) {
      spot.from = party.hazard_from;
    }
  }
  std::vector<WaterSpot> sorted;
  for (const auto& [place, spot] : spots) sorted.push_back(spot);
  std::ranges::stable_sort(sorted, [](const WaterSpot& a, const WaterSpot& b) {
    return a.hazard_class != b.hazard_class ? a.hazard_class > b.hazard_class : a.people > b.people;
  });
  return sorted;
}

std::map<EntityRef, std::map<Instant, std::uint64_t>> arrivals_by_hour(
    const EvacuationRecord& record) {
  const Duration hour = std::chrono::hours(1);
  std::map<EntityRef, std::map<Instant, std::uint64_t>> people;
  for (const EvacuationParty& party : record.parties) {
    if (!party.safe_at) continue;
    const Instant from{party.safe_at->time_since_epoch() / hour * hour};
    people[party.refuge][from] += party.people;
  }
  return people;
}

EvacuationNames hazard_words(int hazard_class) {
  static constexpr std::array<EvacuationNames, 6> words{
      {{"H1", "nhìn chung an toàn", "generally safe"},
       {"H2", "nguy hiểm cho xe nhỏ", "unsafe for small vehicles"},
       {"H3", "nguy hiểm cho xe, trẻ em, người già", "unsafe for vehicles, children and the old"},
       {"H4", "nguy hiểm cho mọi người và xe", "unsafe for people and vehicles"},
       {"H5", "như H4, nhà có thể hư hại", "as H4, and buildings may be damaged"},
       {"H6", "như H4, nhà có thể sập", "as H4, and buildings may fail"}}};
  return words[static_cast<std::size_t>(std::clamp(hazard_class, 1, 6) - 1)];
}

}  // namespace kontwin
