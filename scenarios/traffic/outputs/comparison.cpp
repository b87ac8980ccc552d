#include "scenarios/traffic/outputs/comparison.hpp"

#include <array>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

constexpr double noticed_s = 60;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Sums over the trips of a run.
struct Totals {
  double arrived = 0, left_over = 0, time_h = 0, loss_h = 0, distance_km = 0;
  Emissions gas;
};

Totals totals_of(const RunSummary& run) {
  Totals sum;
  for (const auto& [name, trip] : run.trips) {
    (trip.arrived ? sum.arrived : sum.left_over) += 1;
    sum.time_h += trip.seconds / 3600;
    sum.loss_h += trip.loss_s / 3600;
    sum.distance_km += trip.distance_m / 1000;
    sum.gas += trip.emissions;
  }
  return sum;
}

struct FigureOf {
  const char *id, *vi, *en, *unit;
  bool less_is_better;
  double (*value)(const Totals&);
};

constexpr std::array figures{
    FigureOf{"arrived", "Số chuyến đến nơi", "Trips that arrived", "veh", false,
             [](const Totals& of) { return of.arrived; }},
    FigureOf{"left_over", "Số chuyến không đến nơi", "Trips that did not arrive", "veh", true,
             [](const Totals& of) { return of.left_over; }},
    FigureOf{"time_h", "Tổng thời gian đi", "Time of all trips", "veh h", true,
             [](const Totals& of) { return of.time_h; }},
    FigureOf{"loss_h", "Tổng thời gian mất", "Time lost", "veh h", true,
             [](const Totals& of) { return of.loss_h; }},
    FigureOf{"distance_km", "Tổng quãng đường", "Distance driven", "veh km", true,
             [](const Totals& of) { return of.distance_km; }},
    FigureOf{"fuel_kg", "Nhiên liệu", "Fuel", "kg", true,
             [](const Totals& of) { return of.gas.fuel_g / 1000; }},
    FigureOf{"co2_kg", "CO2", "CO2", "kg", true,
             [](const Totals& of) { return of.gas.co2_g / 1000; }},
    FigureOf{"co_kg", "CO", "CO", "kg", true, [](const Totals& of) { return of.gas.co_g / 1000; }},
    FigureOf{"nox_kg", "NOx", "NOx", "kg", true,
             [](const Totals& of) { return of.gas.nox_g / 1000; }},
    FigureOf{"pm_kg", "Bụi (PM)", "Particles (PM)", "kg", true,
             [](const Totals& of) { return of.gas.pm_g / 1000; }},
};

/// Times of a group's trips in the runs of one seed, of those that arrived in both.
struct GroupTimes {
  double trips = 0, a_s = 0, b_s = 0, gain = 0, lose = 0;
};
using Groups = std::map<std::pair<std::string, std::string>, std::vector<GroupTimes>>;

void add_groups(const RunSummary& a, const RunSummary& b, std::size_t seed, std::size_t seeds,
                Groups& groups) {
  for (const auto& trip : a.trips) {
    const auto& before = trip.second;
    const auto after = b.trips.find(trip.first);
    if (after == b.trips.end() || !before.arrived || !after->second.arrived) continue;
    const double change_s = after->second.seconds - before.seconds;
    const auto add = [&](const char* by, const std::string& group) {
      if (group.empty()) return;
      std::vector<GroupTimes>& times = groups[{by, group}];
      times.resize(seeds);
      GroupTimes& sum = times[seed];
      sum.trips += 1;
      sum.a_s += before.seconds;
      sum.b_s += after->second.seconds;
      sum.gain += change_s <= -noticed_s ? 1 : 0;
      sum.lose += change_s >= noticed_s ? 1 : 0;
    };
    add("type", before.type);
    add("zone", before.zone);
  }
}

}  // namespace

Comparison compare(std::span<const RunSummary> a, std::span<const RunSummary> b,
                   double confidence) {
  if (a.empty() || a.size() != b.size()) {
    throw Error("a comparison needs runs of both conditions, as many of one as of the other");
  }
  const std::size_t seeds = a.size();
  Comparison found;
  found.seeds = seeds;
  found.confidence = confidence;
  std::vector<double> of_a(seeds), of_b(seeds);
  const auto difference = [&] { return paired_difference(of_a, of_b, confidence); };

  std::vector<Totals> totals_a, totals_b;
  for (std::size_t seed = 0; seed < seeds; ++seed) {
    totals_a.push_back(totals_of(a[seed]));
    totals_b.push_back(totals_of(b[seed]));
  }
  for (const FigureOf& figure : figures) {
    for (std::size_t seed = 0; seed < seeds; ++seed) {
      of_a[seed] = figure.value(totals_a[seed]);
      of_b[seed] = figure.value(totals_b[seed]);
    }
    found.figures.push_back(
        {figure.id, figure.vi, figure.en, figure.unit, figure.less_is_better, difference()});
  }

  Groups groups;
  for (std::size_t seed = 0; seed < seeds; ++seed) {
    add_groups(a[seed], b[seed], seed, seeds, groups);
  }
  for (const auto& [key, times] : groups) {
    ComparedGroup group{key.first, key.second, 0, 0, 0, {}};
    for (std::size_t seed = 0; seed < seeds; ++seed) {
      const GroupTimes& sum = times[seed];
      of_a[seed] = sum.trips > 0 ? sum.a_s / sum.trips : none;
      of_b[seed] = sum.trips > 0 ? sum.b_s / sum.trips : none;
      group.trips += sum.trips;
      group.gain += sum.gain;
      group.lose += sum.lose;
    }
    group.gain /= group.trips;
    group.lose /= group.trips;
    group.trips /= static_cast<double>(seeds);
    group.mean_s = difference();
    found.groups.push_back(std::move(group));
  }

  std::set<std::string> ids;
  for (const auto& runs : {a, b}) {
    for (const RunSummary& run : runs) {
      for (const auto& [id, link] : run.links) ids.insert(id);
    }
  }
  for (const std::string& id : ids) {
    ComparedLink link{id, {}, {}};
    const auto take = [&](double LinkSummary::*value, double lacking) {
      for (std::size_t seed = 0; seed < seeds; ++seed) {
        const auto in_a = a[seed].links.find(id);
        const auto in_b = b[seed].links.find(id);
        of_a[seed] = in_a == a[seed].links.end() ? lacking : in_a->second.*value;
        of_b[seed] = in_b == b[seed].links.end() ? lacking : in_b->second.*value;
      }
      return difference();
    };
    link.vehicles = take(&LinkSummary::vehicles, 0);
    link.delay_s = take(&LinkSummary::delay_s, none);
    found.links.push_back(std::move(link));
  }

  const auto control = [&](auto& list, auto member) {
    std::vector<PairedDifference*> all;
    for (auto& one : list) {
      if ((one.*member).pairs > 1) all.push_back(&(one.*member));
    }
    control_false_discoveries(all, 1 - confidence);
  };
  control(found.links, &ComparedLink::vehicles);
  control(found.links, &ComparedLink::delay_s);
  control(found.groups, &ComparedGroup::mean_s);
  return found;
}

}  // namespace kontwin::traffic
