#include "scenarios/evacuation/plan/route_planner.hpp"

#include <algorithm>
#include <cmath>
#include <queue>
#include <string>
#include <utility>

#include "scenarios/evacuation/plan/capacity_book.hpp"
#include "twin/error.hpp"
#include "twin/waiting_heap.hpp"

namespace kontwin::evacuation {

namespace {

constexpr std::uint32_t none = 0xFFFFFFFFU;
// How much later than the first in line a group may arrive and still go now. Where hundreds wait
// for one road, each of them would otherwise be looked at anew for every step of it.
constexpr double slack_steps = 2;
constexpr double slack_share = 0.05;

void check(const TimedNetwork& network, std::span<const RouteDemand> demands,
           std::span<const RouteGoal> goals, const RoutePlanOptions& options) {
  const auto fail = [](const std::string& what) { throw ScenarioError("route plan: " + what); };
  if (!(options.step_s >= 1) || options.step_s != std::floor(options.step_s)) {
    fail("step_s has to be whole seconds, 1 or more");
  }
  if (!(options.horizon_s > 0)) fail("horizon_s has to be above 0");
  for (const RouteGoal& goal : goals) {
    if (goal.node >= network.nodes) fail("a goal is at no node");
  }
  for (const RouteDemand& demand : demands) {
    if (demand.node >= network.nodes) fail("people are at no node");
    if (!(demand.units_each > 0)) fail("units_each has to be above 0");
    if (!(demand.ready_s >= 0)) fail("ready_s has to be 0 or more");
    if (!(demand.spare_s >= 0)) fail("spare_s has to be 0 or more");
    if (demand.goal != any_goal && demand.goal >= goals.size()) fail("there is no such goal");
  }
  for (std::size_t arc = 0; arc < network.arcs(); ++arc) {
    if (network.from[arc] >= network.nodes || network.to[arc] >= network.nodes) {
      fail("arc " + std::to_string(arc) + " ends at no node");
    }
    if (!(network.travel_s[arc] >= 0) || !(network.capacity_ps[arc] >= 0)) {
      fail("arc " + std::to_string(arc) + " has a travel time or a capacity below 0");
    }
  }
}

class RoutePlanner {
 public:
  RoutePlanner(const TimedNetwork& network, std::span<const RouteDemand> demands,
               std::span<const RouteGoal> goals, const RoutePlanOptions& options, double most_units)
      : network_(network),
        demands_(demands),
        goals_(goals),
        options_(options),
        out_(network, Incidence::Side::out),
        in_(network, Incidence::Side::in),
        book_(network, options.step_s, most_units),
        to_goal_s_(goals.size()),
        there_s_(network.nodes, never_s),
        by_(network.nodes, none),
        ways_(demands.size()) {
    for (const RouteGoal& goal : goals) room_.push_back(goal.room);
    for (const RouteDemand& demand : demands) {
      plan_.left.push_back(demand.people);
      spare_s_.push_back(demand.spare_s);
    }
    look_for_room();
  }

  RoutePlan run();

 private:
  /// The way of a group, as it was when it was last looked for.
  struct Way {
    std::uint32_t goal = none;
    double arrive_s = never_s;
    std::vector<std::uint32_t> arcs;
    std::vector<double> enter_s;
  };
  struct InLine {
    bool hurries;
    double arrive_s;
    std::uint32_t demand;
    friend bool operator<(const InLine& a, const InLine& b) {
      if (a.hurries != b.hurries) return b.hurries;
      return a.arrive_s != b.arrive_s ? a.arrive_s > b.arrive_s : a.demand > b.demand;
    }
  };

  void look_for_room();
  std::span<const double> to_go(const RouteDemand& demand);
  bool still_free(const Way& way) const;
  bool find(std::uint32_t demand);
  /// When they have to be in an arc.
  double last_entry_s(std::uint32_t demand, std::uint32_t arc) const {
    return network_.last_entry_s[arc] - spare_s_[demand];
  }
  /// Those who find no way that is safe take one that closes; false when they do already.
  bool hasten(std::uint32_t demand) { return std::exchange(spare_s_[demand], 0) > 0; }
  void leave_late(std::uint32_t demand, Way& way);
  void send(std::uint32_t demand);

  const TimedNetwork& network_;
  std::span<const RouteDemand> demands_;
  std::span<const RouteGoal> goals_;
  const RoutePlanOptions& options_;
  Incidence out_, in_;
  CapacityBook book_;
  std::vector<std::uint32_t> room_;             // [goal] what is left
  std::vector<std::vector<double>> to_goal_s_;  // [goal][node]; empty: not asked for yet
  std::vector<double> to_any_s_;                // [node] to the nearest goal that has room
  std::vector<std::uint32_t> goals_at_;         // [node] a goal with room; none
  // Of the search under way; what it touched is put back after it.
  std::vector<double> there_s_;
  std::vector<std::uint32_t> by_;
  std::vector<std::uint32_t> touched_;
  WaitingHeap waiting_;
  std::vector<Way> ways_;        // [demand]
  std::vector<double> spare_s_;  // [demand]
  RoutePlan plan_;
};

void RoutePlanner::look_for_room() {
  std::vector<std::uint32_t> nodes;
  goals_at_.assign(network_.nodes, none);
  for (std::uint32_t goal = 0; goal < goals_.size(); ++goal) {
    if (room_[goal] == 0 || goals_at_[goals_[goal].node] != none) continue;
    goals_at_[goals_[goal].node] = goal;
    nodes.push_back(goals_[goal].node);
  }
  to_any_s_ = free_times_to(network_, in_, nodes);
}

std::span<const double> RoutePlanner::to_go(const RouteDemand& demand) {
  if (demand.goal == any_goal) return to_any_s_;
  std::vector<double>& times = to_goal_s_[demand.goal];
  if (times.empty()) times = free_times_to(network_, in_, std::span(&goals_[demand.goal].node, 1));
  return times;
}

bool RoutePlanner::still_free(const Way& way) const {
  if (way.goal == none || room_[way.goal] == 0) return false;
  for (std::size_t i = 0; i < way.arcs.size(); ++i) {
    if (!book_.is_free(way.arcs[i], book_.step_at(way.arcs[i], way.enter_s[i]))) return false;
  }
  return true;
}

bool RoutePlanner::find(std::uint32_t number) {
  const RouteDemand& demand = demands_[number];
  Way& way = ways_[number];
  way = {};
  const auto to_go_s = to_go(demand);
  const auto is_goal = [&](std::uint32_t node) {
    return demand.goal == any_goal ? goals_at_[node] != none : goals_[demand.goal].node == node;
  };
  if (to_go_s[demand.node] == never_s) return false;
  if (demand.goal != any_goal && room_[demand.goal] == 0) return false;
  waiting_.clear();
  touched_.assign(1, demand.node);
  there_s_[demand.node] = demand.ready_s;
  waiting_.push({demand.ready_s + to_go_s[demand.node], demand.node});
  std::uint32_t reached = none;
  while (!waiting_.empty()) {
    const Waiting next = waiting_.pop();
    const std::uint32_t node = next.junction;
    if (next.cost > there_s_[node] + to_go_s[node]) continue;
    if (next.cost > options_.horizon_s) break;
    if (is_goal(node)) {
      reached = node;
      break;
    }
    for (const std::uint32_t arc : out_[node]) {
      const std::uint32_t head = network_.to[arc];
      if (to_go_s[head] == never_s) continue;
      const double entry_s = book_.first_free_s(arc, there_s_[node]);
      if (entry_s == never_s || entry_s > last_entry_s(number, arc)) continue;
      const double arrive_s = entry_s + network_.travel_s[arc];
      if (arrive_s >= there_s_[head]) continue;
      if (there_s_[head] == never_s) touched_.push_back(head);
      there_s_[head] = arrive_s;
      by_[head] = arc;
      waiting_.push({arrive_s + to_go_s[head], head});
    }
  }
  if (reached != none) {
    way.goal = demand.goal == any_goal ? goals_at_[reached] : demand.goal;
    way.arrive_s = there_s_[reached];
    for (std::uint32_t at = reached; at != demand.node; at = network_.from[by_[at]]) {
      way.arcs.push_back(by_[at]);
      way.enter_s.push_back(there_s_[at] - network_.travel_s[by_[at]]);
    }
    std::ranges::reverse(way.arcs);
    std::ranges::reverse(way.enter_s);
    for (std::size_t i = 0; i < way.arcs.size(); ++i) {
      // As the search computed it: taking the travel time off again may miss its step by a hair.
      const double from_s = i == 0 ? demand.ready_s : there_s_[network_.from[way.arcs[i]]];
      way.enter_s[i] = book_.first_free_s(way.arcs[i], from_s);
    }
    leave_late(number, way);
  }
  for (const std::uint32_t node : touched_) {
    there_s_[node] = never_s;
    by_[node] = none;
  }
  return reached != none;
}

void RoutePlanner::leave_late(std::uint32_t demand, Way& way) {
  for (std::size_t i = way.arcs.size(); i-- > 1;) {
    const std::uint32_t before = way.arcs[i - 1];
    const double until_s =
        std::min(way.enter_s[i] - network_.travel_s[before], last_entry_s(demand, before));
    if (until_s <= way.enter_s[i - 1]) continue;
    way.enter_s[i - 1] = book_.last_free_s(before, way.enter_s[i - 1], until_s);
  }
}

void RoutePlanner::send(std::uint32_t number) {
  const RouteDemand& demand = demands_[number];
  const Way& way = ways_[number];
  std::uint32_t people = std::min(plan_.left[number], room_[way.goal]);
  for (std::size_t i = 0; i < way.arcs.size(); ++i) {
    const double left = book_.left(way.arcs[i], book_.step_at(way.arcs[i], way.enter_s[i]));
    people = static_cast<std::uint32_t>(std::min<double>(people, left / demand.units_each));
  }
  double spread_s = 0;
  for (std::size_t i = 0; i < way.arcs.size(); ++i) {
    const std::uint32_t arc = way.arcs[i];
    const std::uint32_t step = book_.step_at(arc, way.enter_s[i]);
    book_.take(arc, step, people * demand.units_each);
    const double whole = network_.capacity_ps[arc] * book_.step_s(arc);
    const double full = std::clamp(1 - book_.left(arc, step) / whole, 0.0, 1.0);
    // Those before it in the same step go first; it entered late by as much as it waited for them.
    const double passed_s = (step + full) * book_.step_s(arc) - way.enter_s[i];
    spread_s =
        std::max({spread_s, passed_s, people * demand.units_each / network_.capacity_ps[arc]});
  }
  plan_.left[number] -= people;
  room_[way.goal] -= people;
  RoutedGroup group{number,   way.goal,   people, way.arrive_s, way.arrive_s + spread_s,
                    way.arcs, way.enter_s};
  plan_.done_s = std::max(plan_.done_s, group.done_s);
  plan_.groups.push_back(std::move(group));
  if (room_[way.goal] == 0) look_for_room();
}

RoutePlan RoutePlanner::run() {
  std::priority_queue<InLine> line;
  for (std::uint32_t demand = 0; demand < demands_.size(); ++demand) {
    if (plan_.left[demand] > 0) line.push({demands_[demand].hurries, 0, demand});
  }
  while (!line.empty()) {
    const InLine first = line.top();
    line.pop();
    Way& way = ways_[first.demand];
    if (!still_free(way)) {
      if (!find(first.demand) && !(hasten(first.demand) && find(first.demand))) {
        continue;  // no way, and there will be none
      }
      const double slack_s = std::max(slack_steps * options_.step_s, slack_share * way.arrive_s);
      const bool another_first = !line.empty() && line.top().hurries == first.hurries &&
                                 line.top().arrive_s + slack_s < way.arrive_s;
      if (another_first) {
        line.push({first.hurries, way.arrive_s, first.demand});
        continue;
      }
    }
    send(first.demand);
    if (plan_.left[first.demand] > 0) line.push({first.hurries, way.arrive_s, first.demand});
  }
  for (std::uint32_t arc = 0; arc < network_.arcs(); ++arc) {
    plan_.step_s.push_back(book_.step_s(arc));
  }
  return std::move(plan_);
}

}  // namespace

RoutePlan plan_routes(const TimedNetwork& network, std::span<const RouteDemand> demands,
                      std::span<const RouteGoal> goals, const RoutePlanOptions& options) {
  check(network, demands, goals, options);
  double most_units = 1e-6;
  for (const RouteDemand& demand : demands) most_units = std::max(most_units, demand.units_each);
  return RoutePlanner(network, demands, goals, options, most_units).run();
}

}  // namespace kontwin::evacuation
