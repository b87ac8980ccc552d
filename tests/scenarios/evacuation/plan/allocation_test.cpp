#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <numeric>

#include "scenarios/evacuation/plan/bus_rounds.hpp"
#include "scenarios/evacuation/plan/min_cost_flow.hpp"
#include "scenarios/evacuation/plan/shelter_allocation.hpp"
#include "twin/error.hpp"
#include "twin/random.hpp"

namespace kontwin::testing {
namespace {

using namespace evacuation;
using Times = std::vector<std::vector<double>>;
constexpr double no_way = std::numeric_limits<double>::infinity();

ShelterAllocation allocated(const std::vector<std::uint32_t>& people,
                            const std::vector<std::uint32_t>& room, const Times& times) {
  return allocate_shelters(people, room, [&times](std::uint32_t group) {
    return std::span<const double>(times[group]);
  });
}

TEST(ShelterAllocation, SendsTheOnesAwayForWhomTheOtherShelterIsNoDetour) {
  // Both would like the first shelter; the second group loses less by the other.
  const auto made = allocated({60, 60}, {70, 100}, {{100, 1000}, {100, 200}});
  ASSERT_EQ(made.allotments.size(), 3U);
  EXPECT_EQ(made.allotments[0].people, 60U);
  EXPECT_EQ(made.allotments[0].shelter, 0U);
  EXPECT_EQ(made.allotments[1].people, 10U);
  EXPECT_EQ(made.allotments[2].people, 50U);
  EXPECT_EQ(made.person_seconds, 60 * 100 + 10 * 100 + 50 * 200);
  EXPECT_EQ(made.left, (std::vector<std::uint32_t>{0, 0}));
}

TEST(ShelterAllocation, LeavesOutNobodyWhoCouldHaveAPlace) {
  // The second group reaches one shelter only, however much dearer that is for all.
  const auto made =
      allocated({100, 100, 5}, {100, 100}, {{1, 9000}, {1, no_way}, {no_way, no_way}});
  EXPECT_EQ(made.left, (std::vector<std::uint32_t>{0, 0, 5}));
}

TEST(ShelterAllocation, IsThatOfAllPairsThoughFewAreLookedAtFirst) {
  RandomStream random(3, 5);
  constexpr std::uint32_t groups = 40, shelters = 30;
  std::vector<std::uint32_t> people, room;
  Times times(groups);
  for (auto& row : times) {
    people.push_back(static_cast<std::uint32_t>(1 + random.below(90)));
    for (std::uint32_t i = 0; i < shelters; ++i) {
      row.push_back(random.below(8) == 0 ? no_way : double(random.below(5000)));
    }
  }
  for (std::uint32_t i = 0; i < shelters; ++i) {
    room.push_back(static_cast<std::uint32_t>(random.below(130)));
  }
  const auto made = allocated(people, room, times);

  FlowNetwork whole;
  whole.nodes = groups + shelters + 1;
  std::vector<Amount> supply(whole.nodes, 0);
  for (std::uint32_t group = 0; group < groups; ++group) {
    supply[group] = people[group];
    supply.back() -= people[group];
    whole.add(group, groups + shelters, people[group], 1'000'000);
    for (std::uint32_t i = 0; i < shelters; ++i) {
      if (times[group][i] == no_way) continue;
      whole.add(group, groups + i, people[group], static_cast<std::int64_t>(times[group][i]));
    }
  }
  for (std::uint32_t i = 0; i < shelters; ++i) whole.add(groups + i, groups + shelters, room[i]);
  const auto best = minimum_cost_flow(whole, supply);
  const auto left = std::accumulate(made.left.begin(), made.left.end(), std::int64_t{0});
  EXPECT_EQ(made.person_seconds + double(left) * 1e6, double(best.cost));

  std::vector<std::uint32_t> taken(shelters, 0);
  std::vector<std::uint32_t> sent = made.left;
  for (const Allotment& one : made.allotments) {
    taken[one.shelter] += one.people;
    sent[one.group] += one.people;
  }
  EXPECT_EQ(sent, people);
  for (std::uint32_t i = 0; i < shelters; ++i) EXPECT_LE(taken[i], room[i]);
}

TEST(ShelterAllocation, RefusesTimesThatCannotBe) {
  EXPECT_THROW(allocated({1}, {1}, {{-1}}), ScenarioError);
  EXPECT_THROW(allocated({1}, {1}, {{std::nan("")}}), ScenarioError);
  EXPECT_TRUE(allocated({}, {1}, {}).allotments.empty());
  EXPECT_EQ(allocated({7}, {}, {{}}).left[0], 7U);
}

TEST(BusRounds, ShareTripsEvenly) {
  // Fourteen trips by three buses: two make five rounds, one makes four.
  const std::array demands{BusDemand{400, 300}};
  const auto shifts = plan_bus_rounds(demands, {.buses = 3, .places = 30, .boarding_s = 300});
  ASSERT_EQ(shifts.size(), 2U);
  EXPECT_EQ(shifts[0].rounds, 4U);
  EXPECT_EQ(shifts[0].buses, 1U);
  EXPECT_EQ(shifts[1].rounds, 5U);
  EXPECT_EQ(shifts[1].buses, 2U);
  EXPECT_EQ(shifts[1].done_s, 5 * (2 * 300 + 600));
}

TEST(BusRounds, CarryEveryoneAndKeepEachBusInOnePlaceAtATime) {
  RandomStream random(1, 1);
  std::vector<BusDemand> demands;
  for (int i = 0; i < 12; ++i) {
    demands.push_back(
        {static_cast<std::uint32_t>(1 + random.below(200)), random.uniform(60, 2000)});
  }
  const BusFleet fleet{.buses = 5, .places = 30, .boarding_s = 120};
  std::vector<std::uint32_t> places(demands.size(), 0);
  double work_s = 0, done_s = 0, longest_s = 0;
  for (const BusShift& shift : plan_bus_rounds(demands, fleet)) {
    places[shift.demand] += shift.buses * shift.rounds * fleet.places;
    const double way_s = demands[shift.demand].way_s;
    const double length_s = shift.rounds * (2 * way_s + 240);
    EXPECT_NEAR(shift.done_s - shift.starts_s, length_s, 1e-6);
    work_s += shift.buses * length_s;
    longest_s = std::max(longest_s, 2 * way_s + 240);
    done_s = std::max(done_s, shift.done_s);
  }
  for (std::size_t i = 0; i < demands.size(); ++i) {
    EXPECT_GE(places[i], demands[i].people);
    EXPECT_LT(places[i], demands[i].people + fleet.places);
  }
  EXPECT_LE(done_s, work_s / fleet.buses + longest_s);
  EXPECT_GE(done_s, work_s / fleet.buses - longest_s);
}

TEST(BusRounds, WithoutBusesOrPeopleThereAreNone) {
  const std::array demands{BusDemand{400, 300}};
  EXPECT_TRUE(plan_bus_rounds(demands, {.buses = 0}).empty());
  EXPECT_TRUE(plan_bus_rounds({}, {}).empty());
  EXPECT_THROW(plan_bus_rounds(demands, {.buses = 1, .places = 0}), ScenarioError);
  const std::array endless{BusDemand{400, no_way}};
  EXPECT_THROW(plan_bus_rounds(endless, {}), ScenarioError);
}

}  // namespace
}  // namespace kontwin::testing
