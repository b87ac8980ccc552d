#include "scenarios/flood/backwater.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "scenarios/flood/rating.hpp"

namespace kontwin::flood {

namespace {

/// Sections this far apart: near enough for the bed's windings, far enough to be cheap.
constexpr double cells_a_step = 4;
constexpr double close_enough_m = 1e-3;
/// What a channel some cells wide carries on a square grid, of what its sections say: its edges are
/// ragged there. So much made the sample world's rivers (6 to 8 cells wide) most nearly steady.
constexpr double carried_share = 0.75;

/// What comes into a river, by place.
using Discharges = std::map<double, double>;

double carried_m3ps(const RatingCurve& section, double stage_m) {
  return carried_share * section.conveyance_m3ps(stage_m);
}

/// The fall of the energy line under a discharge.
double slope_of(const RatingCurve& section, double stage_m, double discharge_m3ps) {
  const double carried = carried_m3ps(section, stage_m);
  return carried > 0 ? discharge_m3ps / carried * (discharge_m3ps / carried) : 0;
}

/// What is known of the next section downstream.
struct Below {
  bool known = false;
  double stage_m = 0;
  double slope = 0;
};

/// The stage at which the energy line falls from here to the section below by what friction takes:
/// half by what each of the two carries.
double stage_above_m(const RatingCurve& here, double discharge_m3ps, double long_m,
                     const Below& below) {
  const auto too_high = [&](double stage_m) {
    if (!(carried_m3ps(here, stage_m) > 0)) return false;
    const double slope = slope_of(here, stage_m, discharge_m3ps);
    return stage_m - below.stage_m > 0.5 * long_m * (slope + below.slope);
  };
  double low_m = here.bed_m();
  double high_m = std::max(below.stage_m, low_m) + 1;
  while (!too_high(high_m)) high_m += high_m - low_m;
  while (high_m - low_m > close_enough_m) {
    const double middle_m = 0.5 * (low_m + high_m);
    (too_high(middle_m) ? high_m : low_m) = middle_m;
  }
  return high_m;
}

class Network {
 public:
  Network(const World& world, const GridShape& grid, const std::vector<SteadyInflow>& inflows)
      : world_(world), grid_(grid) {
    for (const SteadyInflow& inflow : inflows) {
      std::set<const River*> seen;
      std::optional<RiverSpot> spot = inflow.spot;
      while (spot && seen.insert(spot->river).second) {
        come_[spot->river][spot->along_m] += inflow.discharge_m3ps;
        spot = mouth_of(world, *spot->river);
      }
    }
  }

  std::map<const River*, std::vector<Mark>> marks() {
    for (const auto& [river, in] : come_) run(*river);
    return marks_;
  }

 private:
  void run(const River& river) {
    if (!begun_.insert(&river).second) return;
    Below below;
    if (const auto mouth = mouth_of(world_, river); mouth && come_.contains(mouth->river)) {
      run(*mouth->river);
      const auto there = marks_.find(mouth->river);
      if (there != marks_.end()) {
        below = {true,
                 channel_at(*mouth->river, mouth->along_m).bed_m +
                     over_bed_at(there->second, mouth->along_m),
                 0};
      }
    }
    auto marks = steps_up(river, come_.at(&river), below);
    if (!marks.empty()) marks_[&river] = std::move(marks);
  }

  std::vector<Mark> steps_up(const River& river, const Discharges& come, Below below) const {
    const double first_m = come.begin()->first;
    const double long_m = length_m(river.line) - first_m;
    const auto steps = static_cast<int>(std::ceil(long_m / (cells_a_step * grid_.cell_m)));
    const double step_m = steps > 0 ? long_m / steps : 0;
    double discharge_m3ps = 0;
    for (const auto& [along_m, in] : come) discharge_m3ps += in;
    auto last = come.rbegin();
    std::vector<Mark> marks;
    for (int step = steps; step >= 0; --step) {
      const double along_m = first_m + step * step_m;
      while (last->first > along_m + 1e-6) discharge_m3ps -= (last++)->second;
      const Channel channel = channel_at(river, along_m);
      if (!grid_.contains(channel.point)) {
        below.known = false;
        continue;
      }
      const RatingCurve section(world_.terrain(), river, along_m);
      const double stage_m = below.known ? stage_above_m(section, discharge_m3ps, step_m, below)
                                         : section.stage_m(discharge_m3ps / carried_share);
      below = {true, stage_m, slope_of(section, stage_m, discharge_m3ps)};
      marks.push_back({along_m, stage_m - channel.bed_m});
    }
    std::ranges::reverse(marks);
    return marks;
  }

  const World& world_;
  const GridShape& grid_;
  std::map<const River*, Discharges> come_;
  std::set<const River*> begun_;
  std::map<const River*, std::vector<Mark>> marks_;
};

}  // namespace

double over_bed_at(const std::vector<Mark>& marks, double along_m) {
  const auto after = std::ranges::lower_bound(marks, along_m, {}, &Mark::along_m);
  if (after == marks.begin()) return marks.front().over_bed_m;
  if (after == marks.end()) return marks.back().over_bed_m;
  const Mark& up = *(after - 1);
  const double share = (along_m - up.along_m) / (after->along_m - up.along_m);
  return up.over_bed_m + share * (after->over_bed_m - up.over_bed_m);
}

std::map<const River*, std::vector<Mark>> backwater(const World& world, const GridShape& grid,
                                                    const std::vector<SteadyInflow>& inflows) {
  return Network(world, grid, inflows).marks();
}

}  // namespace kontwin::flood
