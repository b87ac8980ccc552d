#pragma once

#include <span>
#include <string>
#include <vector>

#include "scenarios/traffic/outputs/run_summary.hpp"
#include "scenarios/traffic/outputs/statistics.hpp"

namespace kontwin::traffic {

/// A figure of whole runs.
struct ComparedFigure {
  std::string id, name_vi, name_en, unit;
  bool less_is_better = true;
  PairedDifference of;
};

/// Who gains and who loses: the trips of a type of vehicle, or of a zone that they start in.
struct ComparedGroup {
  std::string by;  ///< `type` or `zone`
  std::string name;
  double trips = 0;         ///< that arrived in both, on average over the seeds
  double gain = 0;          ///< share of them that take a minute less or better
  double lose = 0;          ///< share that take a minute more or worse
  PairedDifference mean_s;  ///< time of those that arrived in both
};

/// A link that either network has; where it is not there, no vehicle passes.
struct ComparedLink {
  std::string id;
  PairedDifference vehicles, delay_s;
};

struct Comparison {
  std::size_t seeds = 0;
  double confidence = 0.95;
  std::vector<ComparedFigure> figures;
  std::vector<ComparedGroup> groups;
  std::vector<ComparedLink> links;  ///< by id
};

/// Compares runs of two conditions, a[i] and b[i] of the same seed: intervals of the paired
/// differences, false discoveries controlled over all links (vehicles and delays apart) and over
/// all groups. Throws Error where there are no runs, or not as many of the one as of the other.
Comparison compare(std::span<const RunSummary> a, std::span<const RunSummary> b,
                   double confidence = 0.95);

}  // namespace kontwin::traffic
