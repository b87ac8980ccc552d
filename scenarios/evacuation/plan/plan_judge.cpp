#include "scenarios/evacuation/plan/plan_judge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "scenarios/evacuation/statistics.hpp"
#include "twin/error.hpp"

namespace kontwin::evacuation {

namespace {

PlanOutcome mean_of(std::span<const PlanOutcome> seeds) {
  PlanOutcome mean;
  for (double PlanOutcome::*value :
       {&PlanOutcome::in_h3, &PlanOutcome::in_h4, &PlanOutcome::in_h5, &PlanOutcome::stranded,
        &PlanOutcome::safe, &PlanOutcome::ninety_min, &PlanOutcome::ninety_five_min}) {
    for (const PlanOutcome& one : seeds) mean.*value += one.*value;
    mean.*value /= static_cast<double>(seeds.size());
  }
  return mean;
}

/// Whether nobody is worse off by numbers: no more in danger, no fewer safe.
bool is_safe_enough(const PlanOutcome& one, const PlanOutcome& none) {
  return one.in_h4 <= none.in_h4 && one.stranded <= none.stranded && one.safe >= none.safe;
}

/// What counts, in this order; less is better.
auto order_of(const PlanOutcome& one) {
  const auto minutes = [](double min) {
    return std::isnan(min) ? std::numeric_limits<double>::infinity() : min;
  };
  return std::tuple(one.in_h4, one.stranded, -one.safe, minutes(one.ninety_five_min),
                    minutes(one.ninety_min));
}

}  // namespace

PlanOutcome plan_outcome(const EvacuationRecord& record) {
  PlanOutcome made;
  const auto classes = people_by_hazard(record.parties);
  for (std::size_t one = 3; one < classes.size(); ++one) {
    const auto people = static_cast<double>(classes[one]);
    made.in_h3 += people;
    if (one >= 4) made.in_h4 += people;
    if (one >= 5) made.in_h5 += people;
  }
  for (const EvacuationParty& one : record.parties) {
    if (one.fate == EvacueeFate::safe) made.safe += one.people;
    // Whoever is fetched later was in danger until then.
    if (one.fate == EvacueeFate::stranded || one.stranded_at) made.stranded += one.people;
  }
  const Clearance ordered = clearance_of_ordered(record.parties);
  made.ninety_min = ordered.ninety_min;
  made.ninety_five_min = ordered.ninety_five_min;
  return made;
}

PlanJudgement judge_plans(std::span<const std::vector<PlanOutcome>> outcomes) {
  if (outcomes.empty() || outcomes.front().empty()) {
    throw ScenarioError("judging plans: there is no run");
  }
  PlanJudgement made;
  for (const std::vector<PlanOutcome>& seeds : outcomes) {
    if (seeds.size() != outcomes.front().size()) {
      throw ScenarioError("judging plans: not all were run on the same seeds");
    }
    made.mean.push_back(mean_of(seeds));
    const auto [least, most] = std::ranges::minmax(seeds, {}, &PlanOutcome::safe);
    made.least_safe.push_back(least.safe);
    made.most_safe.push_back(most.safe);
    made.worse_seeds.push_back(0);
    for (std::size_t seed = 0; seed < seeds.size(); ++seed) {
      if (!is_safe_enough(seeds[seed], outcomes.front()[seed])) ++made.worse_seeds.back();
    }
  }
  const PlanOutcome& none = made.mean.front();
  for (std::size_t plan = 0; plan < made.mean.size(); ++plan) {
    const PlanOutcome& one = made.mean[plan];
    const bool fine = is_safe_enough(one, none);
    made.safe_enough.push_back(fine ? 1 : 0);
    if (fine && order_of(one) < order_of(made.mean[made.best])) made.best = plan;
  }
  return made;
}

}  // namespace kontwin::evacuation
