#include "scenarios/evacuation/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <unordered_map>

namespace kontwin::evacuation {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

}  // namespace

double time_of(std::span<const Timed> times, double people) {
  double done = 0;
  for (const Timed& one : times) {
    done += static_cast<double>(one.people);
    if (done >= people) return one.minutes;
  }
  return none;
}

Clearance detail::clearance_from(std::vector<Timed> times, Clearance counted) {
  std::ranges::sort(times, {}, &Timed::minutes);
  double sum_min = 0;
  for (const Timed& one : times) sum_min += one.minutes * static_cast<double>(one.people);
  const auto leaving = static_cast<double>(counted.leaving);
  const auto safe = static_cast<double>(counted.safe);
  const auto until = [&](double share) {
    return counted.leaving > 0 ? time_of(times, share * leaving) : none;
  };
  counted.half_min = until(0.5);
  counted.ninety_min = until(0.9);
  counted.ninety_five_min = until(0.95);
  counted.all_min = until(1);
  counted.mean_min = counted.safe > 0 ? sum_min / safe : none;
  counted.safe_p95_min = counted.safe > 0 ? time_of(times, 0.95 * safe) : none;
  return counted;
}

Clearance clearance_of_ordered(std::span<const EvacuationParty> parties) {
  return clearance_of(parties, [](const EvacuationParty& party) { return party.ordered; });
}

std::vector<ClearanceStep> clearance_curve(std::span<const EvacuationParty> parties,
                                           Duration step) {
  std::vector<std::pair<Instant, std::uint64_t>> left, safe;
  std::optional<Instant> first;
  std::optional<Instant> last;
  for (const EvacuationParty& party : parties) {
    if (party.told && (!first || *party.told < *first)) first = party.told;
    if (party.left) left.emplace_back(*party.left, party.people);
    if (party.safe_at) safe.emplace_back(*party.safe_at, party.people);
    for (const auto& moment : {party.left, party.safe_at}) {
      if (moment && (!last || *moment > *last)) last = moment;
    }
  }
  if (!first || !last || step <= Duration{0}) return {};
  std::ranges::sort(left);
  std::ranges::sort(safe);
  std::vector<ClearanceStep> curve;
  std::size_t out = 0;
  std::size_t in = 0;
  ClearanceStep now{*first, 0, 0};
  while (true) {
    while (out < left.size() && left[out].first <= now.at) now.left += left[out++].second;
    while (in < safe.size() && safe[in].first <= now.at) now.safe += safe[in++].second;
    curve.push_back(now);
    if (now.at >= *last) return curve;
    now.at += step;
  }
}

std::map<EvacueeFate, std::uint64_t> people_by_fate(std::span<const EvacuationParty> parties) {
  std::map<EvacueeFate, std::uint64_t> people;
  for (const EvacuationParty& party : parties) people[party.fate] += party.people;
  return people;
}

std::vector<std::uint64_t> people_by_hazard(std::span<const EvacuationParty> parties) {
  std::vector<std::uint64_t> people(7, 0);
  for (const EvacuationParty& party : parties) {
    people[std::min<std::size_t>(party.hazard_class, 6)] += party.people;
  }
  return people;
}

std::uint64_t needing_help_not_safe(std::span<const EvacuationParty> parties) {
  std::uint64_t people = 0;
  for (const EvacuationParty& party : parties) {
    if (party.fate != EvacueeFate::safe) people += party.needing_help;
  }
  return people;
}

std::vector<double> margins_min(const EvacuationRecord& record) {
  std::unordered_map<EntityRef, Instant> last;
  for (const EvacuationParty& party : record.parties) {
    const bool drove = party.mode == EvacuationMode::motorbike || party.mode == EvacuationMode::car;
    if (!party.left || !drove) continue;
    const auto [found, added] = last.try_emplace(party.home, *party.left);
    if (!added) found->second = std::max(found->second, *party.left);
  }
  std::vector<double> margins;
  for (const EvacuatedZone& zone : record.zones) {
    const auto found = last.find(zone.place);
    margins.push_back(zone.cut && found != last.end() ? to_seconds(*zone.cut - found->second) / 60
                                                      : none);
  }
  return margins;
}

Instant first_order(const EvacuationRecord& record, Instant otherwise) {
  std::optional<Instant> first;
  for (const EvacuatedZone& zone : record.zones) {
    if (zone.ordered) first = first ? std::min(*first, *zone.ordered) : *zone.ordered;
  }
  return first.value_or(otherwise);
}

double gap_to_bound(const EvacuationRecord& record) {
  if (!(record.lower_bound_s > 0)) return none;
  std::optional<Instant> first;
  std::optional<Instant> last;
  for (const EvacuationParty& party : record.parties) {
    if (!party.ordered || party.fate == EvacueeFate::stayed) continue;
    if (party.fate != EvacueeFate::safe || !party.told || !party.safe_at) return none;
    first = first ? std::min(*first, *party.told) : *party.told;
    last = last ? std::max(*last, *party.safe_at) : *party.safe_at;
  }
  return first ? to_seconds(*last - *first) / record.lower_bound_s : none;
}

}  // namespace kontwin::evacuation
