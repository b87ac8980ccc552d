#include "scenarios/evacuation/plan/ward_plan.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/households.hpp"
#include "scenarios/evacuation/plan/bus_rounds.hpp"
#include "scenarios/evacuation/plan/road_plan_network.hpp"
#include "scenarios/evacuation/plan/shelter_allocation.hpp"
#include "scenarios/evacuation/zones.hpp"
#include "scenarios/traffic/demand/vehicle_type.hpp"

namespace kontwin::evacuation {

namespace {

/// Those of a hospital who need the same, as they get ready.
struct Leaving {
  std::uint32_t hospital = 0;
  Need need = Need::none;
  std::uint32_t patients = 0;
  double first_s = 0, last_s = 0;
};

std::vector<Leaving> wards_of(std::uint32_t zone, const Zone& place, double ordered_s,
                              const PlanOptions& options) {
  std::vector<Leaving> wards;
  std::vector<Need> needs;
  const auto patients = patients_of(zone, place.at_start, options.households, options.seed, needs);
  for (std::size_t i = 0; i < patients.size(); ++i) {
    const double ready_s = ordered_s + patients[i].delay_min * 60;
    if (wards.empty() || wards.back().need != needs[i]) {
      wards.push_back({place.place.row, needs[i], 0, ready_s, ready_s});
    }
    ++wards.back().patients;
    wards.back().last_s = ready_s;
  }
  return wards;
}

/// Beds that nobody lies in, of hospitals that stay. [hospital]
std::vector<std::uint32_t> free_beds(const World& world, const StateTable& state,
                                     std::span<const OrderedHome> leaving,
                                     const EvacuationOptions& options) {
  const EntityTable& table = world.entities(Kind::hospital);
  const auto patients = state.column(Kind::hospital, hospital_column::patients);
  const auto diverting = state.column(Kind::hospital, hospital_column::diverting);
  std::vector<std::uint32_t> free(table.size(), 0);
  for (std::uint32_t row = 0; row < free.size(); ++row) {
    const double beds = table.attribute(hospital_attribute::beds, row);
    const double taken = patients[row] >= 0 ? patients[row] : beds * options.hospital_occupancy;
    if (beds > taken && diverting[row] != 1) {
      free[row] = static_cast<std::uint32_t>(std::llround(beds) - std::llround(taken));
    }
  }
  for (const OrderedHome& one : leaving) free[one.place.row] = 0;
  return free;
}

/// From each hospital to each other by ambulance. [from][to]
std::vector<std::vector<double>> ways(const World& world, const StateTable& state,
                                      std::span<const std::uint32_t> from,
                                      const PlanOptions& options) {
  const std::size_t hospitals = world.entities(Kind::hospital).size();
  std::vector<std::uint32_t> ends;
  for (std::uint32_t row = 0; row < hospitals; ++row) {
    ends.push_back(world.junction_of({Kind::hospital, row}));
  }
  using traffic::VehicleKind;
  const double speed_mps =
      traffic::standard_vehicle_types()[static_cast<std::size_t>(VehicleKind::ambulance)]
          .top_speed_mps;
  const RoadPlanNetwork roads = road_plan_network(world, state, ends,
                                                  {.kinds = traffic::bit_of(VehicleKind::ambulance),
                                                   .slowest_mps = speed_mps,
                                                   .fastest_mps = speed_mps,
                                                   .closes_s = options.closes_s});
  const Incidence in(roads.timed, Incidence::Side::in);
  std::vector<std::vector<double>> way_s(hospitals);
  for (auto& of_one : way_s) of_one.assign(hospitals, never_s);
  for (std::uint32_t to = 0; to < hospitals; ++to) {
    const std::uint32_t goal = roads.end_at(ends[to]);
    if (goal == no_row) continue;
    const auto times = free_times_to(roads.timed, in, std::span(&goal, 1));
    for (const std::uint32_t row : from) {
      const std::uint32_t node = roads.start_at(ends[row]);
      if (node != no_row) way_s[row][to] = times[node];
    }
  }
  return way_s;
}

}  // namespace

std::vector<EvacuationPlan::Ward> WardPlan::orders() const {
  std::vector<EvacuationPlan::Ward> all;
  for (const Ward& one : wards) all.push_back({one.hospital, one.need, one.patients, one.to});
  return all;
}

WardPlan plan_wards(const World& world, const StateTable& state,
                    std::span<const OrderedHome> hospitals, const PlanOptions& options) {
  WardPlan made;
  std::vector<Leaving> leaving;
  std::vector<std::uint32_t> from;
  const std::vector<Zone> zones = zones_of(world, state, options.households);
  for (const OrderedHome& hospital : hospitals) {
    const auto zone = std::ranges::find(zones, hospital.place, &Zone::place);
    if (zone == zones.end()) continue;  // nobody is there
    from.push_back(hospital.place.row);
    for (const Leaving& ward : wards_of(static_cast<std::uint32_t>(zone - zones.begin()), *zone,
                                        hospital.ordered_s, options)) {
      if (ward.need == Need::none) {
        made.by_bus += ward.patients;
      } else {
        leaving.push_back(ward);
      }
    }
  }
  const auto way_s = ways(world, state, from, options);
  std::vector<std::uint32_t> people;
  people.reserve(leaving.size());
  for (const Leaving& ward : leaving) people.push_back(ward.patients);
  std::vector<double> weighed_s;
  const ShelterAllocation beds =
      allocate_shelters(people, free_beds(world, state, hospitals, options.households),
                        [&](std::uint32_t ward) -> std::span<const double> {
                          // The worse off, the nearer.
                          const auto weight = static_cast<double>(leaving[ward].need);
                          weighed_s.clear();
                          for (const double s : way_s[leaving[ward].hospital])
                            weighed_s.push_back(weight * s);
                          return weighed_s;
                        });
  for (std::size_t ward = 0; ward < beds.left.size(); ++ward) {
    if (beds.left[ward] == 0) continue;
    const std::uint32_t hospital = leaving[ward].hospital;
    if (made.without_bed.empty() || made.without_bed.back().first != hospital) {
      made.without_bed.emplace_back(hospital, 0);
    }
    made.without_bed.back().second += beds.left[ward];
  }
  std::vector<BusDemand> demands;
  std::uint32_t trips = 0;
  for (const Allotment& one : beds.allotments) {
    const Leaving& ward = leaving[one.group];
    const double one_way_s = way_s[ward.hospital][one.shelter];
    const std::uint32_t berths = one.people * berths_of(ward.need);
    demands.push_back({berths, one_way_s, ward.first_s});
    trips += (berths + ambulance_berths - 1) / ambulance_berths;
    // However many ambulances there are, the last of them is not ready before.
    made.wards.push_back({ward.hospital, ward.need, one.people, one.shelter, 0, ward.first_s,
                          ward.last_s + one_way_s + 2 * options.boarding_min * 60});
  }
  made.ambulances = std::min(options.households.ambulances.value_or(trips), trips);
  const auto shifts = plan_bus_rounds(demands, {.buses = made.ambulances,
                                                .places = ambulance_berths,
                                                .boarding_s = options.boarding_min * 60});
  for (const BusShift& shift : shifts) {
    WardPlan::Ward& ward = made.wards[shift.demand];
    ward.trips += shift.buses * shift.rounds;
    ward.done_s = std::max(ward.done_s, shift.done_s);
  }
  for (const WardPlan::Ward& ward : made.wards) made.done_s = std::max(made.done_s, ward.done_s);
  return made;
}

}  // namespace kontwin::evacuation
