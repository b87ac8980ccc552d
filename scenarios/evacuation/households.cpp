#include "scenarios/evacuation/households.hpp"

#include <algorithm>
#include <cmath>

#include "twin/random.hpp"

namespace kontwin::evacuation {

namespace {

// Mean household of rural Kon Tum in the census of 2019.
constexpr double usual_household = 3.8;

enum Purpose : std::uint64_t { sizes = 201, household = 202, member = 203, ward = 205 };

std::uint64_t key(std::uint32_t zone, std::uint64_t number) {
  return (std::uint64_t{zone} << 32U) | number;
}

/// Deals people out over `count` households at random, at least one each.
std::vector<Household> dealt(std::uint32_t zone, std::uint64_t people, std::uint64_t count,
                             std::uint64_t seed) {
  std::vector<Household> all(count);
  RandomStream deal(seed, zone, sizes);
  for (std::uint64_t left = people - count; left > 0; --left) ++all[deal.below(count)].people;
  for (std::uint64_t number = 0; number < count; ++number) {
    all[number].number = static_cast<std::uint32_t>(number);
  }
  return all;
}

std::uint64_t count_of(std::uint64_t people, double households) {
  return std::clamp<std::uint64_t>(static_cast<std::uint64_t>(std::llround(households)), 1, people);
}

}  // namespace

std::vector<Household> households_of(std::uint32_t zone, std::uint64_t people, double households,
                                     const EvacuationOptions& options, std::uint64_t seed) {
  if (people == 0) return {};
  if (!(households >= 1)) households = static_cast<double>(people) / usual_household;
  auto all = dealt(zone, people, count_of(people, households), seed);
  for (Household& one : all) {
    RandomStream random(seed, key(zone, one.number), household);
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

std::vector<Household> visitor_groups_of(std::uint32_t zone, std::uint64_t people,
                                         const EvacuationOptions& options, std::uint64_t seed) {
  if (people == 0) return {};
  auto all = dealt(zone, people,
                   count_of(people, static_cast<double>(people) / options.visitor_group), seed);
  for (Household& one : all) {
    RandomStream random(seed, key(zone, one.number), household);
    one.willingness = random.uniform();
    one.delay_min =
        options.visitor_departure_median_min * std::exp(options.departure_sigma * random.normal());
    const double means = random.uniform();
    const double by_coach = options.visitor_car_share + options.visitor_coach_share;
    one.means = means < options.visitor_car_share ? Means::car
                : means < by_coach                ? Means::coach
                                                  : Means::motorbike;
  }
  return all;
}

std::vector<Person> members_of(std::uint32_t zone, const Household& of,
                               const EvacuationOptions& options, std::uint64_t seed) {
  RandomStream random(seed, key(zone, of.number), member);
  std::vector<Person> all(of.people);
  // The first is not a child: the others make up for it, so that the shares hold over all.
  const auto count = static_cast<double>(of.people);
  const double child_share =
      of.people > 1 ? std::min(1.0, options.child_share * count / (count - 1)) : 0;
  const double old_of_grown = options.old_share / std::max(1e-9, 1 - options.child_share);
  for (std::uint32_t i = 0; i < of.people; ++i) {
    Person& one = all[i];
    one.zone = zone;
    one.household = of.number;
    const bool is_child = random.uniform() < child_share;
    const bool is_old = random.uniform() < std::min(1.0, old_of_grown);
    one.age = i > 0 && is_child ? Age::child : is_old ? Age::old : Age::adult;
    if (random.uniform() < options.wheelchair_share) one.need = Need::wheelchair;
  }
  std::ranges::stable_sort(all, [](const Person& a, const Person& b) {
    return a.need != b.need ? a.need > b.need : a.age > b.age;
  });
  return all;
}

std::vector<Household> patients_of(std::uint32_t zone, std::uint64_t people,
                                   const EvacuationOptions& options, std::uint64_t seed,
                                   std::vector<Need>& needs) {
  needs.clear();
  for (std::uint64_t number = 0; number < people; ++number) {
    RandomStream random(seed, key(zone, number), ward);
    double left = random.uniform();
    Need need = Need::intensive_care;
    if (left < options.ward_walking_share) {
      need = Need::none;
    } else if ((left -= options.ward_walking_share) < options.ward_wheelchair_share) {
      need = Need::wheelchair;
    } else if (left - options.ward_wheelchair_share < options.ward_stretcher_share) {
      need = Need::stretcher;
    }
    needs.push_back(need);
  }
  std::ranges::stable_sort(needs, [&options](Need a, Need b) {
    return options.ward_order == WardOrder::walking_first ? a < b : a > b;
  });
  std::vector<Household> all(people);
  double ready_min = 0;
  for (std::uint64_t number = 0; number < people; ++number) {
    ready_min += needs[number] == Need::intensive_care ? options.ward_intensive_ready_min
                                                       : options.ward_ready_min;
    all[number].number = static_cast<std::uint32_t>(number);
    all[number].means = Means::on_foot;
    all[number].delay_min = ready_min;
  }
  return all;
}

}  // namespace kontwin::evacuation
