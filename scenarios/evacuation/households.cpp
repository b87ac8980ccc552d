#include "scenarios/evacuation/households.hpp"

#include <algorithm>
#include <cmath>

#include "twin/random.hpp"

namespace kontwin::evacuation {

namespace {

// Mean household of rural Kon Tum in the census of 2019.
constexpr double usual_household = 3.8;

enum Purpose : std::uint64_t { sizes = 201, household = 202 };

}  // namespace

std::vector<Household> households_of(std::uint32_t residence, std::uint64_t people,
                                     double households, const EvacuationOptions& options,
                                     std::uint64_t seed) {
  if (people == 0) return {};
  if (!(households >= 1)) households = static_cast<double>(people) / usual_household;
  const auto count =
      std::clamp<std::uint64_t>(static_cast<std::uint64_t>(std::llround(households)), 1, people);
  std::vector<Household> all(count);
  RandomStream deal(seed, residence, sizes);
  for (std::uint64_t left = people - count; left > 0; --left) ++all[deal.below(count)].people;
  for (std::uint64_t number = 0; number < count; ++number) {
    RandomStream random(seed, (std::uint64_t{residence} << 32U) | number, household);
    Household& one = all[number];
    one.willingness = random.uniform();
    one.delay_min =
        options.departure_median_min * std::exp(options.departure_sigma * random.normal());
    const double means = random.uniform();
    one.means = means < options.no_vehicle_share                       ? Means::on_foot
                : means < options.no_vehicle_share + options.car_share ? Means::car
                                                                       : Means::motorbike;
  }
  return all;
}

}  // namespace kontwin::evacuation
