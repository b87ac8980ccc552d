#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/traffic/demand/trip_table.hpp"
#include "scenarios/traffic/network/network.hpp"
#include "twin/world.hpp"

namespace kontwin::traffic {

/// How many lorries sites make.
struct FreightRates {
  /// Harvest of a hectare and year by crop, tonnes, in the order of the attribute: coffee, rubber,
  /// rice, cassava, fruit, vegetables and flowers, ginseng. The first four are Vietnam's mean
  /// yields of 2022 (General Statistics Office), rounded; the others are estimates.
  std::array<double, 7> tonnes_per_ha_year{2.9, 1.8, 6.0, 20, 15, 20, 1};
  double tonnes_per_lorry = 5;  ///< an estimate for the two-axle lorries of farm roads
  double days_per_year = 300;   ///< on which lorries drive
  /// Trips of lorries with six tyres or more that begin at a household in a day, and as many that
  /// end there: half of the 0.099 single-unit and 0.038 combination trip ends of the Quick Response
  /// Freight Manual (Federal Highway Administration 1996, table 4.1), which counted in Phoenix. It
  /// stands for the shops and works around the homes, too, which a world does not list.
  double trips_per_household_day = (0.099 + 0.038) / 2;
};

/// Sites close together, seen as one.
struct FreightZone {
  std::string name;
  std::uint32_t junction = no_row;  ///< that leads to the site with the most lorries
  double harvest = 0;  ///< loads that leave farm plots in a day; each lorry comes empty
  double homes = 0;    ///< other trips that begin in a day, and as many that end
};

/// The sites of a world by squares of `square_m`: farm plots send their harvest, homes receive it
/// and make the other trips; both by the nearest junction. Squares without lorries are left out, as
/// are plots farther than `reach_m` from any junction. A world lists no markets and works.
std::vector<FreightZone> freight_zones(const World& world, const FreightRates& rates = {},
                                       double square_m = 5000, double reach_m = 5000);

struct FreightOptions {
  /// How far loads go, by the mean of the exponential decay of a gravity model (Wilson 1967), in
  /// kilometres as the crow flies.
  double mean_km = 30;
  std::uint32_t first_hour = 0;  ///< the hour of the day at which the simulation starts
  std::uint64_t seed = 1;
};

/// The lorry trips of a day by doubly constrained gravity models: the harvest to zones by their
/// homes and the lorries empty back, and the trips of homes among each other; spread over the hours
/// by lorry_share_of_hour. `network`: that of the world, its junctions in their rows. Zones that no
/// lorry can leave or reach are left out and named in `left_out`. Empty where there are no homes.
TripTable freight_trips(const std::vector<FreightZone>& zones, const Network& network,
                        const FreightOptions& options = {},
                        std::vector<std::string>* left_out = nullptr);

/// Share of a day's lorries that start in an hour of the day, 0 to 23: an even working day with a
/// dip at noon, and some at night. Synthetic.
double lorry_share_of_hour(std::uint32_t hour);

}  // namespace kontwin::traffic
