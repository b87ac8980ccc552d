#include "scenarios/traffic/freight.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "scenarios/traffic/demand/gravity.hpp"
#include "scenarios/traffic/demand/od_trips.hpp"
#include "twin/schema.hpp"

namespace kontwin::traffic {

namespace {

constexpr std::array<double, 24> hourly_share{
    0.012, 0.010, 0.010, 0.014, 0.022, 0.036, 0.048, 0.058, 0.068, 0.072, 0.070, 0.056,
    0.046, 0.064, 0.070, 0.070, 0.066, 0.056, 0.044, 0.034, 0.026, 0.020, 0.016, 0.012};

constexpr double m2_per_ha = 10'000;

using Square = std::pair<long, long>;

/// The nearest junction that is within reach, by squares of the ground.
class Junctions {
 public:
  Junctions(const World& world, double reach_m) : world_(world), reach_m_(reach_m) {
    const auto& places = world.entities(Kind::junction).place;
    std::vector<std::uint8_t> used(places.size(), 0);
    for (std::uint32_t link = 0; link < world.roads().links(); ++link) {
      used[world.roads().from[link]] |= 1;
      used[world.roads().to[link]] |= 2;
    }
    for (std::uint32_t row = 0; row < places.size(); ++row) {
      if (used[row] == 3) rows_[square_of(places[row])].push_back(row);
    }
  }

  std::uint32_t nearest(LocalPoint place) const {
    const auto& places = world_.entities(Kind::junction).place;
    const auto [x, y] = square_of(place);
    std::uint32_t best = no_row;
    double least = reach_m_;
    for (long dx = -1; dx <= 1; ++dx) {
      for (long dy = -1; dy <= 1; ++dy) {
        const auto found = rows_.find({x + dx, y + dy});
        if (found == rows_.end()) continue;
        for (const std::uint32_t row : found->second) {
          const double away = distance_m(places[row], place);
          if (away < least) {
            least = away;
            best = row;
          }
        }
      }
    }
    return best;
  }

 private:
  Square square_of(LocalPoint place) const {
    return {std::lround(std::floor(place.x_m / reach_m_)),
            std::lround(std::floor(place.y_m / reach_m_))};
  }

  const World& world_;
  double reach_m_;
  std::map<Square, std::vector<std::uint32_t>> rows_;
};

/// Links that lorries may leave or reach a zone by.
ZoneLinks links_of(const FreightZone& zone, const Network& network) {
  ZoneLinks links;
  const auto open = [&network](std::uint32_t link) {
    return contains(network.allowed[link], VehicleKind::lorry);
  };
  std::ranges::copy_if(network.out_links(zone.junction), std::back_inserter(links.begin), open);
  std::ranges::copy_if(network.in_links(zone.junction), std::back_inserter(links.end), open);
  return links;
}

}  // namespace

double lorry_share_of_hour(std::uint32_t hour) { return hourly_share[hour % 24]; }

std::vector<FreightZone> freight_zones(const World& world, const FreightRates& rates,
                                       double square_m, double reach_m) {
  struct Sum {
    FreightZone zone;
    double heaviest = -1;
  };
  std::map<Square, Sum> sums;
  const auto add = [&](std::uint32_t junction, double harvest, double homes) {
    if (junction == no_row || !(harvest + homes > 0)) return;
    const LocalPoint place = world.entities(Kind::junction).place[junction];
    const Square square{std::lround(std::floor(place.x_m / square_m)),
                        std::lround(std::floor(place.y_m / square_m))};
    Sum& sum = sums[square];
    sum.zone.harvest += harvest;
    sum.zone.homes += homes;
    if (harvest + homes > sum.heaviest) {
      sum.heaviest = harvest + homes;
      sum.zone.junction = junction;
    }
  };
  const Junctions junctions(world, reach_m);
  const EntityTable& plots = world.entities(Kind::farm_plot);
  for (std::uint32_t row = 0; row < plots.size(); ++row) {
    const double area_m2 = plots.attribute(farm_plot_attribute::area_m2, row);
    const double crop = plots.attribute(farm_plot_attribute::crop, row);
    const bool known =
        area_m2 > 0 && crop >= 0 && crop < static_cast<double>(rates.tonnes_per_ha_year.size());
    if (!known) continue;
    const double tonnes =
        area_m2 / m2_per_ha * rates.tonnes_per_ha_year[static_cast<std::size_t>(crop)];
    add(junctions.nearest(plots.place[row]), tonnes / rates.tonnes_per_lorry / rates.days_per_year,
        0);
  }
  const EntityTable& homes = world.entities(Kind::residence);
  for (std::uint32_t row = 0; row < homes.size(); ++row) {
    const double households = homes.attribute(residence_attribute::households, row);
    add(world.junction_of({Kind::residence, row}), 0,
        households > 0 ? households * rates.trips_per_household_day : 0);
  }
  std::vector<FreightZone> zones;
  for (auto& [square, sum] : sums) {
    sum.zone.name = std::to_string(square.first) + "/" + std::to_string(square.second);
    zones.push_back(std::move(sum.zone));
  }
  return zones;
}

TripTable freight_trips(const std::vector<FreightZone>& zones, const Network& network,
                        const FreightOptions& options, std::vector<std::string>* left_out) {
  HourlyOd od;
  std::vector<ZoneLinks> links;
  std::vector<double> harvest, homes;
  std::vector<LocalPoint> places;
  for (const FreightZone& zone : zones) {
    ZoneLinks of = links_of(zone, network);
    if (of.begin.empty() || of.end.empty()) {
      if (left_out != nullptr) left_out->push_back(zone.name);
      continue;
    }
    links.push_back(std::move(of));
    od.zone.push_back(zone.name);
    harvest.push_back(zone.harvest);
    homes.push_back(zone.homes);
    places.push_back(network.junction_place[zone.junction]);
  }
  TripTable table;
  const auto standard = standard_vehicle_types();
  table.types.assign(standard.begin(), standard.end());
  const std::size_t count = links.size();
  if (!std::ranges::any_of(homes, [](double trips) { return trips > 0; })) return table;
  OdMatrix cost(count, count);
  for (std::size_t from = 0; from < count; ++from) {
    for (std::size_t to = 0; to < count; ++to) {
      cost.at(from, to) = distance_m(places[from], places[to]) / 1000;
    }
  }
  const OdMatrix loads = gravity_trips(cost, harvest, homes, 1 / options.mean_km);
  const OdMatrix others = gravity_trips(cost, homes, homes, 1 / options.mean_km);
  for (std::uint32_t hour = 0; hour < hourly_share.size(); ++hour) {
    OdHour of{hour, OdMatrix(count, count)};
    for (std::size_t from = 0; from < count; ++from) {
      for (std::size_t to = 0; to < count; ++to) {
        // The harvest there, and back empty.
        const double lorries = loads.at(from, to) + loads.at(to, from) + others.at(from, to);
        of.trips.at(from, to) = lorries * hourly_share[hour];
      }
    }
    od.hours.push_back(std::move(of));
  }
  const TypeShare lorries[] = {{static_cast<std::uint32_t>(VehicleKind::lorry), 1}};
  return draw_trips(od, links, std::move(table.types), lorries,
                    {.first_hour = options.first_hour, .seed = options.seed});
}

}  // namespace kontwin::traffic
