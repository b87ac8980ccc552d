#include "scenarios/slope/rockfall_book.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

namespace kontwin::slope {

std::uint32_t RockfallBook::one_of(std::uint32_t road) const {
  const std::uint32_t back = world_.roads().opposite[road];
  return back == no_row ? road : std::min(road, back);
}

void RockfallBook::add(std::span<const Rockfall> falls) {
  if (falls.empty()) return;
  const auto count = static_cast<double>(falls.size());
  std::map<std::uint32_t, double> reached_by;  // rockfalls of these
  for (const Rockfall& fall : falls) {
    // Both directions have one line: a boulder is seen on both.
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> passages;
    for (const RoadHit& hit : fall.hits) {
      double& most_j = passages[{one_of(hit.road), hit.boulder}];
      most_j = std::max(most_j, hit.energy_j);
    }
    std::set<std::uint32_t> reached;
    for (const auto& [which, energy_j] : passages) {
      Reached& road = roads_[which.first];
      road.energies_j.push_back(energy_j);
      road.passages += 1 / count;
      reached.insert(which.first);
    }
    for (const std::uint32_t road : reached) ++reached_by[road];
  }
  for (const auto& [road, number] : reached_by) roads_[road].spared *= 1 - number / count;
}

RunTable RockfallBook::table(std::span<const double> blocked_h) const {
  RunTable table{.id = "rockfall",
                 .label_vi = "Đá lăn và sạt lở trên từng đoạn đường",
                 .label_en = "Rockfall and landslides on each road link"};
  std::map<std::uint32_t, Reached> rows = roads_;
  for (std::uint32_t road = 0; road < blocked_h.size(); ++road) {
    if (blocked_h[road] > 0) rows.try_emplace(one_of(road));
  }
  RunTable::Column reached{
      "reached_probability", "Xác suất đá tới đường", "Probability that boulders reach it", "", {}};
  RunTable::Column passing{"boulders_per_fall",
                           "Số lượt đá qua, mỗi lần đá lăn",
                           "Boulders that pass, a rockfall",
                           "",
                           {}};
  RunTable::Column mean{"mean_energy_kj", "Động năng trung bình", "Mean energy", "kJ", {}};
  RunTable::Column high{
      "p95_energy_kj", "Động năng, phân vị 95 %", "Energy, 95th percentile", "kJ", {}};
  RunTable::Column most{"most_energy_kj", "Động năng lớn nhất", "Largest energy", "kJ", {}};
  RunTable::Column blocked{"blocked_h", "Thời gian bị chắn", "Blocked", "h", {}};
  for (const auto& [road, of] : rows) {
    table.of.push_back({Kind::road, road});
    table.at.push_back(world_.place({Kind::road, road}));
    const auto& all = of.energies_j;
    const double none = std::nan("");
    reached.values.push_back(1 - of.spared);
    passing.values.push_back(of.passages);
    mean.values.push_back(all.empty() ? none
                                      : std::accumulate(all.begin(), all.end(), 0.0) /
                                            static_cast<double>(all.size()) / 1000);
    high.values.push_back(all.empty() ? none : percentile(all, 0.95) / 1000);
    most.values.push_back(all.empty() ? none : std::ranges::max(all) / 1000);
    const std::uint32_t back = world_.roads().opposite[road];
    const auto hours = [&](std::uint32_t link) {
      return link < blocked_h.size() ? blocked_h[link] : 0;
    };
    blocked.values.push_back(std::max(hours(road), back == no_row ? 0 : hours(back)));
  }
  table.columns = {reached, passing, mean, high, most, blocked};
  return table;
}

}  // namespace kontwin::slope
