#include "app/evacuation_plan_text.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "io/report/terminal_text.hpp"
#include "twin/number_text.hpp"

namespace kontwin {

namespace {

using Reason = PlannedEvacuation::Reason;

constexpr std::size_t lines_shown = 10;

std::string number(double value, int decimals = 0) {
  return number_text(value, decimals, Language::both);
}

/// `1:05 h`.
std::string clock(double seconds) {
  const auto minutes = std::llround(std::abs(seconds) / 60);
  const std::string rest = std::to_string(minutes % 60);
  return (seconds < 0 && minutes > 0 ? "-" : "") + std::to_string(minutes / 60) + ":" +
         (rest.size() < 2 ? "0" : "") + rest + " h";
}

std::string line(const std::string& what, const std::string& value, std::size_t columns = 62) {
  return "  " + padded(what, columns) + " " + padded(value, 12, true) + "\n";
}

std::string more(std::size_t count) {
  if (count <= lines_shown) return "";
  return "    … +" + number(static_cast<double>(count - lines_shown)) + "\n";
}

/// By its number, its name or its URN.
std::string road_text(const World& world, std::uint32_t road) {
  const std::string& number = world.roads().number[road];
  const std::string& name = world.entity_name({Kind::road, road});
  const std::string& urn = world.urn({Kind::road, road});
  std::string text = number.empty() ? name : number;
  if (text.empty()) return urn;
  return text + " (" + urn.substr(urn.rfind(':') + 1) + ")";
}

std::string reason_text(Reason reason) {
  switch (reason) {
    case Reason::no_way:
      return "không có đường ra / no way out";
    case Reason::no_room:
      return "hết chỗ / no room in reach";
    case Reason::no_bus:
      return "không có xe buýt / no bus";
    case Reason::no_time:
      return "đường bị cắt trước / roads close first";
  }
  return "";
}

void add_summary(std::string& text, const PlannedEvacuation& made) {
  text += "Kế hoạch sơ tán / Evacuation plan\n";
  text += line("Số người / People", number(made.people));
  text += line("  bằng xe riêng / in their own vehicles", number(made.by_vehicle));
  text += line("  đi bộ / on foot", number(made.on_foot));
  text += line("  bằng xe buýt / by bus", number(made.by_bus));
  if (made.by_boat > 0) text += line("  bằng xuồng / by boat", number(made.by_boat));
  text += line("  chưa có cách đi / left behind", number(made.people_left()));
  if (made.staying > 0) {
    text += line("Không rời đi, theo kịch bản / Who stay, by the scenario", number(made.staying));
  }
  text += line("Sơ tán xong / Everyone is in after", clock(made.clearance_s));
  text += line("  bằng xe riêng / in their own vehicles", clock(made.road_clearance_s));
  if (made.plan.lower_bound_s > 0) {
    text +=
        line("  không thể nhanh hơn / which cannot be less than", clock(made.plan.lower_bound_s));
    text += line("  tỷ lệ / ratio", number(made.road_clearance_s / made.plan.lower_bound_s, 2));
  }
  if (made.prepared_s > 0) {
    text += line("  hầu hết số hộ sẵn sàng sau / most households are ready after",
                 clock(made.prepared_s));
  }
  if (made.preparing_takes_longer()) {
    text +=
        "    chuẩn bị lâu hơn đi đường: kế hoạch chỉ rút ngắn được ít, nên không quy định đường "
        "đi\n"
        "    và đợt đi / preparing takes longer than driving: there is little time that a plan\n"
        "    could save, so no ways and no waves are prescribed\n";
  }
  if (!made.plan.bound_without.empty()) {
    text += line("  không tính các nơi có thể mất đường / not counted: places that lose their way",
                 number(static_cast<double>(made.plan.bound_without.size())), 76);
  }
}

void add_shelters(std::string& text, const PlannedEvacuation& made, const World& world) {
  if (made.shelters.empty()) return;
  text +=
      "\nĐiểm sơ tán / Shelters                                     người/people   chỗ/room  "
      "đến/in\n";
  auto loads = made.shelters;
  std::ranges::stable_sort(loads, std::greater{}, &PlannedEvacuation::ShelterLoad::people);
  for (std::size_t i = 0; i < std::min(loads.size(), lines_shown); ++i) {
    const auto& one = loads[i];
    text += "  " + padded(world.entity_name({Kind::shelter, one.shelter}), 52) +
            padded(number(one.people), 12, true) + padded(number(one.room), 11, true) +
            padded(clock(one.last_s), 9, true) + (one.full() ? "  đầy / full" : "") + "\n";
  }
  text += more(loads.size());
}

void add_waves(std::string& text, const PlannedEvacuation& made) {
  if (made.waves.empty()) return;
  text += "\nĐợt xuất phát / Waves of departure\n";
  for (std::size_t i = 0; i < std::min(made.waves.size(), lines_shown); ++i) {
    text += line("  từ / from " + clock(made.waves[i].first), number(made.waves[i].second));
  }
  text += more(made.waves.size());
}

void add_buses(std::string& text, const PlannedEvacuation& made, const World& world) {
  if (made.plan.rounds.empty()) return;
  text += "\nXe buýt, xuồng / Buses, boats\n";
  for (std::size_t i = 0; i < std::min(made.plan.rounds.size(), lines_shown); ++i) {
    const auto& one = made.plan.rounds[i];
    text += line(
        "  " + world.entity_name(one.home) + " → " +
            world.entity_name({Kind::shelter, one.shelter}) + ", từ / from " + clock(one.starts_s),
        number(one.vehicles) + (one.vehicle == Mover::Kind::boat ? " xuồng × " : " xe × ") +
            number(one.trips),
        84);
  }
  text += more(made.plan.rounds.size());
}

void add_bottlenecks(std::string& text, const PlannedEvacuation& made, const World& world) {
  if (made.plan.lower_bound_s <= 0) return;
  text +=
      "\nChỗ nghẽn / What holds it up                                      xe/h, cars/h   "
      "đầy/full\n";
  for (std::size_t i = 0; i < std::min(made.bottlenecks.size(), lines_shown); ++i) {
    const auto& one = made.bottlenecks[i];
    text += "  " + padded(road_text(world, one.road), 60) +
            padded(number(one.capacity_vph), 16, true) +
            padded(number(100 * one.full_share) + " %", 11, true) + "\n";
  }
  text += more(made.bottlenecks.size());
  std::size_t too_small = 0;
  for (const auto& one : made.shelters) {
    if (!one.binds || ++too_small > lines_shown) continue;
    text += "  hết chỗ / no room left: " + world.entity_name({Kind::shelter, one.shelter}) + "\n";
  }
  text += more(too_small);
  if (made.bottlenecks.empty() && too_small == 0) {
    text += "  chỉ quãng đường / nothing but the length of the way\n";
  }
  if (made.plan.contraflow.empty()) return;
  text += "\nĐổi chiều / Turned round for contraflow\n";
  for (std::size_t i = 0; i < std::min(made.plan.contraflow.size(), lines_shown); ++i) {
    text += "  " + road_text(world, made.plan.contraflow[i]) + "\n";
  }
  text += more(made.plan.contraflow.size());
}

void add_closures(std::string& text, const PlannedEvacuation& made, const World& world) {
  if (made.last_departures.empty()) return;
  text +=
      "\nĐường bị cắt / Ways that close                          đi muộn nhất   kế hoạch   còn dư\n"
      "                                                        leave before    planned   margin\n";
  for (std::size_t i = 0; i < std::min(made.last_departures.size(), lines_shown); ++i) {
    const auto& one = made.last_departures[i];
    const std::string by = one.road == no_row ? "" : ": " + road_text(world, one.road);
    text += "  " + padded(world.entity_name(one.home) + by, 52) +
            padded(clock(one.last_s), 14, true) + padded(clock(one.planned_s), 11, true) +
            padded(clock(one.margin_s()), 9, true) + "\n";
  }
  text += more(made.last_departures.size());
}

void add_left(std::string& text, const PlannedEvacuation& made, const World& world) {
  if (made.left.empty()) return;
  std::map<Reason, std::uint32_t> sums;
  for (const auto& one : made.left) sums[one.reason] += one.people;
  text += "\nChưa có cách đi / Left behind\n";
  for (const auto& [reason, people] : sums) text += line(reason_text(reason), number(people));
  auto left = made.left;
  std::ranges::stable_sort(left, std::greater{}, &PlannedEvacuation::LeftBehind::people);
  for (std::size_t i = 0; i < std::min(left.size(), lines_shown); ++i) {
    text += line("  " + world.entity_name(left[i].home) + ": " + reason_text(left[i].reason),
                 number(left[i].people));
  }
  text += more(left.size());
}

}  // namespace

std::string evacuation_plan_text(const PlannedEvacuation& made, const World& world) {
  std::string text;
  add_summary(text, made);
  add_shelters(text, made, world);
  add_waves(text, made);
  add_buses(text, made, world);
  add_bottlenecks(text, made, world);
  add_closures(text, made, world);
  add_left(text, made, world);
  return text;
}

std::string ward_plan_text(const evacuation::WardPlan& made, const World& world) {
  if (made.wards.empty() && made.without_bed.empty() && made.by_bus == 0) return "";
  using evacuation::Need;
  const auto name = [&world](std::uint32_t hospital) {
    return world.entity_name({Kind::hospital, hospital});
  };
  std::string text = "Bệnh viện / Hospital wards\n";
  text += line("  đi bộ ra xe buýt / walk, and take the bus to a shelter", number(made.by_bus));
  text += line("  xe cứu thương / ambulances", number(made.ambulances));
  for (const auto& ward : made.wards) {
    const char* const who = ward.need == Need::wheelchair  ? "xe lăn / in wheelchairs"
                            : ward.need == Need::stretcher ? "cáng / on stretchers"
                                                           : "hồi sức / in intensive care";
    text += line("  " + name(ward.hospital) + " → " + name(ward.to) + ", " + who + ", " +
                     clock(ward.ready_s) + "–" + clock(ward.done_s),
                 number(ward.patients) + ", " + number(ward.trips) + " chuyến / trips", 100);
  }
  for (const auto& [hospital, patients] : made.without_bed) {
    text += line("  " + name(hospital) + ": không có giường / no bed for", number(patients));
  }
  return text;
}

}  // namespace kontwin
