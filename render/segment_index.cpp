#include "render/segment_index.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kontwin {

namespace {

constexpr double cell_m = 100;

std::int64_t step_of(double at_m) { return static_cast<std::int64_t>(std::floor(at_m / cell_m)); }
std::uint64_t key(std::int64_t column, std::int64_t row) {
  return static_cast<std::uint64_t>(row + (1LL << 30)) << 32U |
         static_cast<std::uint64_t>(column + (1LL << 30));
}

}  // namespace

SegmentIndex::SegmentIndex(const World& world) {
  const auto widths = world.entities(Kind::road).column(road_attribute::width_m);
  for (std::uint32_t road = 0; road < world.roads().links(); ++road) {
    const std::uint32_t opposite = world.roads().opposite[road];
    if (opposite != no_row && opposite < road) continue;  // the same road the other way
    const auto shape = world.roads().shape_of(road);
    const double width_m = widths[road] > 0 ? widths[road] : 5;
    const auto half_m = static_cast<float>(width_m / 2);
    for (std::size_t i = 0; i + 1 < shape.size(); ++i) {
      const auto number = static_cast<std::uint32_t>(segments_.size());
      segments_.push_back({shape[i], shape[i + 1], road, half_m});
      // Every cell that a step of half a cell along the segment touches.
      const double length = distance_m(shape[i], shape[i + 1]);
      const int steps = static_cast<int>(length / (cell_m / 2)) + 1;
      for (int step = 0; step <= steps; ++step) {
        const double share = static_cast<double>(step) / steps;
        items_.push_back({key(step_of(std::lerp(shape[i].x_m, shape[i + 1].x_m, share)),
                              step_of(std::lerp(shape[i].y_m, shape[i + 1].y_m, share))),
                          number});
      }
    }
  }
  std::sort(items_.begin(), items_.end());
  items_.erase(std::unique(items_.begin(), items_.end()), items_.end());
}

std::vector<const RoadSegment*> SegmentIndex::around(LocalPoint place, double radius_m) const {
  std::vector<std::uint32_t> numbers;
  // One cell more, for segments that cut a corner between two of their steps.
  const auto reach = static_cast<std::int64_t>(std::ceil(std::min(radius_m, 300.0) / cell_m));
  for (std::int64_t row = -reach; row <= reach; ++row) {
    for (std::int64_t column = -reach; column <= reach; ++column) {
      const std::uint64_t cell = key(step_of(place.x_m) + column, step_of(place.y_m) + row);
      for (auto item = std::lower_bound(items_.begin(), items_.end(), Item{cell, 0});
           item != items_.end() && item->cell == cell; ++item) {
        numbers.push_back(item->segment);
      }
    }
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  std::vector<const RoadSegment*> found;
  found.reserve(numbers.size());
  for (const std::uint32_t number : numbers) found.push_back(&segments_[number]);
  return found;
}

std::optional<SegmentIndex::Near> SegmentIndex::nearest(LocalPoint place, double radius_m) const {
  std::optional<Near> best;
  for (const RoadSegment* segment : around(place, radius_m)) {
    const Foot foot = nearest_on(std::array{segment->from, segment->to}, place);
    if (foot.distance_m > radius_m) continue;
    if (!best || foot.distance_m < best->distance_m) best = {segment, foot.point, foot.distance_m};
  }
  return best;
}

}  // namespace kontwin
