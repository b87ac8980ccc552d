#include "io/run/road_queues.hpp"

#include <algorithm>

namespace kontwin {

std::vector<RoadQueue> road_queues(const RunFile& run, Instant from, double least) {
  std::vector<RoadQueue> roads;
  const double hours = to_seconds(run.header().frame_every) / 3600;
  for (std::size_t frame = 0; frame < run.frames(); ++frame) {
    const Instant at = run.times()[frame];
    if (at < from) continue;
    const std::vector<double> waiting = run.column(frame, Kind::road, road_column::queue);
    roads.resize(waiting.size());
    for (std::uint32_t row = 0; row < waiting.size(); ++row) {
      RoadQueue& road = roads[row];
      if (!(waiting[row] > 0)) continue;
      road.vehicle_hours += waiting[row] * hours;
      if (waiting[row] > road.longest) {
        road.longest = waiting[row];
        road.longest_at = at;
      }
      if (waiting[row] < least) continue;
      if (road.road.row == no_row) road.from = at;
      road.road = {Kind::road, row};
      road.until = at;
    }
  }
  std::erase_if(roads, [](const RoadQueue& one) { return one.road.row == no_row; });
  std::ranges::stable_sort(roads, std::ranges::greater{}, &RoadQueue::vehicle_hours);
  return roads;
}

}  // namespace kontwin
