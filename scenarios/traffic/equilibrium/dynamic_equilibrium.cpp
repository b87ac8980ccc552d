#include "scenarios/traffic/equilibrium/dynamic_equilibrium.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <tuple>

#include "twin/error.hpp"
#include "twin/random.hpp"

namespace kontwin::traffic {

namespace {

constexpr std::uint64_t route_purpose = 131;
constexpr std::size_t groups_a_part = 32;
constexpr double grown = 1.05, step_shrinks = 0.7, step_recovers = 1.1, least_step = 0.25;

DynamicEquilibriumOptions checked(const DynamicEquilibriumOptions& options) {
  const auto check = [](bool fine, const char* what) {
    if (!fine) throw ScenarioError(std::string("traffic: equilibrium: ") + what);
  };
  check(options.gap >= 0, "the gap has to be 0 or more");
  check(options.most_rounds >= 1, "there has to be a round");
  check(options.step > 0, "the step has to be above 0");
  check(options.memory >= 0 && options.memory < 1, "the memory has to be 0 to below 1");
  check(options.together > 0, "the time of departures that share a search has to be above 0");
  return options;
}

}  // namespace

DynamicEquilibrium::DynamicEquilibrium(std::shared_ptr<const Network> network,
                                       const TripTable& trips, ComputeArena& arena,
                                       DynamicEquilibriumOptions options)
    : network_(std::move(network)),
      arena_(arena),
      options_(checked(options)),
      routes_(network_, trips.types),
      table_(trips),
      choices_(trips.trips.size()),
      step_(options.step) {
  options_.run.by_turn = true;
  table_.route_links.clear();
  for (std::size_t trip = 0; trip < table_.trips.size(); ++trip) {
    const auto route = trips.route_of(trips.trips[trip]);
    if (!route.empty()) set_route(trip, {route.begin(), route.end()});
  }
  make_groups();
  choose(LinkTimes(*network_));
  for (const Group& group : groups_) {
    if (group.links.empty()) continue;
    for (std::uint32_t i = group.begin; i < group.end; ++i) {
      if (table_.trips[by_group_[i]].route_length == 0) set_route(by_group_[i], group.links);
    }
  }
  best_ = table_;
}

void DynamicEquilibrium::make_groups() {
  by_group_.resize(table_.trips.size());
  std::iota(by_group_.begin(), by_group_.end(), 0U);
  const auto key = [this](std::uint32_t row) {
    const TripRow& trip = table_.trips[row];
    return std::tuple(trip.from_link, trip.to_link, table_.types[trip.type].kind,
                      trip.depart / options_.together);
  };
  std::ranges::stable_sort(by_group_, {}, key);
  for (std::uint32_t i = 0; i < by_group_.size(); ++i) {
    if (groups_.empty() || key(by_group_[i]) != key(by_group_[groups_.back().begin])) {
      groups_.push_back({i, i, {}});
    }
    groups_.back().end = i + 1;
    choices_[by_group_[i]].group = static_cast<std::uint32_t>(groups_.size() - 1);
  }
}

void DynamicEquilibrium::set_route(std::size_t trip, const std::vector<std::uint32_t>& links) {
  const auto next = static_cast<std::uint32_t>(table_.route_links.size());
  const auto [place, added] = known_.try_emplace(links, next);
  if (added) table_.route_links.insert(table_.route_links.end(), links.begin(), links.end());
  table_.trips[trip].route_begin = place->second;
  table_.trips[trip].route_length = static_cast<std::uint32_t>(links.size());
}

void DynamicEquilibrium::choose(const LinkTimes& times) {
  arena_.for_each_part((groups_.size() + groups_a_part - 1) / groups_a_part, [&](std::size_t part) {
    const std::size_t end = std::min(groups_.size(), (part + 1) * groups_a_part);
    for (std::size_t which = part * groups_a_part; which < end; ++which) {
      Group& group = groups_[which];
      const TripRow& middle = table_.trips[by_group_[(group.begin + group.end) / 2]];
      const VehicleKind kind = table_.types[middle.type].kind;
      const double found = routes_.find(middle.from_link, middle.to_link, kind,
                                        seconds(middle.depart), times, group.links);
      if (!(found < unreachable)) group.links.clear();
      for (std::uint32_t i = group.begin; i < group.end; ++i) {
        const TripRow& trip = table_.trips[by_group_[i]];
        const double depart_s = seconds(trip.depart);
        Choice& choice = choices_[by_group_[i]];
        choice.experienced_s = choice.best_s = unreachable;
        if (group.links.empty() || trip.route_length == 0) continue;
        choice.experienced_s =
            routes_.drive(table_.route_of(trip), kind, depart_s, times) - depart_s;
        choice.best_s = std::min(choice.experienced_s,
                                 routes_.drive(group.links, kind, depart_s, times) - depart_s);
      }
    }
  });
}

std::size_t DynamicEquilibrium::swap(double step) {
  std::size_t changed = 0;
  for (std::size_t trip = 0; trip < choices_.size(); ++trip) {
    const Choice& choice = choices_[trip];
    if (!(choice.best_s < choice.experienced_s)) continue;
    // A way that became shut to its kind is left for certain.
    const double share =
        choice.experienced_s < unreachable ? step * (1 - choice.best_s / choice.experienced_s) : 1;
    RandomStream random(options_.run.simulation.seed, table_.trips[trip].number,
                        (route_purpose << 32U) + rounds_.size());
    if (random.uniform() >= share) continue;
    set_route(trip, groups_[choice.group].links);
    ++changed;
  }
  return changed;
}

void DynamicEquilibrium::drive(EquilibriumRound& now) {
  TripRun run(network_, table_, arena_, options_.run);
  LinkTimeline changes;
  const bool changing = !options_.run.edits.empty();
  if (changing) changes.note(0, run.links());
  for (double at_s = 0; run.step(); at_s = seconds(run.now())) {
    if (changing) changes.note(at_s, run.links());
  }
  now.arrived = run.simulation().arrived();
  for (const Journey& journey : run.journeys()) {
    if (journey.result == Journey::Result::arrived) {
      now.driven_s += seconds(journey.ended - journey.departed);
    }
  }
  // The first rounds count alike, later ones the less the older they are.
  record_.add(run, std::min(options_.memory, 1 - 1 / (static_cast<double>(rounds_.size()) + 1)));
  routes_.set_changes(std::move(changes));
  WaitRecord today;
  today.add(run, 0);
  choose(LinkTimes(*network_, today, record_));
}

bool DynamicEquilibrium::round() {
  if (!rounds_.empty() && rounds_.back().gap <= options_.gap) return false;
  if (rounds_.size() >= static_cast<std::size_t>(options_.most_rounds)) return false;
  EquilibriumRound now;
  now.trips = table_.trips.size();
  drive(now);
  for (const Choice& choice : choices_) {
    if (!(choice.experienced_s < unreachable)) {
      ++now.without_way;
      continue;
    }
    now.experienced_s += choice.experienced_s;
    now.best_s += choice.best_s;
  }
  now.gap = now.best_s > 0 ? (now.experienced_s - now.best_s) / now.best_s : 0;
  if (rounds_.empty() || now.gap < rounds_[best_round_].gap) {
    best_round_ = rounds_.size();
    best_ = table_;
  }
  if (!rounds_.empty()) {
    const bool grew = now.gap > grown * rounds_.back().gap;
    step_ = std::min(options_.step,
                     std::max(least_step, step_ * (grew ? step_shrinks : step_recovers)));
  }
  now.step = step_;
  rounds_.push_back(now);
  if (now.gap > options_.gap) rounds_.back().changed = swap(step_);
  return true;
}

}  // namespace kontwin::traffic
