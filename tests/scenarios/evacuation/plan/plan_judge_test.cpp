#include "scenarios/evacuation/plan/plan_judge.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "twin/error.hpp"

namespace kontwin::testing {
namespace {

using evacuation::judge_plans;
using evacuation::PlanJudgement;
using evacuation::PlanOutcome;

constexpr double never = std::numeric_limits<double>::quiet_NaN();

PlanOutcome outcome(double in_h4, double stranded, double safe, double ninety_five_min = never) {
  PlanOutcome one;
  one.in_h4 = in_h4;
  one.stranded = stranded;
  one.safe = safe;
  one.ninety_min = ninety_five_min;
  one.ninety_five_min = ninety_five_min;
  return one;
}

std::size_t best_of(const std::vector<std::vector<PlanOutcome>>& outcomes) {
  return judge_plans(outcomes).best;
}

TEST(PlanJudge, ProposesThePlanThatBringsMostToSafetyWhenNobodyIsWorseOff) {
  EXPECT_EQ(best_of({{outcome(50, 0, 900)}, {outcome(50, 0, 950)}, {outcome(50, 0, 940)}}), 1U);
}

TEST(PlanJudge, ProposesNoPlanThatPutsMorePeopleInDangerHoweverManyItSaves) {
  EXPECT_EQ(best_of({{outcome(50, 0, 900)}, {outcome(51, 0, 990)}}), 0U);
  EXPECT_EQ(best_of({{outcome(50, 0, 900)}, {outcome(50, 1, 990)}}), 0U);
  EXPECT_EQ(best_of({{outcome(50, 0, 900)}, {outcome(40, 0, 899)}}), 0U);
  const PlanJudgement judged = judge_plans(std::vector<std::vector<PlanOutcome>>{
      {outcome(50, 0, 900)}, {outcome(51, 0, 990)}, {outcome(50, 0, 900)}});
  EXPECT_EQ(judged.safe_enough, (std::vector<std::uint8_t>{1, 0, 1}));
}

TEST(PlanJudge, CountsWaterBeforeTheStrandedBeforeTheSafeBeforeTime) {
  const std::vector<PlanOutcome> none{outcome(50, 9, 900, 300)};
  EXPECT_EQ(best_of({none, {outcome(49, 9, 900, 300)}, {outcome(50, 0, 990, 100)}}), 1U);
  EXPECT_EQ(best_of({none, {outcome(50, 8, 900, 300)}, {outcome(50, 9, 990, 100)}}), 1U);
  EXPECT_EQ(best_of({none, {outcome(50, 9, 901, 300)}, {outcome(50, 9, 900, 100)}}), 1U);
  EXPECT_EQ(best_of({none, {outcome(50, 9, 900, 299)}, {outcome(50, 9, 900, never)}}), 1U);
}

TEST(PlanJudge, GoesByTheMeanOverAllSeeds) {
  const std::vector<std::vector<PlanOutcome>> outcomes{{outcome(50, 0, 900), outcome(60, 0, 900)},
                                                       {outcome(58, 0, 950), outcome(50, 0, 950)}};
  const PlanJudgement judged = judge_plans(outcomes);
  EXPECT_EQ(judged.best, 1U);
  EXPECT_EQ(judged.mean[1].in_h4, 54);
  EXPECT_EQ(judged.mean[1].safe, 950);
}

TEST(PlanJudge, SaysHowFarItsSeedsLieApart) {
  const PlanJudgement judged = judge_plans(std::vector<std::vector<PlanOutcome>>{
      {outcome(50, 0, 900), outcome(50, 0, 700), outcome(50, 0, 800)}});
  EXPECT_EQ(judged.least_safe, std::vector<double>{700});
  EXPECT_EQ(judged.most_safe, std::vector<double>{900});
}

TEST(PlanJudge, CountsTheSeedsOnWhichAPlanDidWorseThanNone) {
  const PlanJudgement judged = judge_plans(std::vector<std::vector<PlanOutcome>>{
      {outcome(50, 1, 900), outcome(60, 2, 900), outcome(50, 0, 900), outcome(50, 0, 900)},
      // As many, fewer in danger, fewer safe, more stranded.
      {outcome(50, 1, 900), outcome(10, 0, 990), outcome(50, 0, 899), outcome(50, 1, 990)}});
  EXPECT_EQ(judged.worse_seeds, (std::vector<std::uint32_t>{0, 2}));
  EXPECT_EQ(judged.best, 1U);
}

TEST(PlanJudge, RefusesRunsThatCannotBeCompared) {
  EXPECT_THROW(judge_plans({}), ScenarioError);
  const std::vector<std::vector<PlanOutcome>> uneven{{outcome(0, 0, 1)},
                                                     {outcome(0, 0, 1), outcome(0, 0, 1)}};
  EXPECT_THROW(judge_plans(uneven), ScenarioError);
}

TEST(PlanJudge, ReadsWhatARunLeft) {
  EvacuationRecord record;
  const auto add = [&record](std::uint32_t people, EvacueeFate fate, std::uint8_t hazard) {
    EvacuationParty party;
    party.home = {Kind::residence, 0};
    party.people = people;
    party.fate = fate;
    party.hazard_class = hazard;
    record.parties.push_back(party);
  };
  add(3, EvacueeFate::safe, 0);
  add(4, EvacueeFate::safe, 3);
  add(5, EvacueeFate::stranded, 4);
  add(6, EvacueeFate::waiting, 6);
  const PlanOutcome made = evacuation::plan_outcome(record);
  EXPECT_EQ(made.safe, 7);
  EXPECT_EQ(made.stranded, 5);
  EXPECT_EQ(made.in_h3, 15);
  EXPECT_EQ(made.in_h4, 11);
  EXPECT_EQ(made.in_h5, 6);
}

}  // namespace
}  // namespace kontwin::testing
