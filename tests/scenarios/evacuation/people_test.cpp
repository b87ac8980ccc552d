#include <gtest/gtest.h>

#include <algorithm>

#include "scenarios/evacuation/households.hpp"
#include "scenarios/evacuation/zones.hpp"
#include "tests/scenarios/evacuation/evacuation_run.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::evacuation {
namespace {

TEST(People, OfHouseholdsHaveTheAgesAndNeedsOfTheCensus) {
  const EvacuationOptions options;
  double people = 0;
  double children = 0;
  double old = 0;
  double wheelchairs = 0;
  for (const Household& one : households_of(2, 40000, 10500, options, 9)) {
    const auto members = members_of(2, one, options, 9);
    ASSERT_EQ(members.size(), one.people);
    EXPECT_TRUE(std::ranges::is_sorted(members, std::ranges::greater{}, &Person::need));
    if (members.size() == 1) {
      EXPECT_NE(members[0].age, Age::child);
    }
    for (const Person& person : members) {
      ++people;
      children += person.age == Age::child ? 1 : 0;
      old += person.age == Age::old ? 1 : 0;
      wheelchairs += person.need == Need::wheelchair ? 1 : 0;
    }
  }
  EXPECT_EQ(people, 40000);
  EXPECT_NEAR(children / people, options.child_share, 0.02);
  EXPECT_NEAR(old / people, options.old_share, 0.01);
  EXPECT_NEAR(wheelchairs / people, options.wheelchair_share, 0.003);
}

TEST(People, WhoVisitComeInGroupsByCarCoachAndMotorbike) {
  const EvacuationOptions options;
  const auto groups = visitor_groups_of(3, 32000, options, 1);
  EXPECT_NEAR(static_cast<double>(groups.size()), 10000, 1);
  std::uint64_t people = 0;
  for (const Household& one : groups) people += one.people;
  EXPECT_EQ(people, 32000U);
  const auto share = [&](Means means) {
    return static_cast<double>(std::ranges::count(groups, means, &Household::means)) /
           static_cast<double>(groups.size());
  };
  EXPECT_NEAR(share(Means::car), options.visitor_car_share, 0.02);
  EXPECT_NEAR(share(Means::coach), options.visitor_coach_share, 0.02);
}

TEST(People, OnWardsLeaveByCategoryInTheOrderAskedFor) {
  EvacuationOptions options;
  std::vector<Need> needs;
  patients_of(4, 500, options, 1, needs);
  ASSERT_EQ(needs.size(), 500U);
  EXPECT_TRUE(std::ranges::is_sorted(needs));
  EXPECT_NEAR(static_cast<double>(std::ranges::count(needs, Need::none)),
              500 * options.ward_walking_share, 40);
  EXPECT_GT(std::ranges::count(needs, Need::intensive_care), 0);
  options.ward_order = WardOrder::critical_first;
  const auto patients = patients_of(4, 500, options, 1, needs);
  EXPECT_EQ(needs.front(), Need::intensive_care);
  EXPECT_EQ(needs.back(), Need::none);
  EXPECT_EQ(patients.front().delay_min, options.ward_intensive_ready_min);
  const auto intensive = static_cast<double>(std::ranges::count(needs, Need::intensive_care));
  EXPECT_NEAR(
      patients.back().delay_min,
      intensive * options.ward_intensive_ready_min + (500 - intensive) * options.ward_ready_min,
      1e-6);
}

TEST(Zones, VisitorsAreDealtOutByRoomAndAddUp) {
  EXPECT_EQ(deal_out(10, {1, 1, 1}, "x"), (std::vector<std::uint64_t>{4, 3, 3}));
  EXPECT_EQ(deal_out(7, {0, 2, 5}, "x"), (std::vector<std::uint64_t>{0, 2, 5}));
  EXPECT_EQ(deal_out(0, {}, "x").size(), 0U);
  EXPECT_THROW(deal_out(5, {0, 0}, "there are no lodgings"), ScenarioError);
}

TEST(Zones, MorePeopleThanCanBeFollowedAreAnErrorThatNamesThePlace) {
  Branch branch = testing::branch_of(testing::town(4));
  branch.state.at({Kind::residence, 5}, residence_column::people_home) = 1e12;
  const std::string refusal =
      testing::message_of<ScenarioError>([&branch] { zones_of(branch, {}); });
  EXPECT_NE(refusal.find("urn:ngsi-ld:Residence:test-5"), std::string::npos);
  EXPECT_NE(refusal.find("20000000"), std::string::npos);
}

TEST(Zones, APlaceOutsideTheWorldThatIsOrderedToLeaveIsAnError) {
  WorldParts parts = testing::town_parts(4);
  parts.entities[index_of(Kind::residence)].place[5].x_m = -4000;
  Branch branch = testing::branch_of(World::seal(std::move(parts)));
  EXPECT_NO_THROW(zones_of(branch, {}));
  branch.edits = {{branch.start, OrderEvacuation{{5}}}};
  const std::string refusal =
      testing::message_of<ScenarioError>([&branch] { zones_of(branch, {}); });
  EXPECT_NE(refusal.find("urn:ngsi-ld:Residence:test-5"), std::string::npos);
  EXPECT_NE(refusal.find("outside the world"), std::string::npos);
  branch.edits = {{branch.start, OrderEvacuation{{}, {{Kind::school, 0}}}}};
  EXPECT_THROW(zones_of(branch, {}), ScenarioError);
  branch.edits = {{branch.start, OrderEvacuation{{}, {{Kind::hospital, 7}}}}};
  EXPECT_THROW(zones_of(branch, {}), ScenarioError);
}

}  // namespace
}  // namespace kontwin::evacuation
