#include "scenarios/traffic/demand/od_trips.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "twin/error.hpp"
#include "twin/random.hpp"

namespace kontwin::traffic {

namespace {

constexpr double hour_s = 3600;
constexpr std::uint32_t hours_a_day = 24;
/// Bits of a trip's number that count within its cell; then come the zones, then the hour.
constexpr unsigned count_bits = 20;
constexpr unsigned zone_bits = 19;

void check(const HourlyOd& od, std::span<const ZoneLinks> zones,
           const std::vector<VehicleType>& types, std::span<const TypeShare> shares) {
  if (zones.size() != od.zone.size()) {
    throw ScenarioError("trips: links of " + std::to_string(zones.size()) +
                        " zones for demand of " + std::to_string(od.zone.size()));
  }
  if (zones.size() >= std::size_t{1} << zone_bits) throw ScenarioError("trips: too many zones");
  double sum = 0;
  for (const TypeShare& one : shares) {
    if (one.type >= types.size() || !std::isfinite(one.share) || one.share < 0) {
      throw ScenarioError("trips: a share of a type that is not there, or below 0");
    }
    sum += one.share;
  }
  if (sum <= 0) throw ScenarioError("trips: no type of vehicle has a share");
  for (const OdHour& hour : od.hours) {
    if (hour.hour >= hours_a_day || hour.trips.origins != zones.size() ||
        hour.trips.destinations != zones.size()) {
      throw ScenarioError("trips: hour " + std::to_string(hour.hour) +
                          " is none, or has another number of zones");
    }
  }
}

std::uint32_t draw_type(std::span<const TypeShare> shares, RandomStream& random) {
  double sum = 0;
  for (const TypeShare& one : shares) sum += one.share;
  double left = random.uniform() * sum;
  for (const TypeShare& one : shares) {
    if (left < one.share) return one.type;
    left -= one.share;
  }
  return std::ranges::max_element(shares, {}, &TypeShare::share)->type;
}

std::uint32_t draw_link(std::span<const std::uint32_t> links, RandomStream& random) {
  return links[random.below(links.size())];
}

}  // namespace

TripTable draw_trips(const HourlyOd& od, std::span<const ZoneLinks> zones,
                     std::vector<VehicleType> types, std::span<const TypeShare> shares,
                     const OdTripOptions& options) {
  check(od, zones, types, shares);
  TripTable table;
  table.types = std::move(types);
  for (const OdHour& hour : od.hours) {
    const std::uint32_t after =
        (hour.hour + hours_a_day - options.first_hour % hours_a_day) % hours_a_day;
    for (std::uint64_t from = 0; from < zones.size(); ++from) {
      for (std::uint64_t to = 0; to < zones.size(); ++to) {
        const double wanted = hour.trips.at(from, to);
        if (wanted == 0) continue;
        const std::string cell = od.zone[from] + " to " + od.zone[to];
        if (!std::isfinite(wanted) || wanted < 0 || wanted >= 1U << count_bits) {
          throw ScenarioError("trips: those from " + cell + " are no number from 0 to 1048575");
        }
        if (zones[from].begin.empty() || zones[to].end.empty()) {
          throw ScenarioError("trips: those from " + cell + " have no link to begin or end at");
        }
        const std::uint64_t pair = (from << zone_bits) | to;
        RandomStream random(options.seed, pair, hour.hour);
        const double whole = std::floor(wanted);
        const auto count =
            static_cast<std::uint64_t>(whole) + (random.uniform() < wanted - whole ? 1 : 0);
        for (std::uint64_t i = 0; i < count; ++i) {
          TripRow trip;
          trip.number = (((std::uint64_t{hour.hour} << (2 * zone_bits)) | pair) << count_bits) | i;
          trip.depart = to_micros((after + random.uniform()) * hour_s);
          trip.type = draw_type(shares, random);
          trip.from_link = draw_link(zones[from].begin, random);
          trip.to_link = draw_link(zones[to].end, random);
          if (from == to && trip.to_link == trip.from_link) {
            const auto& ends = zones[to].end;
            const auto at = std::ranges::find(ends, trip.to_link) - ends.begin();
            trip.to_link = ends[static_cast<std::size_t>(at + 1) % ends.size()];
          }
          table.trips.push_back(trip);
        }
      }
    }
  }
  std::ranges::sort(table.trips, [](const TripRow& a, const TripRow& b) {
    return a.depart != b.depart ? a.depart < b.depart : a.number < b.number;
  });
  return table;
}

}  // namespace kontwin::traffic
