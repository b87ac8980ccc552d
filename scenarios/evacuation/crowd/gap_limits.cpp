#include "scenarios/evacuation/crowd/gap_limits.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin::crowd {

GapLimits::GapLimits(const Building& building, LocalPoint origin) {
  const auto add = [&](std::uint32_t surface, std::uint32_t beyond, LocalPoint a, LocalPoint b,
                       double flow_limit_ppsm) {
    if (!std::isfinite(flow_limit_ppsm)) return;
    gaps_.push_back({surface, beyond, static_cast<float>(a.x_m - origin.x_m),
                     static_cast<float>(a.y_m - origin.y_m), static_cast<float>(b.x_m - origin.x_m),
                     static_cast<float>(b.y_m - origin.y_m), flow_limit_ppsm * distance_m(a, b),
                     1});
  };
  for (const Opening& one : building.openings) {
    add(one.surface, one.beyond, one.a, one.b, one.flow_limit_ppsm);
  }
  for (const Exit& one : building.exits) {
    add(one.surface, one.surface, one.a, one.b, one.flow_limit_ppsm);
  }
}

std::uint32_t GapLimits::crossed(std::uint32_t surface, float x0, float y0, float x1,
                                 float y1) const {
  for (std::size_t i = 0; i < gaps_.size(); ++i) {
    const Gap& gap = gaps_[i];
    if (gap.surface != surface && gap.beyond != surface) continue;
    const float ex = gap.bx - gap.ax, ey = gap.by - gap.ay;
    const float was = ex * (y0 - gap.ay) - ey * (x0 - gap.ax);
    const float is = ex * (y1 - gap.ay) - ey * (x1 - gap.ax);
    if ((was > 0) == (is > 0)) continue;
    const float share = was / (was - is);
    const float x = x0 + share * (x1 - x0), y = y0 + share * (y1 - y0);
    const float along = ((x - gap.ax) * ex + (y - gap.ay) * ey) / (ex * ex + ey * ey);
    if (along >= -0.01F && along <= 1.01F) return static_cast<std::uint32_t>(i);
  }
  return no_gap;
}

void GapLimits::pass_time(double seconds) {
  // A gap that nobody used does not save up: at most one goes at once, or what a step lets through.
  for (Gap& gap : gaps_) {
    const double more = gap.heads_per_s * seconds;
    gap.turn = std::min(gap.turn + more, 1 + more);
  }
}

bool GapLimits::let_through(std::uint32_t gap, std::uint32_t heads) {
  // A party of several goes when one may, and those behind wait the longer.
  if (gaps_[gap].turn < 1) return false;
  gaps_[gap].turn -= heads;
  return true;
}

}  // namespace kontwin::crowd
