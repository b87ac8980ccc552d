#pragma once

#include <string>
#include <vector>

namespace kontwin {

/// One number that sums up a run.
struct Kpi {
  enum class Better { lower, higher, neither };

  std::string id;  ///< `people_exposed`
  std::string label_vi;
  std::string label_en;
  std::string unit;
  double value = 0;  ///< NaN: does not apply to this run
  Better better = Better::lower;
};

using KpiList = std::vector<Kpi>;

}  // namespace kontwin
