#include "scenarios/evacuation/plan/shelter_allocation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "scenarios/evacuation/plan/min_cost_flow.hpp"
#include "twin/error.hpp"

namespace kontwin::evacuation {

namespace {

constexpr std::int64_t no_way = std::numeric_limits<std::int64_t>::max();
// Dearer than any way, so that nobody is left who could have a place.
constexpr std::int64_t left_out_s = std::int64_t{1} << 33;
constexpr double longest_s = 1e9;
constexpr std::size_t near = 6;

std::int64_t whole_seconds(double time_s) {
  if (std::isinf(time_s) && time_s > 0) return no_way;
  if (!(time_s >= 0) || time_s > longest_s) {
    throw ScenarioError("shelter allocation: a travel time below 0 or beyond counting");
  }
  return std::llround(time_s);
}

class Allocation {
 public:
  Allocation(std::span<const std::uint32_t> people, std::span<const std::uint32_t> room,
             const std::function<std::span<const double>(std::uint32_t)>& time_s);
  ShelterAllocation solve();

 private:
  std::uint32_t shelter_node(std::uint32_t shelter) const { return groups_ + shelter; }
  void add_pair(std::uint32_t group, std::uint32_t shelter);
  bool add_missing(const MinCostFlow& found);

  std::uint32_t groups_, shelters_;
  std::span<const std::uint32_t> people_;
  std::vector<std::int64_t> time_s_;  // [group][shelter]
  FlowNetwork network_;
  std::vector<Amount> supply_;
  std::uint32_t first_pair_ = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_;
  std::vector<std::uint8_t> has_pair_;  // [group][shelter]
};

Allocation::Allocation(std::span<const std::uint32_t> people, std::span<const std::uint32_t> room,
                       const std::function<std::span<const double>(std::uint32_t)>& time_s)
    : groups_(static_cast<std::uint32_t>(people.size())),
      shelters_(static_cast<std::uint32_t>(room.size())),
      people_(people) {
  network_.nodes = groups_ + shelters_ + 1;
  supply_.assign(network_.nodes, 0);
  const std::uint32_t end = groups_ + shelters_;
  Amount all = 0;
  for (std::uint32_t group = 0; group < groups_; ++group) {
    supply_[group] = people[group];
    all += people[group];
    network_.add(group, end, people[group], left_out_s);
  }
  supply_[end] = -all;
  for (std::uint32_t shelter = 0; shelter < shelters_; ++shelter) {
    network_.add(shelter_node(shelter), end, room[shelter], 0);
  }
  first_pair_ = static_cast<std::uint32_t>(network_.arcs());
  has_pair_.assign(std::size_t{groups_} * shelters_, 0);
  time_s_.reserve(has_pair_.size());
  std::vector<std::uint32_t> order(shelters_);
  for (std::uint32_t group = 0; group < groups_; ++group) {
    const auto times = time_s(group);
    for (std::uint32_t shelter = 0; shelter < shelters_; ++shelter) {
      time_s_.push_back(whole_seconds(times[shelter]));
    }
    const auto* const mine = time_s_.data() + std::size_t{group} * shelters_;
    std::iota(order.begin(), order.end(), 0U);
    const auto count = static_cast<std::ptrdiff_t>(std::min<std::size_t>(near, shelters_));
    std::partial_sort(order.begin(), order.begin() + count, order.end(),
                      [mine](std::uint32_t a, std::uint32_t b) {
                        return mine[a] != mine[b] ? mine[a] < mine[b] : a < b;
                      });
    for (std::ptrdiff_t i = 0; i < count; ++i) {
      const std::uint32_t shelter = order[static_cast<std::size_t>(i)];
      if (mine[shelter] != no_way) add_pair(group, shelter);
    }
  }
}

void Allocation::add_pair(std::uint32_t group, std::uint32_t shelter) {
  const std::size_t cell = std::size_t{group} * shelters_ + shelter;
  has_pair_[cell] = 1;
  pairs_.emplace_back(group, shelter);
  network_.add(group, shelter_node(shelter), people_[group], time_s_[cell]);
}

bool Allocation::add_missing(const MinCostFlow& found) {
  bool any = false;
  for (std::uint32_t group = 0; group < groups_; ++group) {
    for (std::uint32_t shelter = 0; shelter < shelters_; ++shelter) {
      const std::size_t cell = std::size_t{group} * shelters_ + shelter;
      if (has_pair_[cell] != 0 || time_s_[cell] == no_way) continue;
      const std::int64_t saves = found.potential[shelter_node(shelter)] - found.potential[group];
      if (time_s_[cell] >= saves) continue;
      add_pair(group, shelter);
      any = true;
    }
  }
  return any;
}

ShelterAllocation Allocation::solve() {
  MinCostFlow found = minimum_cost_flow(network_, supply_);
  while (add_missing(found)) found = minimum_cost_flow(network_, supply_);
  ShelterAllocation made;
  for (std::uint32_t group = 0; group < groups_; ++group) {
    made.left.push_back(static_cast<std::uint32_t>(found.flow[group]));
  }
  for (std::size_t pair = 0; pair < pairs_.size(); ++pair) {
    const Amount flow = found.flow[first_pair_ + pair];
    if (flow == 0) continue;
    const auto [group, shelter] = pairs_[pair];
    made.allotments.push_back({group, shelter, static_cast<std::uint32_t>(flow)});
    made.person_seconds +=
        static_cast<double>(flow * time_s_[std::size_t{group} * shelters_ + shelter]);
  }
  std::ranges::sort(made.allotments, [](const Allotment& a, const Allotment& b) {
    return a.group != b.group ? a.group < b.group : a.shelter < b.shelter;
  });
  return made;
}

}  // namespace

ShelterAllocation allocate_shelters(
    std::span<const std::uint32_t> people, std::span<const std::uint32_t> room,
    const std::function<std::span<const double>(std::uint32_t)>& time_s) {
  if (people.empty()) return {};
  return Allocation(people, room, time_s).solve();
}

}  // namespace kontwin::evacuation
