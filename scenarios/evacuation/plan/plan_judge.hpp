#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twin/evacuation_record.hpp"

namespace kontwin::evacuation {

/// What a run says to whoever has to choose between plans. People; minutes from when each was told,
/// NaN where so many never got there.
struct PlanOutcome {
  double in_h3 = 0, in_h4 = 0, in_h5 = 0;  ///< stood in water of this hazard class or above
  double stranded = 0;  ///< got no further on the way, be it that they were fetched later
  double safe = 0;
  double ninety_min = 0, ninety_five_min = 0;  ///< of those leaving by order
};

PlanOutcome plan_outcome(const EvacuationRecord& record);

/// Plans as they went over several seeds.
struct PlanJudgement {
  std::vector<PlanOutcome> mean;              ///< [plan] minutes: NaN where one run has none
  std::vector<double> least_safe, most_safe;  ///< [plan] in one run
  std::vector<std::uint8_t> safe_enough;      ///< [plan] see judge_plans
  /// [plan] seeds on which more people than without a plan were in danger, or fewer safe.
  std::vector<std::uint32_t> worse_seeds;
  std::size_t best = 0;
};

/// Which of several plans to propose, the first of which is to have none: `outcomes[plan][seed]`,
/// with the same seeds for all. A plan is safe enough when on the mean no more people than without
/// one stand in water of class H4 or above, no more are stranded, and no fewer are safe. Of those,
/// the best has the fewest people in H4 or above, of these the fewest stranded, then the most safe,
/// then the least time until 95 %, or else 90 %, are in; where all are equal, the first.
///
/// Throws ScenarioError where there is nothing to judge, or the plans were not run on equally many
/// seeds.
PlanJudgement judge_plans(std::span<const std::vector<PlanOutcome>> outcomes);

}  // namespace kontwin::evacuation
