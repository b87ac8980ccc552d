#include "app/describe_event.hpp"

#include <spdlog/spdlog.h>

#include <cmath>
#include <cstdio>

#include "twin/number_text.hpp"

namespace kontwin {

namespace {

/// A value with as many decimals as it has, two at most.
std::string value_text(double value, Language language) {
  const auto whole = [](double scaled) { return std::abs(scaled - std::round(scaled)) < 1e-6; };
  return number_text(value, whole(value) ? 0 : whole(value * 10) ? 1 : 2, language);
}

std::string_view mark_of(Severity severity) {
  return severity == Severity::alarm ? "  ‼ " : severity == Severity::warning ? "  ! " : "    ";
}

/// The name of an entity with its kind before it, unless the name says the kind already.
std::string titled(const World& world, EntityRef entity) {
  const std::string& name = world.entity_name(entity);
  const std::string_view kind = names_of(entity.kind).vietnamese;
  if (name.starts_with(kind.substr(0, kind.find(' ')))) return name;
  return std::string(kind) + " " + name;
}

std::string what_happened(const Event& event) {
  const std::string value = value_text(event.value, Language::vietnamese);
  const std::string in_english = value_text(event.value, Language::english);
  switch (event.type) {
    case EventType::alarm_level_changed:
      return event.value > 0 ? "BÁO ĐỘNG " + value + " / alarm level " + in_english
                             : "hết báo động / alarm over";
    case EventType::water_depth_crossed:
      return "ngập " + value + " m / water " + in_english + " m deep";
    case EventType::slope_level_changed:
      return "nguy cơ sạt lở cấp " + value + " / landslide warning " + in_english;
    case EventType::debris_changed:
      return event.value > 0 ? "đất đá, vật trôi chắn đường / blocked by debris"
                             : "đã dọn đất đá / debris cleared";
    case EventType::open_changed:
      return event.value > 0 ? "mở lại / opened" : "đóng / closed";
    case EventType::cut_off_changed:
      return event.value > 0 ? "bị cô lập / cut off" : "đã thông / reachable again";
    case EventType::working_changed:
      return event.value > 0 ? "hoạt động lại / works again" : "ngừng hoạt động / out of order";
    case EventType::sensor_stale:
      return "mất tín hiệu / no data";
    case EventType::sensor_recovered:
      return "có tín hiệu lại / data again";
    case EventType::evacuation_ordered:
      return "lệnh sơ tán " + value + " người / " + in_english + " people ordered to leave";
    case EventType::shelter_full:
      return "đã đầy (" + value + ") / full";
    case EventType::vehicles_swept_off:
      return "nước cuốn " + value + " xe / water swept off " + in_english + " vehicles";
    case EventType::queue_spilled_back:
      return "ùn tắc " + value + " xe / queue of " + in_english;
    case EventType::level_above_full:
      if (event.value < 0.005) return "đạt mực nước dâng bình thường / at its full level";
      return "cao hơn mực nước dâng bình thường " + value + " m / " + in_english +
             " m above its full level";
    case EventType::actor_restarted:
      return "khởi động lại / restarted";
    case EventType::edit_applied:
      return "thực hiện can thiệp / edit made";
  }
  return std::string(name_of(event.type));
}

}  // namespace

std::string describe_event(const World& world, const Event& event) {
  return format_local(event.at) + "  " + titled(world, event.entity) + ": " + what_happened(event);
}

std::string marked_event(const World& world, const Event& event) {
  return std::string(mark_of(event.severity)) + describe_event(world, event);
}

std::vector<std::string> marked_events(const World& world, std::span<const Event> events) {
  constexpr std::size_t most_alike = 3;
  const auto alike = [](const Event& a, const Event& b) {
    return a.entity.kind == b.entity.kind && a.type == b.type && a.at == b.at &&
           a.severity == b.severity && a.value == b.value;
  };
  std::vector<std::string> lines;
  for (auto first = events.begin(); first != events.end();) {
    auto last = first;
    while (last != events.end() && alike(*first, *last)) ++last;
    const auto count = static_cast<std::size_t>(last - first);
    if (count <= most_alike) {
      for (; first != last; ++first) lines.push_back(marked_event(world, *first));
    } else {
      const KindNames& kind = names_of(first->entity.kind);
      lines.push_back(std::string(mark_of(first->severity)) + format_local(first->at) + "  " +
                      std::to_string(count) + " × " + std::string(kind.vietnamese) + " / " +
                      std::string(kind.english) + ": " + what_happened(*first));
    }
    first = last;
  }
  return lines;
}

void print_event(const World& world, const Event& event) {
  if (event.severity == Severity::notice) {
    spdlog::debug("{}", describe_event(world, event));
    return;
  }
  std::printf("%s\n", marked_event(world, event).c_str());
  std::fflush(stdout);
}

}  // namespace kontwin
