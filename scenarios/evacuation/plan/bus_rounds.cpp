#include "scenarios/evacuation/plan/bus_rounds.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <queue>
#include <tuple>

#include "twin/error.hpp"

namespace kontwin::evacuation {

std::vector<BusShift> plan_bus_rounds(std::span<const BusDemand> demands, const BusFleet& fleet) {
  if (fleet.places == 0) throw ScenarioError("bus rounds: a bus without places");
  if (!(fleet.boarding_s >= 0)) throw ScenarioError("bus rounds: boarding_s has to be 0 or more");
  if (fleet.buses == 0) return {};
  struct Trip {
    double way_s, ready_s;
    std::uint32_t demand;
  };
  std::vector<Trip> trips;
  for (std::uint32_t number = 0; number < demands.size(); ++number) {
    const BusDemand& demand = demands[number];
    if (!(demand.way_s >= 0) || std::isinf(demand.way_s)) {
      throw ScenarioError("bus rounds: a way without a length");
    }
    trips.insert(trips.end(), (demand.people + fleet.places - 1) / fleet.places,
                 {demand.way_s, demand.ready_s, number});
  }
  std::ranges::stable_sort(trips, [](const Trip& a, const Trip& b) {
    return a.ready_s != b.ready_s ? a.ready_s < b.ready_s : a.way_s > b.way_s;
  });

  struct Bus {
    double free_s;
    std::uint32_t number;
    bool operator<(const Bus& other) const {
      return free_s != other.free_s ? free_s > other.free_s : number > other.number;
    }
  };
  std::priority_queue<Bus> free;
  for (std::uint32_t bus = 0; bus < fleet.buses; ++bus) free.push({0, bus});
  std::vector<std::vector<BusShift>> of_bus(fleet.buses);
  for (const Trip& trip : trips) {
    const Bus bus = free.top();
    free.pop();
    std::vector<BusShift>& shifts = of_bus[bus.number];
    const double starts_s = std::max(bus.free_s, trip.ready_s - trip.way_s);
    const double done_s = starts_s + 2 * trip.way_s + 2 * fleet.boarding_s;
    if (!shifts.empty() && shifts.back().demand == trip.demand) {
      ++shifts.back().rounds;
      shifts.back().done_s = done_s;
    } else {
      shifts.push_back({trip.demand, 1, 1, starts_s, done_s});
    }
    free.push({done_s, bus.number});
  }
  std::map<std::tuple<std::uint32_t, double, std::uint32_t>, BusShift> same;
  for (const auto& shifts_of_one : of_bus) {
    for (const BusShift& shift : shifts_of_one) {
      const auto [at, is_new] =
          same.try_emplace({shift.demand, shift.starts_s, shift.rounds}, shift);
      if (!is_new) ++at->second.buses;
    }
  }
  std::vector<BusShift> shifts;
  for (const auto& [key, shift] : same) shifts.push_back(shift);
  return shifts;
}

}  // namespace kontwin::evacuation
