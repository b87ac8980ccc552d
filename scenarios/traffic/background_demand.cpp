#include "scenarios/traffic/background_demand.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "scenarios/traffic/freight.hpp"
#include "twin/random.hpp"

namespace kontwin::traffic {

namespace {

/// Share of the day's trips that start in each hour of Vietnam's time: the early peak of schools,
/// fields and offices, a lower one at noon and one in the late afternoon.
constexpr std::array<double, 24> hourly_share{
    0.004, 0.002, 0.002, 0.004, 0.014, 0.042, 0.088, 0.095, 0.062, 0.050, 0.054, 0.066,
    0.046, 0.056, 0.050, 0.058, 0.080, 0.086, 0.056, 0.036, 0.024, 0.014, 0.007, 0.004};

constexpr double cell_m = 2000;

/// Of those that are no motorbikes, over a day.
constexpr double bus_share = 0.05, lorry_share_of_day = 0.35;
/// No hour is one of lorries alone.
constexpr double most_lorries = 0.8;

std::uint32_t hour_of(Instant at) {
  const double since_midnight_s =
      std::fmod(to_seconds(at.time_since_epoch()) + 7 * 3600, 24 * 3600.0);
  return static_cast<std::uint32_t>(since_midnight_s / 3600) % 24;
}

double profile_per_second(Instant at) { return hourly_share[hour_of(at)] / 3600; }

/// Lorries drive evenly through the working day, when people drive at its ends.
double lorry_share(Instant at) {
  const std::uint32_t hour = hour_of(at);
  return std::min(most_lorries,
                  lorry_share_of_day * lorry_share_of_hour(hour) / hourly_share[hour]);
}

/// How strongly a kind of place draws trips, by one of its attributes; per unit of it.
struct Draw {
  Kind kind;
  std::size_t attribute;
  double weight;
};
constexpr std::array draws{
    Draw{Kind::residence, residence_attribute::people, 0.3},
    Draw{Kind::hospital, hospital_attribute::beds, 4},
    Draw{Kind::school, school_attribute::pupils, 0.5},
    Draw{Kind::tourist_site, tourist_site_attribute::capacity, 0.2},
    Draw{Kind::lodging, lodging_attribute::rooms, 1},
};
constexpr double office_weight = 100;

enum Purpose : std::uint64_t { trip_times = 101, trip_details = 102 };

}  // namespace

BackgroundDemand::BackgroundDemand(const World& world, const TrafficOptions& options,
                                   std::uint64_t seed, Instant start)
    : options_(options), seed_(seed), start_(start) {
  if (options_.background_trips_per_person_day <= 0) return;
  choose_destinations(world);
  if (destinations_.size() < 2) return;
  const EntityTable& residences = world.entities(Kind::residence);
  const std::vector<LocalPoint>& places = world.entities(Kind::junction).place;
  for (std::uint32_t row = 0; row < residences.size(); ++row) {
    const std::uint32_t junction = world.junction_of({Kind::residence, row});
    if (junction == no_row) continue;
    double sum = 0;
    for (std::size_t i = 0; i < destinations_.size(); ++i) {
      const double km = distance_m(places[junction], places[destinations_[i]]) / 1000;
      // Within its own place nobody needs a road.
      if (destinations_[i] != junction) sum += weight_[i] * std::exp(-km / options_.mean_trip_km);
      cumulative_.push_back(sum);
    }
    RandomStream random(seed_, row, trip_times);
    homes_.push_back({row, junction, 0, random.exponential(1), 0});
  }
}

void BackgroundDemand::choose_destinations(const World& world) {
  std::map<std::uint32_t, double> by_junction;
  const auto add = [&](Kind kind, std::uint32_t row, double weight) {
    const std::uint32_t junction = world.junction_of({kind, row});
    if (junction != no_row && weight > 0) by_junction[junction] += weight;
  };
  for (const Draw& draw : draws) {
    const EntityTable& table = world.entities(draw.kind);
    for (std::uint32_t row = 0; row < table.size(); ++row) {
      add(draw.kind, row, draw.weight * table.attribute(draw.attribute, row));
    }
  }
  for (std::uint32_t row = 0; row < world.entities(Kind::office).size(); ++row) {
    add(Kind::office, row, office_weight);
  }

  // One destination a cell of the map, at its heaviest junction, so that the heaviest cells cover
  // towns as well as communes.
  struct Cell {
    double weight = 0, heaviest = 0;
    std::uint32_t junction = no_row;
  };
  std::map<std::pair<long, long>, Cell> cells;
  const std::vector<LocalPoint>& places = world.entities(Kind::junction).place;
  const bool few = by_junction.size() <= static_cast<std::size_t>(options_.destinations);
  const double size_m = few ? 1 : cell_m;
  for (const auto& [junction, weight] : by_junction) {
    const LocalPoint place = places[junction];
    Cell& cell = cells[{std::lround(place.x_m / size_m), std::lround(place.y_m / size_m)}];
    cell.weight += weight;
    if (weight > cell.heaviest) {
      cell.heaviest = weight;
      cell.junction = junction;
    }
  }
  std::vector<Cell> chosen;
  for (const auto& [key, cell] : cells) chosen.push_back(cell);
  std::ranges::sort(chosen, [](const Cell& a, const Cell& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.junction < b.junction;
  });
  chosen.resize(std::min(chosen.size(), static_cast<std::size_t>(options_.destinations)));
  for (const Cell& cell : chosen) {
    destinations_.push_back(cell.junction);
    weight_.push_back(cell.weight);
  }
}

void BackgroundDemand::depart(Instant from, Instant to, double factor,
                              std::span<const double> people_home,
                              std::span<const double> home_factor,
                              std::vector<Departure>& departures) {
  const double length_s = to_seconds(to - from);
  const double per_person = options_.background_trips_per_person_day *
                            profile_per_second(from + (to - from) / 2) * length_s *
                            std::max(0.0, factor);
  const double lorries = lorry_share(from + (to - from) / 2);
  const auto begin = std::chrono::duration_cast<std::chrono::microseconds>(from - start_).count();
  const std::size_t count = destinations_.size();
  for (std::size_t home_index = 0; home_index < homes_.size(); ++home_index) {
    Home& home = homes_[home_index];
    const double people = people_home[home.row];
    const double scale = home_factor.empty() ? 1 : home_factor[home.row];
    const double expected = per_person * scale * (people > 0 ? people : 0);
    while (home.next < home.trips + expected) {
      const double share = (home.next - home.trips) / expected;
      Departure trip;
      trip.at = begin + static_cast<Micros>(share * length_s * micros_per_second);
      trip.number = (std::uint64_t{home.row} << 32U) | home.made++;
      trip.from_junction = home.junction;
      RandomStream random(seed_, trip.number, trip_details);
      home.next += random.exponential(1);
      const auto cumulative = std::span(cumulative_).subspan(home_index * count, count);
      const double pick = random.uniform() * cumulative.back();
      const auto place = std::ranges::upper_bound(cumulative, pick) - cumulative.begin();
      trip.to.row = destinations_[std::min(static_cast<std::size_t>(place), count - 1)];
      const double kind = random.uniform();
      // Of those that are no motorbikes: cars, a few buses, lorries.
      const double other = (kind - options_.motorbike_share) / (1 - options_.motorbike_share);
      const VehicleKind drives = kind < options_.motorbike_share   ? VehicleKind::motorbike
                                 : other < 1 - bus_share - lorries ? VehicleKind::car
                                 : other < 1 - lorries             ? VehicleKind::bus
                                                                   : VehicleKind::lorry;
      // The standard types are in the order of the kinds.
      trip.type = static_cast<std::uint32_t>(drives);
      trip.informed = random.uniform() < options_.informed_share;
      if (trip.to.row != trip.from_junction) departures.push_back(trip);
    }
    home.trips += expected;
  }
}

}  // namespace kontwin::traffic
