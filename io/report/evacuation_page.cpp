#include "io/report/evacuation_page.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "io/report/evacuation_lists.hpp"
#include "scenarios/evacuation/statistics.hpp"
#include "twin/number_text.hpp"

namespace kontwin {

namespace {

using evacuation::Clearance;
using Cell = ReportTable::Cell;
using Row = std::vector<Cell>;

constexpr std::size_t curves_shown = 6;

Cell number(double value, int decimals = 0) {
  return {number_text(value, decimals, Language::both), ""};
}
Cell count(std::uint64_t value) { return number(static_cast<double>(value)); }
Cell moment(const std::optional<Instant>& at) { return {at ? format_local(*at) : "–", ""}; }
Cell words(const EvacuationNames& names) {
  return {std::string(names.vietnamese), std::string(names.english)};
}

Cell hazard(int hazard_class) {
  if (hazard_class == 0) return {"–", ""};
  const EvacuationNames names = hazard_words(hazard_class);
  return {std::string(names.id) + ": " + std::string(names.vietnamese), std::string(names.english)};
}

double seconds_of(Instant at) { return to_seconds(at.time_since_epoch()); }

class Writer {
 public:
  Writer(HtmlReport& report, const EvacuationRecord& record, const EvacuationPlaceOf& place_of,
         std::size_t most)
      : report_(report), record_(record), place_of_(place_of), most_(most) {
    std::set<std::string> communes;
    for (const EvacuatedZone& zone : record.zones) communes.insert(place_of(zone.place).commune);
    several_communes_ = communes.size() > 1;
  }

  void add_summary() {
    const Clearance all = evacuation::clearance_of_ordered(record_.parties);
    const std::uint64_t waiting_help = evacuation::needing_help_not_safe(record_.parties);
    const auto classes = evacuation::people_by_hazard(record_.parties);
    const std::uint64_t in_water =
        std::accumulate(classes.begin() + 3, classes.end(), std::uint64_t{0});
    std::uint64_t stranded = 0;
    for (const EvacuationParty& one : record_.parties) {
      if (one.fate == EvacueeFate::stranded || one.stranded_at) stranded += one.people;
    }
    const auto text = [&](Language language) {
      const bool vi = language == Language::vietnamese;
      const auto n = [&](std::uint64_t value) {
        return number_text(static_cast<double>(value), 0, language);
      };
      const auto minutes = [&](double value) {
        return std::isnan(value) ? std::string(vi ? "chưa đạt" : "not reached")
                                 : number_text(value, 0, language) + (vi ? " phút" : " min");
      };
      return vi ? n(all.told) + " người được lệnh, " + n(all.leaving) + " người rời đi, " +
                      n(all.safe) + " người đã đến nơi an toàn. Một nửa trong " +
                      minutes(all.half_min) + ", 90 % trong " + minutes(all.ninety_min) +
                      ", tất cả: " + minutes(all.all_min) +
                      ". Chưa an toàn: " + n(all.leaving - all.safe) + " người muốn đi; " +
                      n(waiting_help) + " người cần trợ giúp (kể cả người ở lại). Gặp nước nguy " +
                      "hiểm (từ H3): " + n(in_water) +
                      " người; mắc kẹt trên đường: " + n(stranded) + " người."
                : n(all.told) + " people were told to leave, " + n(all.leaving) + " leave, " +
                      n(all.safe) + " are safe. Half of them after " + minutes(all.half_min) +
                      ", 90 % after " + minutes(all.ninety_min) + ", all: " + minutes(all.all_min) +
                      ". Not safe: " + n(all.leaving - all.safe) + " who would leave; " +
                      n(waiting_help) + " who need help (those who stayed among them). " +
                      "In water unsafe for children and the old (H3 or above): " + n(in_water) +
                      "; stranded on the way: " + n(stranded) + ".";
    };
    report_.summary_vi = text(Language::vietnamese);
    report_.summary_en = text(Language::english);
  }

  void add_charts() {
    Chart curve{.title_vi = "Số người đã rời đi và đã an toàn",
                .title_en = "People who had left, and were safe",
                .unit = "person",
                .curves = {},
                .levels = {}};
    Chart::Curve left{.label = "rời đi / left", .points = {}};
    Chart::Curve safe{.label = "an toàn / safe", .points = {}};
    for (const auto& step : evacuation::clearance_curve(record_.parties, std::chrono::minutes(5))) {
      left.points.emplace_back(seconds_of(step.at), static_cast<double>(step.left));
      safe.points.emplace_back(seconds_of(step.at), static_cast<double>(step.safe));
    }
    curve.curves = {std::move(safe), std::move(left)};
    report_.charts.push_back(std::move(curve));

    Chart hourly{.title_vi = "Số người đến mỗi giờ, các nơi trú ẩn đông nhất",
                 .title_en = "People arriving each hour, at the busiest shelters",
                 .unit = "person",
                 .curves = {},
                 .levels = {}};
    const auto arrivals = arrivals_by_hour(record_);
    for (const RefugeUse& one : busiest()) {
      if (hourly.curves.size() == curves_shown || one.taken_in == 0) break;
      Chart::Curve shelter{.label = place_of_(one.place).name, .points = {}};
      for (const auto& [from, people] : arrivals.at(one.place)) {
        shelter.points.emplace_back(seconds_of(from) + 1800, static_cast<double>(people));
      }
      hourly.curves.push_back(std::move(shelter));
    }
    report_.charts.push_back(std::move(hourly));
  }

  void add_not_out() {
    ReportTable fates{.title_vi = "Mọi người đang ở đâu",
                      .title_en = "Where everyone is",
                      .head = {{"", ""}, {"Số người", "People"}, {"Cần trợ giúp", "Need help"}},
                      .rows = {}};
    std::map<EvacueeFate, std::uint64_t> helped;
    for (const EvacuationParty& party : record_.parties) helped[party.fate] += party.needing_help;
    for (const auto& [fate, people] : evacuation::people_by_fate(record_.parties)) {
      fates.rows.push_back({words(names_of(fate)), count(people), count(helped[fate])});
    }
    report_.tables.push_back(std::move(fates));
    std::vector<Row> rows;
    std::vector<Row> help;
    for (const NotOut& one : not_out_of(record_)) {
      rows.push_back({name(one.home), count(one.people), count(one.needing_help),
                      words(names_of(one.fate)), hazard(one.hazard_class)});
      if (one.needing_help == 0) continue;
      help.push_back({name(one.home), count(one.needing_help), words(names_of(one.fate)),
                      hazard(one.hazard_class)});
    }
    add("Chưa ra được, và vì sao", "Not out, and why",
        {{"Nơi ở", "Home"},
         {"Số người", "People"},
         {"Cần trợ giúp", "Need help"},
         {"Vì sao", "Why"},
         {"Đã đứng trong nước", "Stood in water"}},
        std::move(rows));
    add("Người cần trợ giúp chưa an toàn", "People who need help and are not safe",
        {{"Nơi ở", "Home"},
         {"Số người", "People"},
         {"Vì sao", "Why"},
         {"Đã đứng trong nước", "Stood in water"}},
        std::move(help));
  }

  void add_zones() {
    std::map<EntityRef, std::vector<EvacuationParty>> of;
    for (const EvacuationParty& party : record_.parties) of[party.home].push_back(party);
    const auto margins = evacuation::margins_min(record_);
    std::vector<std::pair<std::uint64_t, Row>> zones;
    std::vector<std::pair<double, Row>> cuts;
    for (std::size_t i = 0; i < record_.zones.size(); ++i) {
      const EvacuatedZone& zone = record_.zones[i];
      const Clearance one =
          evacuation::clearance_of(of[zone.place], [](const EvacuationParty&) { return true; });
      zones.emplace_back(
          one.leaving - one.safe,
          Row{name(zone.place), moment(zone.ordered), count(one.told), count(one.leaving),
              count(one.safe), number(one.half_min), number(one.ninety_min),
              number(one.ninety_five_min), number(one.all_min)});
      if (!zone.cut) continue;
      const bool known = !std::isnan(margins[i]);
      cuts.emplace_back(known ? margins[i] : HUGE_VAL,
                        Row{name(zone.place), moment(zone.cut), number(margins[i])});
    }
    const auto sorted = [](auto& list, auto&& less) {
      std::ranges::stable_sort(list, less, [](const auto& one) { return one.first; });
      std::vector<Row> rows;
      rows.reserve(list.size());
      for (auto& one : list) rows.push_back(std::move(one.second));
      return rows;
    };
    add("Thời gian sơ tán từng nơi (phút từ khi có lệnh)",
        "Clearance of each place (minutes from its order)",
        {{"Nơi ở", "Home"},
         {"Lệnh lúc", "Ordered"},
         {"Được lệnh", "Told"},
         {"Rời đi", "Leave"},
         {"An toàn", "Safe"},
         {"50 %", ""},
         {"90 %", ""},
         {"95 %", ""},
         {"100 %", ""}},
        sorted(zones, std::greater{}));
    add("Đường bị cắt: khoảng hở từ chuyến xe cuối",
        "Roads that were cut: the margin since the last vehicle left",
        {{"Nơi ở", "Home"}, {"Mất đường lúc", "Cut at"}, {"Khoảng hở, phút", "Margin, min"}},
        sorted(cuts, std::less{}));
  }

  void add_shelters() {
    const auto arrivals = arrivals_by_hour(record_);
    std::vector<Row> rows;
    for (const RefugeUse& one : busiest()) {
      if (one.taken_in == 0) break;
      std::string by_hour;
      for (const auto& [from, people] : arrivals.at(one.place)) {
        if (!by_hour.empty()) by_hour += " · ";
        by_hour += format_local(from).substr(0, 5) + ": " + count(people).vietnamese;
      }
      rows.push_back({name(one.place),
                      count(one.room),
                      count(one.taken_in),
                      {by_hour, ""},
                      moment(one.supplies_out),
                      number(one.unmet_person_days, 1)});
    }
    add("Nơi trú ẩn, và số người đến mỗi giờ", "Shelters, and arrivals each hour",
        {{"Nơi trú ẩn", "Shelter"},
         {"Chỗ", "Room"},
         {"Đã nhận", "Taken in"},
         {"Mỗi giờ", "Each hour"},
         {"Hết lương thực", "Supplies out"},
         {"Thiếu, người·ngày", "Missing, person-days"}},
        std::move(rows));
  }

  void add_water() {
    const auto people = evacuation::people_by_hazard(record_.parties);
    std::vector<Row> classes;
    for (std::size_t one = people.size(); one-- > 1;) {
      if (people[one] == 0) continue;
      classes.push_back({hazard(static_cast<int>(one)), count(people[one])});
    }
    add("Ai gặp nước trước khi an toàn, theo mức nguy hiểm cao nhất",
        "Who met water before being safe, by the worst class they stood in",
        {{"Mức", "Class"}, {"Số người", "People"}}, std::move(classes));
    std::vector<Row> rows;
    for (const WaterSpot& one : water_spots(record_, 1)) {
      const KindNames& kind = names_of(one.place.kind);
      rows.push_back({name(one.place),
                      {std::string(kind.vietnamese), std::string(kind.english)},
                      hazard(one.hazard_class),
                      count(one.people),
                      moment(one.from)});
    }
    add("Gặp nước ở đâu", "Where they met it",
        {{"Nơi", "Place"},
         {"Loại", "Kind"},
         {"Mức", "Class"},
         {"Số người", "People"},
         {"Từ", "From"}},
        std::move(rows));
  }

  void add_queues(std::span<const RoadQueue> queues) {
    std::vector<Row> rows;
    for (const RoadQueue& one : queues) {
      rows.push_back({name(one.road), number(one.longest), moment(one.longest_at), moment(one.from),
                      moment(one.until), number(one.vehicle_hours)});
    }
    add("Nơi ùn tắc: đoạn đường có xe xếp hàng", "Bottlenecks: roads where vehicles stood in line",
        {{"Đoạn đường", "Road"},
         {"Dài nhất, xe", "Longest, vehicles"},
         {"Lúc", "At"},
         {"Từ", "From"},
         {"Đến", "Until"},
         {"Giờ xe chờ", "Vehicle hours"}},
        std::move(rows));
  }

 private:
  Cell name(EntityRef ref) const {
    const EvacuationPlace place = place_of_(ref);
    const bool says_more = several_communes_ && !place.commune.empty();
    return {place.name + (says_more ? ", " + place.commune : ""), ""};
  }

  std::vector<RefugeUse> busiest() const {
    std::vector<RefugeUse> used = record_.refuges;
    std::ranges::stable_sort(used, std::ranges::greater{}, &RefugeUse::taken_in);
    return used;
  }

  void add(const char* title_vi, const char* title_en, std::vector<Cell> head,
           std::vector<Row> rows) {
    if (rows.empty()) rows.push_back({{"Không có", "None"}});
    const std::size_t left = rows.size() > most_ ? rows.size() - most_ : 0;
    if (left > 0) {
      rows.resize(most_);
      const std::string lines = count(left).vietnamese;
      rows.push_back({{"… và " + lines + " dòng nữa", "and " + lines + " more lines"}});
    }
    for (Row& row : rows) row.resize(head.size());
    report_.tables.push_back({title_vi, title_en, std::move(head), std::move(rows)});
  }

  HtmlReport& report_;
  const EvacuationRecord& record_;
  const EvacuationPlaceOf& place_of_;
  std::size_t most_;
  bool several_communes_ = false;  // where all is in one, its name says nothing
};

}  // namespace

void add_evacuation(HtmlReport& report, const EvacuationRecord& record,
                    std::span<const RoadQueue> queues, const EvacuationPlaceOf& place_of,
                    std::size_t most) {
  report.charts_first = true;
  Writer writer(report, record, place_of, most);
  writer.add_summary();
  writer.add_charts();
  writer.add_not_out();
  writer.add_zones();
  writer.add_water();
  writer.add_shelters();
  writer.add_queues(queues);
  report.notes.push_back(
      {"Người trên xe được tính theo mức nguy hiểm cao nhất của đoạn đường đang đi, mỗi cửa sổ "
       "trao đổi một lần; mức H1 an toàn cho xe, không tính.",
       "People in vehicles are counted by the worst water on the road they are on, once an "
       "exchange "
       "window; H1 is safe for vehicles and not counted."});
  report.notes.push_back(
      {"Hàng xe là số xe chờ ở cuối đoạn đường trong các khung đã ghi, kể cả xe không đi sơ tán.",
       "Lines are of vehicles that wait at a road's end in the frames recorded, others than "
       "evacuees included."});
}

}  // namespace kontwin
