#include "io/traffic/sumo_stops.hpp"

#include <algorithm>
#include <array>

#include "io/traffic/sumo_flow.hpp"

namespace kontwin::traffic {

namespace {

constexpr std::array<std::string_view, 4> kinds_of_place{"busStop", "parkingArea", "containerStop",
                                                         "chargingStation"};
/// Longer than any day that is driven.
constexpr double longest_s = 30 * 86400.0;

}  // namespace

bool SumoStops::define(const XmlElement& element) {
  const auto kind = std::ranges::find(kinds_of_place, element.name());
  const bool train = element.is("trainStop");
  if (kind == kinds_of_place.end() && !train) return false;
  Place place;
  place.lane = element.required_text("lane");
  place.end_m = element.number("endPos");
  place.in_bay = element.is("parkingArea");
  places_.insert_or_assign(std::string(element.required_text("id")), std::move(place));
  return true;
}

std::optional<std::uint32_t> SumoStops::link_of(std::string_view lane) const {
  const std::size_t bar = lane.rfind('_');
  return network_.find_link(lane.substr(0, bar));
}

std::optional<Halt> SumoStops::read(const XmlElement& element, std::vector<std::string>& names,
                                    std::string& fault) {
  Place place;
  std::string id;
  for (const std::string_view kind : kinds_of_place) {
    if (!element.text(kind).empty()) id = element.text(kind);
  }
  if (!id.empty()) {
    const auto found = places_.find(id);
    if (found == places_.end()) {
      fault = "its stop '" + id + "' is not there";
      return std::nullopt;
    }
    if (found->second.name == no_row) {
      found->second.name = static_cast<std::uint32_t>(names.size());
      names.push_back(id);
    }
    place = found->second;
  } else {
    const std::string_view edge = element.text("edge");
    place.lane = edge.empty() ? std::string(element.text("lane")) : std::string(edge) + "_0";
    place.end_m = element.number("endPos");
  }
  const auto link = link_of(place.lane);
  if (!link) {
    fault = "the lane '" + place.lane + "' of its stop is not in the network";
    return std::nullopt;
  }
  Halt halt;
  halt.link = *link;
  halt.stop = place.name;
  const double length_m = network_.length_m[*link];
  double end_m = place.end_m.value_or(length_m);
  if (end_m < 0) end_m += length_m;  // counted from the end
  halt.along = static_cast<float>(std::clamp(end_m / length_m, 0.0, 1.0));
  const std::string_view parking = element.text("parking");
  halt.in_bay = place.in_bay || parking == "true" || parking == "1" || parking == "opportunistic";
  const auto moment = [&](std::string_view attribute) -> std::optional<Micros> {
    const std::string_view text = element.text(attribute);
    if (text.empty()) return std::nullopt;
    const auto at = to_seconds(text);
    if (!at || *at < 0 || *at > longest_s) {
      fault = "'" + std::string(text) + "' in '" + std::string(attribute) +
              "' of its stop is no moment";
      return std::nullopt;
    }
    return to_micros(*at);
  };
  halt.dwell = moment("duration").value_or(0);
  if (const auto until = moment("until")) halt.not_before = halt.planned_departure = *until;
  if (const auto arrival = moment("arrival")) halt.planned_arrival = *arrival;
  if (!fault.empty()) return std::nullopt;
  if (halt.dwell == 0 && halt.not_before == 0 && element.text("duration").empty()) {
    fault = "its stop has neither a duration nor a moment that it lasts until";
    return std::nullopt;
  }
  return halt;
}

bool SumoStops::place(const std::vector<Halt>& halts, std::span<const std::uint32_t> route,
                      std::vector<Halt>& table) {
  const std::size_t before = table.size();
  std::size_t leg = 0;
  float along = 0;
  for (Halt halt : halts) {
    // Farther on in the same link, or on the next one of the route that is the stop's.
    if (leg < route.size() && route[leg] == halt.link && halt.along < along) ++leg;
    while (leg < route.size() && route[leg] != halt.link) ++leg;
    if (leg == route.size()) {
      table.resize(before);
      return false;
    }
    halt.leg = static_cast<std::uint32_t>(leg);
    along = halt.along;
    table.push_back(halt);
  }
  return true;
}

}  // namespace kontwin::traffic
