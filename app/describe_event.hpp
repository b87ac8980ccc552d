#pragma once

#include <span>
#include <string>
#include <vector>

#include "twin/event.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// An event as a line for people: `03:00 18/11/2025  BÁO ĐỘNG 1  Kon Tum (Đăk Bla)`.
std::string describe_event(const World& world, const Event& event);
/// The same with a mark for its severity: `‼` an alarm, `!` a warning, nothing a notice.
std::string marked_event(const World& world, const Event& event);
/// A line for each event, but one line for more than three that differ in the entity alone and
/// follow each other: `11 × Trường học / School: đóng / closed`.
std::vector<std::string> marked_events(const World& world, std::span<const Event> events);
/// Prints warnings and alarms; notices are left to the log.
void print_event(const World& world, const Event& event);

}  // namespace kontwin
