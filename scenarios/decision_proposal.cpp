#include "scenarios/decision_proposal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "twin/content_hash.hpp"
#include "twin/error.hpp"
#include "twin/number_text.hpp"

namespace kontwin {

namespace {

/// The entities of one kind of edit, in the order of their first mention.
struct Group {
  std::string action;
  Kind kind = Kind::road;
  std::vector<std::uint32_t> rows;
  double people = 0;
};

struct Collect {
  const World& world;
  std::map<std::string, Group>& groups;

  void add(const std::string& action, Kind kind, std::uint32_t row) const {
    Group& group = groups[action];
    group.action = action;
    group.kind = kind;
    if (std::ranges::find(group.rows, row) == group.rows.end()) group.rows.push_back(row);
  }
  void operator()(const SetRoadOpen& edit) const {
    add(edit.open ? "open_road" : "close_road", Kind::road, edit.road);
  }
  void operator()(const SetRoadCapacity& edit) const { add("limit_road", Kind::road, edit.road); }
  void operator()(const SetSpeedLimit& edit) const { add("limit_speed", Kind::road, edit.road); }
  void operator()(const SetRelease& edit) const {
    add("set_release", Kind::reservoir, edit.reservoir);
  }
  void operator()(const SetShelterOpen& edit) const {
    add(edit.open ? "open_shelter" : "close_shelter", Kind::shelter, edit.shelter);
  }
  void operator()(const SetSignalPlan& edit) const {
    add("set_signal_plan", Kind::signal, edit.signal);
  }
  void operator()(const OrderEvacuation& edit) const {
    for (const EntityRef place : edit.places) {
      add("evacuate_" + std::string(names_of(place.kind).id), place.kind, place.row);
    }
    if (edit.residences.empty()) return;
    for (const std::uint32_t row : edit.residences) {
      add("order_evacuation", Kind::residence, row);
    }
    groups["order_evacuation"].people = 0;
    for (const std::uint32_t row : groups["order_evacuation"].rows) {
      groups["order_evacuation"].people +=
          world.entities(Kind::residence).attribute(residence_attribute::people, row);
    }
  }
  void operator()(const SetDiverting& edit) const {
    add(edit.diverting ? "divert_hospital" : "resume_hospital", Kind::hospital, edit.hospital);
  }
  void operator()(const AddBarrier&) const { groups["add_barrier"].action = "add_barrier"; }
  void operator()(const SetGate& edit) const { add("set_gate", Kind::reservoir, edit.reservoir); }
  void operator()(const RaiseRoad& edit) const { add("raise_road", Kind::road, edit.road); }
  void operator()(const SetStructure&) const { groups["set_structure"].action = "set_structure"; }
  void operator()(const StartBreach&) const {}  // nobody orders one
  void operator()(const Earthquake&) const {}   // nor this
  void operator()(const StartMeasure& edit) const {
    // Nobody orders an incident or the weather.
    if (std::holds_alternative<Incident>(edit.measure)) return;
    if (std::holds_alternative<Weather>(edit.measure)) return;
    const std::string action(name_of(edit.measure));
    groups[action].action = action;
    const auto entities = entities_of(edit.measure);
    for (const EntityRef ref : entities) {
      if (ref.kind == entities.front().kind) add(action, ref.kind, ref.row);
    }
  }
  void operator()(const EndMeasure&) const {}
  void operator()(const SetDebris&) const {}
  void operator()(const SetDemand&) const {}
};

struct Words {
  const char* vietnamese;
  const char* english;
};

Words words_for(const std::string& action) {
  static const std::map<std::string, Words> words{
      {"open_road", {"Mở lại đường", "Open roads again"}},
      {"close_road", {"Đóng đường", "Close roads"}},
      {"limit_road", {"Hạn chế năng lực đường", "Limit the capacity of roads"}},
      {"limit_speed", {"Hạn chế tốc độ", "Limit speeds"}},
      {"set_release", {"Điều chỉnh xả hồ", "Set dam releases"}},
      {"open_shelter", {"Mở điểm sơ tán", "Open shelters"}},
      {"close_shelter", {"Đóng điểm sơ tán", "Close shelters"}},
      {"set_signal_plan", {"Đổi chương trình đèn tín hiệu", "Change signal plans"}},
      {"order_evacuation", {"Sơ tán các khu dân cư", "Evacuate blocks of homes"}},
      {"evacuate_lodging", {"Sơ tán khách lưu trú", "Evacuate guests of lodgings"}},
      {"evacuate_tourist_site", {"Sơ tán khách tham quan", "Evacuate visitors of tourist sites"}},
      {"evacuate_hospital", {"Sơ tán bệnh viện", "Evacuate hospitals"}},
      {"divert_hospital", {"Chuyển hướng cấp cứu", "Divert ambulances"}},
      {"resume_hospital", {"Nhận lại cấp cứu", "Take ambulances again"}},
      {"bus_lane", {"Mở làn ưu tiên xe buýt", "Give lanes to buses"}},
      {"narrow_road", {"Thu hẹp đường", "Narrow roads"}},
      {"contraflow", {"Tổ chức làn ngược chiều", "Give lanes to the other direction"}},
      {"one_way", {"Tổ chức một chiều", "Make roads one-way"}},
      {"speed_control", {"Điều khiển tốc độ", "Control speeds"}},
      {"ramp_meter", {"Điều tiết nhánh vào", "Meter ramps"}},
      {"signal_control", {"Điều khiển đèn tín hiệu", "Control signals"}},
      {"ambulance_priority", {"Ưu tiên xe cứu thương", "Give ambulances priority"}},
      {"parking", {"Quản lý bãi đỗ xe", "Manage parking"}},
      {"add_barrier", {"Đắp đê tạm", "Raise barriers"}},
      {"set_gate", {"Điều chỉnh cửa xả", "Set the gates of dams"}},
      {"set_structure", {"Điều chỉnh cống, cửa van, trạm bơm", "Set culverts, gates and pumps"}},
      {"raise_road", {"Tôn cao đường", "Raise roads"}},
  };
  return words.at(action);
}

/// The names of roads without repeats, a few of them: what a person would read out.
std::string some_names(const World& world, const Group& group) {
  std::vector<std::string> names;
  for (const std::uint32_t row : group.rows) {
    const std::string& name = group.kind == Kind::road && !world.roads().number[row].empty()
                                  ? world.roads().number[row]
                                  : world.entity_name({group.kind, row});
    if (!name.empty() && std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 4); ++i) {
    text += (i == 0 ? "" : ", ") + names[i];
  }
  return names.size() > 4 ? text + "…" : text;
}

/// ` (203 × Homes, 22,899 residents)`. Residents, not people at home: some may have left by then.
std::string counted(const Group& group, std::string_view kind, const char* residents,
                    Language language) {
  std::string text = " (" + number_text(static_cast<double>(group.rows.size()), 0, language) +
                     " × " + std::string(kind);
  if (group.people > 0) text += ", " + number_text(group.people, 0, language) + residents;
  return text + ")";
}

double kpi(const KpiList& kpis, std::string_view id) {
  const auto found = std::ranges::find(kpis, id, &Kpi::id);
  return found == kpis.end() || std::isnan(found->value) ? 0 : found->value;
}

}  // namespace

std::vector<Measure> measures_of(const Branch& branch) {
  std::map<std::string, Group> groups;
  for (const TimedEdit& edit : branch.edits) {
    std::visit(Collect{*branch.world, groups}, edit.edit);
  }
  std::vector<Measure> measures;
  for (const auto& [action, group] : groups) {
    Measure measure{.action = action, .targets = {}, .text_vi = "", .text_en = ""};
    for (const std::uint32_t row : group.rows) {
      measure.targets.push_back(branch.world->urn({group.kind, row}));
    }
    const Words words = words_for(action);
    const std::string names = some_names(*branch.world, group);
    measure.text_vi = words.vietnamese;
    measure.text_en = words.english;
    if (!group.rows.empty()) {
      const KindNames& kind = names_of(group.kind);
      measure.text_vi += counted(group, kind.vietnamese, " dân", Language::vietnamese);
      measure.text_en += counted(group, kind.english, " residents", Language::english);
    }
    if (!names.empty() && group.kind == Kind::road) {
      measure.text_vi += ": " + names;
      measure.text_en += ": " + names;
    }
    measures.push_back(std::move(measure));
  }
  return measures;
}

std::size_t best_of(std::span<const BranchOutcome> outcomes) {
  if (outcomes.empty()) throw ScenarioError("there is no branch to choose from");
  const auto rank = [&outcomes](std::size_t i) {
    const KpiList& kpis = outcomes[i].kpis;
    return std::array{kpi(kpis, "people_exposed"), -kpi(kpis, "people_in_shelter"),
                      kpi(kpis, "evacuation_p95_min"), kpi(kpis, "vehicles_delayed")};
  };
  std::size_t best = 0;
  for (std::size_t i = 1; i < outcomes.size(); ++i) {
    if (rank(i) < rank(best)) best = i;
  }
  return best;
}

Decision propose(const BranchOutcome& best, const BranchOutcome& baseline, Instant now,
                 Duration valid_for) {
  Decision decision;
  decision.measures = measures_of(*best.branch);
  if (decision.measures.empty()) {
    throw ScenarioError("branch " + best.branch->name + " holds nothing that can be ordered");
  }
  decision.title_vi = best.branch->title_vi;
  decision.title_en = best.branch->title_en;
  decision.branch = best.branch->name;
  decision.run_file = best.run_file;
  decision.world_hash = best.branch->world->content_hash();
  decision.expected = best.kpis;
  decision.without = baseline.kpis;
  decision.proposed_at = now;
  decision.expires_at = now + valid_for;

  ContentHash hash;
  hash.add(decision.branch);
  hash.add(decision.world_hash);
  hash.add(to_cell(now));
  for (const Measure& measure : decision.measures) {
    hash.add(measure.action);
    for (const std::string& target : measure.targets) hash.add(target);
  }
  std::string digits = hash.finish().substr(0, 32);
  digits[12] = '8';
  digits[16] = "89ab"[static_cast<unsigned char>(digits[16]) & 3U];
  decision.id = digits.substr(0, 8) + '-' + digits.substr(8, 4) + '-' + digits.substr(12, 4) + '-' +
                digits.substr(16, 4) + '-' + digits.substr(20);
  return decision;
}

}  // namespace kontwin
