#pragma once

#include <vector>

#include "twin/kpi.hpp"
#include "twin/state_table.hpp"

namespace kontwin {

/// What the runner itself counts over a run: the worst moment of the road network and of what
/// depends on it.
class BranchKpis {
 public:
  /// Looks at the state at the end of a window.
  void note(const StateTable& state);
  /// Appends `hospitals_cut_off` and `roads_closed`, the most at one time.
  void add_to(KpiList& kpis) const;
  /// The hospitals that were cut off at some time, by row.
  std::vector<std::uint32_t> hospitals_cut_off() const;

 private:
  double most_hospitals_ = 0;
  double most_roads_ = 0;
  std::vector<bool> hospital_was_cut_off_;
};

}  // namespace kontwin
