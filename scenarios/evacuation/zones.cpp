#include "scenarios/evacuation/zones.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "twin/error.hpp"

namespace kontwin::evacuation {

namespace {

/// Each person is drawn by himself or herself; more would not fit into memory.
constexpr double most_people = 2e7;

std::uint64_t people_of(double value) {
  if (!(value > 0)) return 0;
  return static_cast<std::uint64_t>(std::llround(std::min(value, most_people + 1)));
}

void check_orders(const Branch& branch) {
  const World& world = *branch.world;
  const auto check = [&](EntityRef place) {
    const std::string kind(names_of(place.kind).id);
    const bool may_leave = place.kind == Kind::residence || place.kind == Kind::lodging ||
                           place.kind == Kind::tourist_site || place.kind == Kind::hospital;
    if (!may_leave) throw ScenarioError("evacuation: nobody lives or stays in a " + kind);
    if (place.row >= world.entities(place.kind).size()) {
      throw ScenarioError("evacuation: there is no " + kind + " " + std::to_string(place.row));
    }
    if (!world.extent().contains(world.place(place))) {
      throw ScenarioError("evacuation: " + world.urn(place) +
                          " is ordered to leave and lies outside the world");
    }
  };
  for (const TimedEdit& one : branch.edits) {
    const auto* order = std::get_if<OrderEvacuation>(&one.edit);
    if (order == nullptr) continue;
    for (const std::uint32_t row : order->residences) check({Kind::residence, row});
    for (const EntityRef place : order->places) check(place);
  }
}

/// The weights that visitors are dealt out by: beds or capacity.
std::vector<double> weights_of(const World& world, Kind kind, std::size_t attribute,
                               const std::vector<std::uint32_t>& rows) {
  std::vector<double> weights;
  for (const std::uint32_t row : rows) {
    const double value = world.entities(kind).attribute(attribute, row);
    weights.push_back(value > 0 ? value : 0);
  }
  return weights;
}

}  // namespace

std::vector<std::uint64_t> deal_out(std::uint64_t people, const std::vector<double>& weights,
                                    const std::string& what) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<std::uint64_t> dealt(weights.size(), 0);
  if (people == 0) return dealt;
  if (!(sum > 0)) throw ScenarioError("evacuation: " + what + " to put visitors into");
  std::vector<double> remainder(weights.size());
  std::uint64_t given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double exact = static_cast<double>(people) * weights[i] / sum;
    dealt[i] = static_cast<std::uint64_t>(exact);
    remainder[i] = exact - std::floor(exact);
    given += dealt[i];
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(
      order, [&](std::size_t a, std::size_t b) { return remainder[a] > remainder[b]; });
  for (std::size_t i = 0; given < people; ++i, ++given) ++dealt[order[i % order.size()]];
  return dealt;
}

std::vector<Zone> zones_of(const Branch& branch, const EvacuationOptions& options) {
  check_orders(branch);
  return zones_of(*branch.world, branch.state, options);
}

std::vector<Zone> zones_of(const World& world, const StateTable& state,
                           const EvacuationOptions& options) {
  std::vector<Zone> zones;
  std::uint64_t all = 0;
  const auto add = [&](EntityRef place, std::uint64_t people) {
    all += people;
    if (static_cast<double>(all) > most_people) {
      throw ScenarioError("evacuation: with " + world.urn(place) + " there are more than " +
                          std::to_string(std::llround(most_people)) +
                          " people, which is more than can be followed one by one");
    }
    Zone zone;
    zone.place = place;
    zone.junction = world.junction_of(place);
    zone.at_start = zone.home = people;
    zones.push_back(std::move(zone));
  };
  const auto at_home = state.column(Kind::residence, residence_column::people_home);
  for (std::uint32_t row = 0; row < at_home.size(); ++row) {
    add({Kind::residence, row}, people_of(at_home[row]));
  }
  // Those of the state, where the options put nobody in.
  const auto fill = [&](Kind kind, std::size_t column, std::size_t attribute,
                        const std::vector<std::uint32_t>& rows, std::uint64_t people,
                        const std::string& what) {
    const auto now = state.column(kind, column);
    std::vector<std::uint64_t> there(now.size());
    std::ranges::transform(now, there.begin(), people_of);
    if (options.visitors.people > 0) {
      const auto dealt = deal_out(people, weights_of(world, kind, attribute, rows), what);
      for (std::size_t i = 0; i < rows.size(); ++i) there[rows[i]] = dealt[i];
    }
    for (std::uint32_t row = 0; row < there.size(); ++row) {
      if (there[row] > 0) add({kind, row}, there[row]);
    }
  };
  const std::uint64_t visitors = people_of(options.visitors.people);
  const std::uint64_t in_lodgings =
      people_of(options.visitors.people * options.visitors.lodging_share);
  fill(Kind::lodging, lodging_column::guests, lodging_attribute::beds, options.visitors.lodgings,
       in_lodgings, "there are no lodgings with beds");
  fill(Kind::tourist_site, tourist_site_column::visitors, tourist_site_attribute::capacity,
       options.visitors.sites, visitors - in_lodgings, "there are no tourist sites with room");
  const auto patients = state.column(Kind::hospital, hospital_column::patients);
  for (std::uint32_t row = 0; row < patients.size(); ++row) {
    const double beds = world.entities(Kind::hospital).attribute(hospital_attribute::beds, row);
    const double known = patients[row];
    const std::uint64_t people =
        known >= 0 ? people_of(known) : people_of(beds * options.hospital_occupancy);
    if (people > 0) add({Kind::hospital, row}, people);
  }
  return zones;
}

}  // namespace kontwin::evacuation
