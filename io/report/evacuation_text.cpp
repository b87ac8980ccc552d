#include "io/report/evacuation_text.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "io/report/evacuation_lists.hpp"
#include "io/report/text_table.hpp"
#include "scenarios/evacuation/statistics.hpp"
#include "twin/number_text.hpp"

namespace kontwin {

namespace {

using evacuation::Clearance;
using Rows = std::vector<std::vector<std::string>>;

std::string number(double value, int decimals = 0) {
  return number_text(value, decimals, Language::both);
}
std::string count(std::uint64_t value) { return number(static_cast<double>(value)); }

std::string heading(const char* vietnamese, const char* english) {
  return std::string("\n") + vietnamese + " / " + english + "\n";
}

std::string moment(const std::optional<Instant>& at) { return at ? format_local(*at) : "–"; }

/// Lines left out of a list are counted.
void cut_off(Rows& rows, std::size_t kept) {
  if (rows.size() <= kept) return;
  const std::string left = count(rows.size() - kept);
  rows.resize(kept);
  rows.push_back({"… và " + left + " dòng nữa / and " + left + " more lines"});
}

std::vector<std::string> clearance_row(const std::string& name, const Clearance& one,
                                       double margin) {
  return {name,
          count(one.told),
          count(one.leaving),
          count(one.safe),
          number(one.half_min),
          number(one.ninety_min),
          number(one.ninety_five_min),
          number(one.all_min),
          number(margin)};
}

std::string communes(const EvacuationRecord& record, const EvacuationPlaceOf& place_of,
                     std::size_t most) {
  std::map<EntityRef, std::string> commune_of;
  std::map<std::string, double> margin;
  const auto margins = evacuation::margins_min(record);
  for (std::size_t i = 0; i < record.zones.size(); ++i) {
    const std::string commune = place_of(record.zones[i].place).commune;
    commune_of[record.zones[i].place] = commune;
    const auto known = margin.try_emplace(commune, std::nan("")).first;
    if (!std::isnan(margins[i])) known->second = std::fmin(known->second, margins[i]);
  }
  std::map<std::string, std::vector<EvacuationParty>> parties;
  for (const EvacuationParty& party : record.parties) {
    if (party.ordered) parties[commune_of[party.home]].push_back(party);
  }
  double least = std::nan("");
  for (const auto& [commune, value] : margin) least = std::fmin(least, value);
  Rows rows;
  for (const auto& [commune, of] : parties) {
    rows.push_back(clearance_row(commune.empty() ? "–" : commune,
                                 evacuation::clearance_of_ordered(of), margin[commune]));
  }
  cut_off(rows, most);
  rows.insert(rows.begin(), clearance_row("Tất cả / All",
                                          evacuation::clearance_of_ordered(record.parties), least));
  rows.insert(rows.begin(), {"phút / minutes", "told", "leaving", "safe", "50 %", "90 %", "95 %",
                             "100 %", "margin"});
  rows.insert(rows.begin(), {"Xã, phường / Commune", "được lệnh", "rời đi", "an toàn", "50 %",
                             "90 %", "95 %", "100 %", "khoảng hở"});
  return heading("Thời gian sơ tán", "Clearance") + text_table(rows) +
         "  khoảng hở: từ chuyến xe máy, ô tô cuối cùng đến lúc mất đường / margin: from the last "
         "departure\n  by motorbike or car until the road was cut\n";
}

std::string fates(const EvacuationRecord& record) {
  std::map<EvacueeFate, std::uint64_t> helped;
  for (const EvacuationParty& party : record.parties) helped[party.fate] += party.needing_help;
  Rows rows{{"", "người", "cần trợ giúp"}, {"", "people", "needing help"}};
  for (const auto& [fate, people] : evacuation::people_by_fate(record.parties)) {
    const EvacuationNames& names = names_of(fate);
    rows.push_back({std::string(names.vietnamese) + " / " + std::string(names.english),
                    count(people), count(helped[fate])});
  }
  return heading("Mọi người đang ở đâu", "Where everyone is") + text_table(rows);
}

std::string not_out(const EvacuationRecord& record, const EvacuationPlaceOf& place_of,
                    std::size_t most) {
  const std::vector<NotOut> groups = not_out_of(record);
  if (groups.empty()) {
    return heading("Chưa ra được", "Not out") + "  Không ai / Nobody\n";
  }
  Rows rows;
  for (const NotOut& group : groups) {
    const EvacuationPlace place = place_of(group.home);
    rows.push_back({place.name + (place.commune.empty() ? "" : ", " + place.commune),
                    count(group.people), count(group.needing_help),
                    group.hazard_class > 0 ? "H" + std::to_string(group.hazard_class) : "–",
                    std::string(names_of(group.fate).vietnamese) + " / " +
                        std::string(names_of(group.fate).english)});
  }
  cut_off(rows, most);
  rows.insert(rows.begin(), {"Nơi ở / Home", "người", "trợ giúp", "nước", "vì sao / why"});
  return heading("Chưa ra được, và vì sao", "Not out, and why") + text_table(rows);
}

/// Those who got no further on the way, place by place.
std::string stranded(const EvacuationRecord& record, const EvacuationPlaceOf& place_of,
                     std::size_t most) {
  struct Group {
    std::uint64_t people = 0, fetched = 0;
    std::optional<Instant> first, last_fetched;
  };
  std::map<std::uint32_t, Group> groups;
  for (const EvacuationParty& party : record.parties) {
    if (!party.stranded_at) continue;
    Group& group = groups[party.stranded_at_junction];
    group.people += party.people;
    if (!group.first || *party.stranded_at < *group.first) group.first = party.stranded_at;
    if (!party.fetched_at) continue;
    group.fetched += party.people;
    if (!group.last_fetched || *party.fetched_at > *group.last_fetched) {
      group.last_fetched = party.fetched_at;
    }
  }
  if (groups.empty()) return "";
  Rows rows;
  for (const auto& [junction, group] : groups) {
    rows.push_back({place_of({Kind::junction, junction}).name, count(group.people),
                    moment(group.first), count(group.fetched), moment(group.last_fetched)});
  }
  cut_off(rows, most);
  rows.insert(rows.begin(), {"", "people", "from", "fetched", "the last at"});
  rows.insert(rows.begin(), {"Nút giao / Junction", "người", "từ", "được đón", "người cuối lúc"});
  return heading("Mắc kẹt trên đường, và ai được đón", "Stranded on the way, and who was fetched") +
         text_table(rows);
}

std::string refuges(const EvacuationRecord& record, const EvacuationPlaceOf& place_of,
                    std::size_t most) {
  auto hourly = arrivals_by_hour(record);
  std::vector<RefugeUse> used;
  for (const RefugeUse& one : record.refuges) {
    if (one.taken_in > 0) used.push_back(one);
  }
  std::ranges::stable_sort(used, std::ranges::greater{}, &RefugeUse::taken_in);
  Rows rows;
  for (const RefugeUse& one : used) {
    Instant busiest{};
    std::uint64_t peak = 0;
    for (const auto& [at, people] : hourly[one.place]) {
      if (people <= peak) continue;
      peak = people;
      busiest = at;
    }
    rows.push_back({place_of(one.place).name, count(one.room), count(one.taken_in), count(peak),
                    peak > 0 ? format_local(busiest) : "–", moment(one.supplies_out),
                    number(one.unmet_person_days, 1)});
  }
  cut_off(rows, most);
  rows.insert(rows.begin(), {"", "room", "taken in", "busiest hour", "from", "supplies out",
                             "person-days missing"});
  rows.insert(rows.begin(), {"Nơi trú ẩn / Shelter", "chỗ", "đã nhận", "giờ đông nhất", "từ",
                             "hết lương thực", "người·ngày thiếu"});
  return heading("Nơi trú ẩn", "Shelters") + text_table(rows);
}

std::string water(const EvacuationRecord& record, const EvacuationPlaceOf& place_of,
                  std::size_t most) {
  const auto people = evacuation::people_by_hazard(record.parties);
  Rows classes{{"Mức / Class", "người / people"}};
  for (std::size_t hazard = 1; hazard < people.size(); ++hazard) {
    if (people[hazard] > 0)
      classes.push_back({"H" + std::to_string(hazard) + ", " +
                             std::string(hazard_words(static_cast<int>(hazard)).vietnamese) +
                             " / " + std::string(hazard_words(static_cast<int>(hazard)).english),
                         count(people[hazard])});
  }
  const std::string title =
      heading("Ai đứng trong nước trước khi an toàn", "Who stood in water before being safe");
  if (classes.size() == 1) return title + "  Không ai / Nobody\n";
  Rows rows;
  for (const WaterSpot& spot : water_spots(record, 3)) {
    rows.push_back({place_of(spot.place).name, std::string(names_of(spot.place.kind).vietnamese),
                    "H" + std::to_string(spot.hazard_class), count(spot.people),
                    moment(spot.from)});
  }
  if (rows.empty()) return title + text_table(classes);
  cut_off(rows, most);
  rows.insert(rows.begin(), {"H3+, nơi / where", "", "mức / class", "người / people", "từ / from"});
  return title + text_table(classes) + "\n" + text_table(rows);
}

}  // namespace

std::string evacuation_report(const EvacuationRecord& record, const EvacuationPlaceOf& place_of,
                              std::size_t most) {
  if (record.parties.empty()) {
    return "Không ai được lệnh sơ tán.\nNobody was told to leave.\n";
  }
  std::string text = communes(record, place_of, most);
  if (record.lower_bound_s > 0) {
    text += "  cận dưới / lower bound: " + number(record.lower_bound_s / 60) +
            " min; thời gian sơ tán so với cận dưới / clearance over it: " +
            number(evacuation::gap_to_bound(record), 2) + "\n";
  }
  return text + fates(record) + not_out(record, place_of, most) + stranded(record, place_of, most) +
         refuges(record, place_of, most) + water(record, place_of, most);
}

}  // namespace kontwin
