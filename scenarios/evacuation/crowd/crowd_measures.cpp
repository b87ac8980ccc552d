#include "scenarios/evacuation/crowd/crowd_measures.hpp"

#include <cmath>

#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

std::size_t CrowdMeasures::add(const MeasureLine& line) {
  lines_.push_back(line);
  line_records_.emplace_back();
  return lines_.size() - 1;
}

std::size_t CrowdMeasures::add(const MeasureArea& area) {
  const double square_m = area_m2(area.shape);
  if (!(square_m > 0)) throw ScenarioError("measuring area '" + area.id + "' encloses nothing");
  if (!(area.every_s > 0) || !std::isfinite(area.from_s)) {
    throw ScenarioError("measuring area '" + area.id + "': it must be sampled every so many s");
  }
  areas_.push_back({area, square_m, area.from_s});
  area_records_.emplace_back();
  return areas_.size() - 1;
}

void CrowdMeasures::look(double now_s, const Pedestrians& people,
                         const std::vector<float>& before_x_m,
                         const std::vector<float>& before_y_m) {
  const auto place = [this](float x, float y) {
    return LocalPoint{static_cast<double>(x) + origin_.x_m, static_cast<double>(y) + origin_.y_m};
  };
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const MeasureLine& line = lines_[i];
    for (std::size_t row = 0; row < people.count(); ++row) {
      if (people.surface[row] != line.surface) continue;
      const LocalPoint was = place(before_x_m[row], before_y_m[row]);
      const LocalPoint is = place(people.x_m[row], people.y_m[row]);
      const bool was_left = side_of(line.a, line.b, was) > 0;
      const bool is_left = side_of(line.a, line.b, is) > 0;
      if (was_left == is_left || !crosses({line.a, line.b}, {was, is})) continue;
      (is_left ? line_records_[i].forward_s : line_records_[i].backward_s).push_back(now_s);
    }
  }
  for (std::size_t i = 0; i < areas_.size(); ++i) {
    Area& area = areas_[i];
    if (now_s < area.next_s - 1e-9) continue;
    area.next_s += area.given.every_s;
    std::uint32_t inside = 0;
    double speeds = 0;
    for (std::size_t row = 0; row < people.count(); ++row) {
      if (people.surface[row] != area.given.surface ||
          !contains(area.given.shape, place(people.x_m[row], people.y_m[row]))) {
        continue;
      }
      ++inside;
      speeds += static_cast<double>(std::hypot(people.vx_mps[row], people.vy_mps[row]));
    }
    area_records_[i].samples.push_back(
        {now_s, inside / area.square_m, inside > 0 ? speeds / inside : 0, inside});
  }
}

}  // namespace kontwin::crowd
